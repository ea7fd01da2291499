import { useRef } from 'preact/hooks';
import { linearAxis } from '../../components/axis.js';
import { CopyLink } from '../../components/copy-link.js';
import { Curve } from '../../components/curve.js';
import { UnitDrawing } from '../../components/unit-drawing.js';
import {
  type Line,
  linesOf,
  type ParameterLine,
  PERSONS,
  parametersOf,
  UNIT_ITERATIONS,
  type UnitSettings,
} from '../../computations/single-unit.js';
import { saveSvg } from '../../files/save.js';
import { lossText } from '../../number-text.js';
import { changeQuery, linkTo, query } from '../../state/location.js';
import { count } from '../../text.js';
import { seedOf } from './choices.js';
import { unitEquation, unitSpoken } from './equations.js';
import { SeedField } from './seed-field.js';
import { UnitOutcome } from './unit-outcome.js';
import { type UnitRun, useUnitRun } from './unit-run.js';
import { ParameterTable, TruthTable, UnitLonghand } from './unit-tables.js';

/** The network with three inputs and one unit, with all its numbers. */
export function Kdnuggets() {
  const settings = { seed: seedOf(query.value), hasBias: query.value.get('bias') !== '0' };
  const { hasBias } = settings;
  const chosen = Number(query.value.get('person') ?? 1) - 1;
  const person = PERSONS[chosen] ? chosen : 0;
  const run = useUnitRun(settings, query.value.get('run') === '1');
  const { state, isRunning } = run;
  const lines = linesOf(state.network);
  const parameters = parametersOf(state.network, hasBias);
  return (
    <>
      <UnitControls settings={settings} run={run} />
      <div class="spread">
        <UnitForPerson person={person} line={lines[person]!} parameters={parameters} />
        <section class="half" aria-labelledby="table-title">
          <div class="half-head">
            <h3 id="table-title">its truth table</h3>
            <math aria-label={unitSpoken(hasBias)}>{unitEquation(hasBias)}</math>
          </div>
          <TruthTable lines={lines} person={person} />
          <div class="half-curves one">
            <LossCurve run={run} />
          </div>
        </section>
      </div>
      <UnitOutcome
        lines={lines}
        parameters={parameters}
        state={state}
        hasBias={hasBias}
        isRunning={isRunning}
      />
    </>
  );
}

function LossCurve({ run }: { run: UnitRun }) {
  const { points } = run.state;
  const losses = points.map(({ loss }) => loss);
  return (
    <Curve
      title="mean loss, in nats"
      points={points}
      value={({ loss }) => loss}
      axis={linearAxis(losses, 0.8)}
      iterations={UNIT_ITERATIONS}
      figure={lossText(losses.at(-1)!)}
    />
  );
}

function UnitControls({ settings: { seed, hasBias }, run }: { settings: UnitSettings; run: UnitRun }) {
  const { state, isRunning, isDone } = run;
  const { iteration } = state;
  return (
    <div class="why-controls">
      <button type="button" class="main" onClick={run.startOrStop}>
        {isRunning ? 'Stop' : isDone ? 'Run again' : iteration > 0 ? 'Continue' : 'Start'}
      </button>
      <button type="button" disabled={isRunning || isDone} onClick={run.step}>
        Step
      </button>
      <button type="button" disabled={isRunning || iteration === 0} onClick={run.reset}>
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
        <progress max={UNIT_ITERATIONS} value={iteration} aria-label="iterations done" />
        iteration {count(iteration)} of {count(UNIT_ITERATIONS)}
      </p>
      <CopyLink
        link={() => linkTo('why', { experiment: 'kdnuggets', seed, bias: hasBias ? undefined : 0, run: 1 })}
      />
    </div>
  );
}

interface UnitForPersonProps {
  readonly person: number;
  readonly line: Line;
  readonly parameters: readonly ParameterLine[];
}

/** The unit as a drawing, with the inputs of one person, and its sum written out. */
function UnitForPerson({ person, line, parameters }: UnitForPersonProps) {
  const drawing = useRef<HTMLDivElement>(null);
  return (
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
      <UnitLonghand line={line} parameters={parameters} />
      <ParameterTable parameters={parameters} />
    </section>
  );
}
