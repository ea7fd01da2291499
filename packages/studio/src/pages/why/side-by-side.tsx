import { type Network, withParameters } from '@longhand/core';
import { useEffect, useMemo } from 'preact/hooks';
import {
  type ExperimentName,
  type ExperimentSettings,
  ITERATIONS,
  type Point,
  sidesOf,
} from '../../computations/experiment.js';
import { firstDigits, loadFirst, loading } from '../../state/digits.js';
import { changeQuery, query } from '../../state/location.js';
import { percent, shortHash } from '../../text.js';
import type { Both } from '../../workers/experiment-messages.js';
import { type Axis, linearAxis, logarithmicAxis, PERCENT_AXIS } from './axis.js';
import { ALPHAS, STARTS } from './choices.js';
import { CopyLink } from './copy-link.js';
import { Curve } from './curve.js';
import { lossText } from './numbers.js';
import { Product } from './product.js';
import { Result, type Results } from './result.js';
import { forgetRun, type RunState, runState, startRun, stopRun } from './run-state.js';
import { SeedField } from './seed-field.js';
import { sentencesOf } from './sentences.js';
import { lossName, REASONS, sideTexts } from './texts.js';

/** Where the loss goes through powers of ten. */
const LOGARITHMIC: ReadonlySet<ExperimentName> = new Set(['no-softmax', 'large-alpha', 'raw-pixels']);

/** Where hidden units may die. */
const SHOWS_DEATH: ReadonlySet<ExperimentName> = new Set(['zero-start', 'large-alpha', 'raw-pixels']);

/** An experiment: with on the left page, without on the right, the same axes. */
export function SideBySide({ settings }: { settings: ExperimentSettings }) {
  const { name, seed, alpha, start } = settings;
  const sides = useMemo(() => sidesOf({ name, seed, alpha, start }), [name, seed, alpha, start]);
  const digits = firstDigits.value;
  const wantsRun = query.value.get('run') === '1';
  // What ran with other settings is none of this page's, and what runs ends with it.
  useEffect(() => forgetRun, [sides]);
  useEffect(() => {
    if (wantsRun && digits) startRun({ name, seed, alpha, start }, digits);
  }, [wantsRun, digits, sides]);

  const run = isOf(runState.value, settings) ? runState.value : undefined;
  const starts: Both<Network> = [sides[0].network, sides[1].network];
  const networks: Both<Network> = run?.standing
    ? [
        withParameters(starts[0], run.standing[0].parameters),
        withParameters(starts[1], run.standing[1].parameters),
      ]
    : starts;
  // At first any digit; then the one that shows best what the right network does.
  const shown = run?.outcome?.findings[1].answers.farthest ?? 0;
  const exhibits: Results = {
    name,
    starts,
    networks,
    standing: run?.standing,
    digit: digits && { pixels: digits.test.pixels(shown), index: shown },
  };
  const points = run?.points ?? [[], []];
  const lossAxis = lossAxisOf(name, points);
  return (
    <>
      <Controls settings={settings} run={run} />
      <div class="spread">
        {([0, 1] as const).map((side) => (
          <Half
            key={side}
            side={side}
            settings={settings}
            points={points[side]}
            {...(side === 1 ? { others: points[0] } : {})}
            lossAxis={lossAxis}
            exhibits={exhibits}
            hash={run?.outcome?.hashes?.[side]}
          />
        ))}
      </div>
      {name === 'no-relu' && (
        <Product network={networks[1]} found={run?.outcome?.findings[1].collapse} test={digits?.test} />
      )}
      <section class="came-out" aria-labelledby="came-out">
        <h3 id="came-out">result</h3>
        <div role="status">
          {run?.outcome && run.standing ? (
            sentencesOf({
              settings,
              outcome: run.outcome,
              points: run.points,
              standing: run.standing,
              starts,
              networks,
            }).map((sentence) => <p key={sentence}>{sentence}</p>)
          ) : (
            <p class="faint">{run ? 'Training …' : 'Nothing yet: press Start.'}</p>
          )}
        </div>
        <h3>why</h3>
        <p>{REASONS[name]}</p>
      </section>
    </>
  );
}

/**
 * Whether this is a run with these settings: between two experiments the one before is still there
 * for a moment.
 */
function isOf(run: RunState | undefined, { name, seed, alpha, start }: ExperimentSettings): boolean {
  const of = run?.settings;
  return of?.name === name && of.seed === seed && of.alpha === alpha && of.start === start;
}

/**
 * Start, Stop and Again are one button, so that whoever pressed it has it under the finger still.
 */
