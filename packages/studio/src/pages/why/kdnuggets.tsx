import { parametersSha256 } from '@longhand/core';
import { formatNumber } from '@longhand/core/explain';
import { useEffect, useRef, useState } from 'preact/hooks';
import { saveSvg } from '../../files/save.js';
import { changeQuery, query } from '../../state/location.js';
import { announce } from '../../state/notifications.js';
import { count, shortHash } from '../../text.js';
import { linearAxis } from './axis.js';
import { seedOf } from './choices.js';
import { CopyLink } from './copy-link.js';
import { Curve } from './curve.js';
import { fixed, lossText } from './numbers.js';
import { SeedField } from './seed-field.js';
import {
  type Line,
  linesOf,
  type ParameterLine,
  PERSONS,
  parametersOf,
  startUnit,
  trainUnit,
  UNIT_ALPHA,
  UNIT_ITERATIONS,
  type UnitState,
} from './single-unit.js';
import { unitEquation, unitSpoken } from './texts.js';
import { UnitDrawing } from './unit-drawing.js';

/** How long all iterations take, in ms: slow enough to follow. */
const RUN_MS = 8000;

/** The network of three inputs and one unit, with every number it has. */
export function Kdnuggets() {
  const seed = seedOf(query.value);
  const hasBias = query.value.get('bias') !== '0';
  const chosen = Number(query.value.get('person') ?? 1) - 1;
  const person = PERSONS[chosen] ? chosen : 0;
  const wantsRun = query.value.get('run') === '1';
  const [state, setState] = useState<UnitState>(() => startUnit({ seed, hasBias }));
  const [isRunning, setRunning] = useState(wantsRun);
  const drawing = useRef<HTMLDivElement>(null);
  const isDone = state.iteration === UNIT_ITERATIONS;

  useEffect(() => {
    setState(startUnit({ seed, hasBias }));
    setRunning(wantsRun);
  }, [seed, hasBias, wantsRun]);

  useEffect(() => {
    if (!isRunning) return;
    let before = performance.now();
    let owed = 0;
    let frame = requestAnimationFrame(function advance(now) {
      owed += ((now - before) / RUN_MS) * UNIT_ITERATIONS;
      before = now;
      const iterations = Math.max(0, Math.floor(owed));
      owed -= iterations;
      setState((current) => trainUnit(current, hasBias, iterations));
      frame = requestAnimationFrame(advance);
    });
    return () => cancelAnimationFrame(frame);
  }, [isRunning, hasBias, seed]);

  useEffect(() => {
    if (isDone) setRunning(false);
  }, [isDone]);

  const lines = linesOf(state.network);
  const parameters = parametersOf(state.network, hasBias);
  const line = lines[person]!;

  function startOrStop(): void {
    if (isDone) setState(startUnit({ seed, hasBias }));
    if (!isRunning) announce('Training the unit.');
    setRunning(!isRunning);
  }

  return (
    <>
      <div class="why-controls">
        <button type="button" class="main" onClick={startOrStop}>
          {isRunning ? 'Stop' : isDone ? 'Run again' : state.iteration > 0 ? 'Continue' : 'Start'}
        </button>
        <button
          type="button"
          disabled={isRunning || isDone}
          onClick={() => setState(trainUnit(state, hasBias, 1))}
        >
          Step
        </button>
        <button
          type="button"
          disabled={isRunning || state.iteration === 0}
          onClick={() => setState(startUnit({ seed, hasBias }))}
        >
          Reset
        </button>
        <label class="why-field">
          <input
            type="checkbox"
            checked={hasBias}
            onChange={() => changeQuery({ bias: hasBias ? 0 : undefined, run: undefined })}
          />
          with bias
        </label>
        <SeedField seed={seed} />
        <p class="why-progress figures">
          <progress max={UNIT_ITERATIONS} value={state.iteration} aria-label="iterations done" />
          iteration {count(state.iteration)} of {count(UNIT_ITERATIONS)}
        </p>
        <CopyLink state={{ experiment: 'kdnuggets', seed, bias: hasBias ? undefined : 0 }} />
      </div>
      <div class="spread">
        <section class="half" aria-labelledby="unit-title">
          <div class="half-head">
            <h3 id="unit-title">the unit’s answer for person {person + 1}</h3>
            <button
              type="button"
              class="quiet"
              onClick={() => saveSvg('longhand-unit.svg', drawing.current!.querySelector('svg')!)}
            >
              Save as SVG
            </button>
          </div>
          <div ref={drawing}>
            <UnitDrawing parameters={parameters} line={line} />
          </div>
          <Longhand line={line} parameters={parameters} />
          <ParameterTable parameters={parameters} />
        </section>
        <section class="half" aria-labelledby="table-title">
          <div class="half-head">
            <h3 id="table-title">its truth table</h3>
            <math aria-label={unitSpoken(hasBias)}>{unitEquation(hasBias)}</math>
          </div>
          <TruthTable lines={lines} person={person} />
          <div class="half-curves one">
            <Curve
              title="mean loss, in nats"
              points={state.points}
              value={({ loss }) => loss}
              axis={linearAxis(
                state.points.map(({ loss }) => loss),
                0.8,
              )}
              iterations={UNIT_ITERATIONS}
              figure={lossText(state.points.at(-1)!.loss)}
            />
          </div>
        </section>
      </div>
      <section class="came-out" aria-labelledby="came-out">
        <h3 id="came-out">result</h3>
        <div role="status">
          {isDone ? (
            <CameOut lines={lines} parameters={parameters} state={state} hasBias={hasBias} />
          ) : (
            <p class="faint">
              {isRunning
                ? 'Training …'
                : state.iteration > 0
                  ? 'The run has not reached its end yet.'
                  : 'Nothing yet: press Start.'}
            </p>
          )}
        </div>
        <h3>why</h3>
        <p>
          In every row of the table y equals x₂, and the unit finds that out: w₂ becomes much larger than the
          other weights. A single unit can learn any rule in which one straight border separates yes from no.
          If all inputs are 0, every weight is multiplied by 0, so the bias alone decides. Without a bias the
          answer is always 0.5.
        </p>
        <p class="faint">
          The network and its table are from{' '}
          <a href="https://www.kdnuggets.com/2019/11/build-artificial-neural-network-scratch-part-1.html">
            Build an Artificial Neural Network From Scratch: Part 1
          </a>{' '}
          (KDnuggets, 2019). Here it is trained with cross-entropy, so dz = a − y.
        </p>
      </section>
    </>
  );
}

