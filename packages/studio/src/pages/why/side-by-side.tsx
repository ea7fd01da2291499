import type { Network } from '@longhand/core';
import { withParameters } from '@longhand/core/maths';
import { useEffect, useMemo } from 'preact/hooks';
import { type Axis, linearAxis, logarithmicAxis } from '../../components/axis.js';
import {
  type ExperimentName,
  type ExperimentSettings,
  type Point,
  sidesOf,
} from '../../computations/experiment.js';
import { firstDigits } from '../../state/digits.js';
import { query } from '../../state/location.js';
import type { Both } from '../../workers/experiment-messages.js';
import { ExperimentControls } from './experiment-controls.js';
import { Half } from './half.js';
import { Product } from './product.js';
import { REASONS } from './reasons.js';
import type { Results } from './result.js';
import { forgetRun, type RunState, runState, startRun } from './run-state.js';
import { sentencesOf } from './sentences.js';

/** Experiments whose loss goes through powers of ten. */
const LOGARITHMIC: ReadonlySet<ExperimentName> = new Set(['no-softmax', 'large-alpha', 'raw-pixels']);

/** An experiment: two networks side by side, on the same axes. */
export function SideBySide({ settings }: { settings: ExperimentSettings }) {
  const { name, seed, alpha, start } = settings;
  const sides = useMemo(() => sidesOf({ name, seed, alpha, start }), [name, seed, alpha, start]);
  const digits = firstDigits.value;
  const wantsRun = query.value.get('run') === '1';
  // A run ends with the page, and when its settings change.
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
  // The digit that shows best what the right network does; before the run ends, the first one.
  const shown = run?.outcome?.findings[1].answers.farthest ?? 0;
  const results: Results = {
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
      <ExperimentControls settings={settings} run={run} />
      <div class="spread">
        {([0, 1] as const).map((side) => (
          <Half
            key={side}
            side={side}
            settings={settings}
            points={points[side]}
            {...(side === 1 ? { others: points[0] } : {})}
            lossAxis={lossAxis}
            results={results}
            hash={run?.outcome?.hashes?.[side]}
          />
        ))}
      </div>
      {name === 'no-relu' && (
        <Product network={networks[1]} found={run?.outcome?.findings[1].collapse} test={digits?.test} />
      )}
      <Outcome run={run} starts={starts} networks={networks} name={name} />
    </>
  );
}

/**
 * Whether a run has these settings. For a moment, the run of the experiment before is still there.
 */
function isOf(run: RunState | undefined, { name, seed, alpha, start }: ExperimentSettings): boolean {
  const of = run?.settings;
  return of?.name === name && of.seed === seed && of.alpha === alpha && of.start === start;
}

interface OutcomeProps {
  readonly name: ExperimentName;
  readonly run: RunState | undefined;
  readonly starts: Both<Network>;
  readonly networks: Both<Network>;
}

/** The result of the run in sentences, and the reason for it. */
function Outcome({ name, run, starts, networks }: OutcomeProps) {
  const { outcome, standing } = run ?? {};
  return (
    <section class="outcome" aria-labelledby="outcome">
      <h3 id="outcome">result</h3>
      <div role="status">
        {run && outcome && standing ? (
          sentencesOf({ ...run, outcome, standing, starts, networks }).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))
        ) : (
          <p class="faint">{run ? 'Training …' : 'Nothing yet: press Start.'}</p>
        )}
      </div>
      <h3>why</h3>
      <p>{REASONS[name]}</p>
    </section>
  );
}

/** The scale of the loss on both sides. */
function lossAxisOf(name: ExperimentName, points: Both<readonly Point[]>): Axis {
  const losses = points.flat().map(({ loss }) => loss);
  return LOGARITHMIC.has(name) ? logarithmicAxis(losses, 0.1, 10) : linearAxis(losses, 4);
}