function Controls({ settings, run }: { settings: ExperimentSettings; run: RunState | undefined }) {
  const digits = firstDigits.value;
  const isRunning = run !== undefined && !run.outcome;
  const iteration = run?.points[0].at(-1)?.iteration ?? 0;
  const { name, seed, alpha, start } = settings;
  if (!digits && loading.value.state === 'failed') {
    return (
      <div class="why-controls">
        <p class="red">{loading.value.message}</p>
        <button type="button" onClick={() => void loadFirst()}>
          Load the digits again
        </button>
      </div>
    );
  }
  return (
    <div class="why-controls">
      <button
        type="button"
        class="main"
        disabled={!digits}
        onClick={() => (isRunning ? stopRun() : digits && startRun(settings, digits))}
      >
        {isRunning ? 'Stop' : run ? 'Run again' : 'Start'}
      </button>
      {name === 'large-alpha' && (
        <Choice
          label="α on the right"
          value={alpha}
          values={ALPHAS}
          onChoose={(value) => changeQuery({ alpha: value, run: undefined })}
        />
      )}
      {name === 'zero-start' && (
        <Choice
          label="starting value on the right"
          value={start}
          values={STARTS}
          onChoose={(value) => changeQuery({ start: value, run: undefined })}
        />
      )}
      <SeedField seed={seed} />
      <p class="why-progress figures">
        <progress max={ITERATIONS} value={iteration} aria-label="iterations done" />
        iteration {iteration} of {ITERATIONS}
      </p>
      <CopyLink
        state={{
          experiment: name,
          seed,
          alpha: name === 'large-alpha' ? alpha : undefined,
          start: name === 'zero-start' ? start : undefined,
        }}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly onChoose: (value: number) => void;
}

function Choice({ label, value, values, onChoose }: ChoiceProps) {
  // What an address asks for is offered too.
  const offered = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return (
    <label class="why-field">
      {label}
      <select value={value} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
        {offered.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

interface HalfProps {
  readonly side: 0 | 1;
  readonly settings: ExperimentSettings;
  readonly points: readonly Point[];
  readonly others?: readonly Point[];
  readonly lossAxis: Axis;
  readonly exhibits: Results;
  readonly hash: string | undefined;
}

function Half({ side, settings, points, others, lossAxis, exhibits, hash }: HalfProps) {
  const { name, spoken, equation } = sideTexts(settings)[side];
  const last = points.at(-1);
  const other = others ? { others } : {};
  return (
    <section class="half" aria-labelledby={`half-${side}`}>
      <div class="half-head">
        <h3 id={`half-${side}`}>{name}</h3>
        <math aria-label={spoken}>{equation}</math>
      </div>
      <div class="half-curves">
        <Curve
          title={lossName(settings.name)}
          points={points}
          {...other}
          value={({ loss }) => loss}
          axis={lossAxis}
          iterations={ITERATIONS}
          figure={last ? lossText(last.loss) : '–'}
        />
        <Curve
          title="training accuracy"
          points={points}
          {...other}
          value={({ accuracy }) => accuracy}
          axis={PERCENT_AXIS}
          iterations={ITERATIONS}
          figure={last ? percent(last.accuracy) : '–'}
        />
      </div>
      <PointTable name={name} points={points} />
      <Result side={side} exhibits={exhibits} />
      <p class="half-foot">
        <span>
          <span class="pen">hash of the parameters</span>{' '}
          <span class="figures" title={hash ?? ''}>
            {hash ? shortHash(hash) : '–'}
          </span>
        </span>
        {SHOWS_DEATH.has(settings.name) && <span class="crossed">dead: output 0 for every digit</span>}
        {others && <span class="dashes">the left network</span>}
      </p>
    </section>
  );
}

/** The curves as a table, every twentieth iteration, for whoever cannot see them. */
function PointTable({ name, points }: { name: string; points: readonly Point[] }) {
  return (
    <div class="hidden">
      <table>
        <caption>Curves of the network {name}</caption>
        <thead>
          <tr>
            <th scope="col">iteration</th>
            <th scope="col">loss</th>
            <th scope="col">training accuracy</th>
          </tr>
        </thead>
        <tbody>
          {points
            .filter((point, i) => point.iteration % 20 === 0 || i === points.length - 1)
            .map(({ iteration, loss, accuracy }) => (
              <tr key={iteration}>
                <th scope="row">{iteration}</th>
                <td>{lossText(loss)}</td>
                <td>{percent(accuracy)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** The scale of the loss on both sides. */
function lossAxisOf(name: ExperimentName, points: Both<readonly Point[]>): Axis {
  const losses = points.flat().map(({ loss }) => loss);
  return LOGARITHMIC.has(name) ? logarithmicAxis(losses, 0.1, 10) : linearAxis(losses, 4);
}