/** z and a of one person as one would write them by hand. */
function Longhand({ line, parameters }: { line: Line; parameters: readonly ParameterLine[] }) {
  const products = line.x.map((x, i) => `${formatNumber(parameters[i]!.value, 3)}·${x}`);
  const bias = parameters[3];
  const terms = bias ? [...products, formatNumber(bias.value, 3)] : products;
  const symbols = ['w₁·x₁', 'w₂·x₂', 'w₃·x₃', ...(bias ? ['b'] : [])];
  return (
    <dl class="unit-longhand figures">
      <dt>z</dt>
      <dd>= {symbols.join(' + ')}</dd>
      <dt aria-hidden="true" />
      <dd>
        = {terms.map((term) => (term.startsWith('−') ? `(${term})` : term)).join(' + ')} ={' '}
        <b>{formatNumber(line.z, 4)}</b>
      </dd>
      <dt>a</dt>
      <dd>
        = 1 ÷ (1 + e⁻ᶻ) = 1 ÷ (1 + {formatNumber(Math.exp(-line.z), 4)}) = <b>{formatNumber(line.a, 4)}</b>
      </dd>
      <dt>ℓ</dt>
      <dd>
        {line.y === undefined
          ? 'not in the training table, so no answer is given as right'
          : `= −log ${line.y === 1 ? 'a' : '(1 − a)'} = ${formatNumber(line.loss!, 4)}, dz = a − y = ${formatNumber(line.dz!, 4)}`}
      </dd>
    </dl>
  );
}

