import { CopyLink } from '../../components/copy-link.js';
import { type ExperimentSettings, ITERATIONS } from '../../computations/experiment.js';
import { firstDigits, loadFirst, loading } from '../../state/digits.js';
import { changeQuery, linkTo } from '../../state/location.js';
import { ALPHAS, STARTS } from './choices.js';
import { type RunState, startRun, stopRun } from './run-state.js';
import { SeedField } from './seed-field.js';

/** The buttons and settings of an experiment. Start, Stop and Run again are the same button. */
export function ExperimentControls({
  settings,
  run,
}: {
  settings: ExperimentSettings;
  run: RunState | undefined;
}) {
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
    <div class="why-controls" data-control="buttons">
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
        link={() =>
          linkTo('why', {
            experiment: name,
            seed,
            alpha: name === 'large-alpha' ? alpha : undefined,
            start: name === 'zero-start' ? start : undefined,
            run: 1,
          })
        }
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
  // A value from an address is offered, too.
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
