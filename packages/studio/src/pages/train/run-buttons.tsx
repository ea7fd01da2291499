import { loading } from '../../state/digits.js';
import type { Run } from '../../state/run.js';
import { busy, putAside, resumeRun, startRun } from '../../state/runs.js';

interface RunButtonsProps {
  readonly run: Run | undefined;
  readonly given: Run['given'];
  /** Whether a setting is wrong, so that no run can start. */
  readonly wrong: boolean;
}

/** Starts, pauses, steps and stops the run. */
export function RunButtons({ run, given, wrong }: RunButtonsProps) {
  const state = run?.state.value;
  const underWay = state === 'running' || state === 'paused' || state === 'waiting';
  return (
    <fieldset class="train-buttons" data-control="buttons" data-part="accuracy loss units">
      <legend class="hidden">The run</legend>
      {state === 'running' ? (
        <button type="button" class="main" onClick={() => run!.pause()}>
          Pause
        </button>
      ) : (
        <button
          type="button"
          class="main"
          disabled={(wrong && state !== 'paused') || state === 'waiting'}
          onClick={() => (state === 'paused' ? resumeRun(run!) : startRun(given))}
        >
          {state === 'paused' ? 'Resume' : 'Train'}
        </button>
      )}
      <button
        type="button"
        disabled={state === 'running' || state === 'waiting' || (wrong && state !== 'paused')}
        onClick={() => (state === 'paused' ? run!.advance() : startRun(given, { paused: true }))}
      >
        Step
      </button>
      {state === 'stopped' || state === 'interrupted' ? (
        <button type="button" disabled={busy.value} onClick={() => resumeRun(run!)}>
          Continue
        </button>
      ) : (
        <button type="button" disabled={!underWay} onClick={() => run!.stop()}>
          Stop
        </button>
      )}
      <button type="button" disabled={!run} onClick={() => putAside(run!)}>
        Reset
      </button>
      <span class="faint" aria-live="polite">
        {state === 'waiting' && loading.value.state === 'loading' ? 'waiting for the digits …' : ''}
        {state === 'paused' ? 'paused' : ''}
        {state === 'failed' ? 'the run failed: see the message' : ''}
      </span>
    </fieldset>
  );
}