function TruthTable({ lines, person }: { lines: readonly Line[]; person: number }) {
  return (
    <table class="truth figures">
      <caption class="hidden">
        Inputs, the right answers y and the unit’s answers a. Choose a person to see the sum written out.
      </caption>
      <thead>
        <tr>
          <th scope="col">person</th>
          <th scope="col">x₁</th>
          <th scope="col">x₂</th>
          <th scope="col">x₃</th>
          <th scope="col">y</th>
          <th scope="col">z</th>
          <th scope="col">a</th>
          <th scope="col">dz</th>
          <th scope="col">loss ℓ</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ x, y, z, a, dz, loss }, place) => (
          <tr key={x.join('')} class={`${place === person ? 'lit' : ''} ${y === undefined ? 'asked' : ''}`}>
            <th scope="row">
              <label>
                <input
                  type="radio"
                  name="person"
                  checked={place === person}
                  onChange={() => changeQuery({ person: place === 0 ? undefined : place + 1 })}
                />
                <span class="hidden">person </span>
                {place + 1}
              </label>
            </th>
            <td>{x[0]}</td>
            <td>{x[1]}</td>
            <td>{x[2]}</td>
            <td>{y ?? '?'}</td>
            <td>{fixed(z)}</td>
            <td class={y === undefined ? '' : a > 0.5 === (y === 1) ? 'green' : 'red'}>{fixed(a)}</td>
            <td class={dz === undefined ? '' : signOf(dz)}>{dz === undefined ? '–' : fixed(dz)}</td>
            <td>{loss === undefined ? '–' : fixed(loss)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ParameterTable({ parameters }: { parameters: readonly ParameterLine[] }) {
  return (
    <table class="truth figures">
      <caption class="hidden">Parameters, their gradients, and the next update</caption>
      <thead>
        <tr>
          <th scope="col">parameter</th>
          <th scope="col">now</th>
          <th scope="col">gradient</th>
          <th scope="col">now − {UNIT_ALPHA} · gradient</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ symbol, value, gradient, next }) => (
          <tr key={symbol}>
            <th scope="row">{symbol}</th>
            <td>{fixed(value, 4)}</td>
            <td class={signOf(gradient)}>{fixed(gradient, 4)}</td>
            <td>{fixed(next, 4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The two colors of gradients. */
function signOf(gradient: number): string {
  return gradient < 0 ? 'negative' : 'positive';
}

interface CameOutProps {
  readonly lines: readonly Line[];
  readonly parameters: readonly ParameterLine[];
  readonly state: UnitState;
  readonly hasBias: boolean;
}

function CameOut({ lines, parameters, state, hasBias }: CameOutProps) {
  const [hash, setHash] = useState('');
  useEffect(() => {
    if (globalThis.crypto?.subtle) void parametersSha256(state.network).then(setHash);
  }, [state.network]);
  const taught = lines.filter(({ y }) => y !== undefined);
  const right = taught.filter(({ y, a }) => a > 0.5 === (y === 1)).length;
  const heaviest = parameters
    .slice(0, 3)
    .reduce((best, line) => (Math.abs(line.value) > Math.abs(best.value) ? line : best));
  const blank = lines.find(({ x }) => x.every((value) => value === 0))!;
  const { loss } = state.points.at(-1)!;
  return (
    <>
      <p>
        After {count(state.iteration)} iterations the unit answers {right} of the {taught.length} rows
        correctly, with a mean loss of {formatNumber(loss, 3)} nats. The most important input is{' '}
        {heaviest.symbol.replace('w', 'x')}, with {heaviest.symbol} = {formatNumber(heaviest.value, 3)}.
      </p>
      <p>
        For the inputs (0, 0, 0), which are in no row, its answer is {formatNumber(blank.a, 3)}:{' '}
        {hasBias ? 'z is the bias alone.' : 'without a bias z is always 0.'}
        {hash && (
          <>
            {' '}
            The hash of its parameters is <span class="figures">{shortHash(hash)}</span>.
          </>
        )}
      </p>
    </>
  );
}
