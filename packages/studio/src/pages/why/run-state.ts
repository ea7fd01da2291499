import { signal } from '@preact/signals';
import type { ExperimentSettings, Point } from '../../computations/experiment.js';
import type { Digits } from '../../state/digits.js';
import { announce, showError } from '../../state/notifications.js';
import type { Both, Outcome, Report, Standing } from '../../workers/experiment-messages.js';
import { type ExperimentRun, runExperiment } from '../../workers/experiment-run.js';

/** A run on the page, as far as it is done. */
export interface RunState {
  readonly settings: ExperimentSettings;
  readonly points: Both<readonly Point[]>;
  /** Missing before the first report. */
  readonly standing?: Both<Standing>;
  /** Missing while it runs. */
  readonly outcome?: Outcome;
}

/** The run that the page shows, running or ended. */
export const runState = signal<RunState | undefined>(undefined);

let running: ExperimentRun | undefined;

/** Starts a run, and abandons one that is running. */
export function startRun(settings: ExperimentSettings, digits: Digits): void {
  forgetRun();
  runState.value = { settings, points: [[], []] };
  announce('Training both networks.');
  const run = runExperiment(settings, digits, addReport);
  running = run;
  run.done.then(
    (outcome) => {
      running = undefined;
      runState.value = { ...runState.peek()!, outcome };
    },
    (error: unknown) => {
      if (running === run) forgetRun();
      showError(error);
    },
  );
}

/** Ends the run early. The page shows its result so far. */
export function stopRun(): void {
  running?.stop();
}

/** Abandons the run and removes it from the page. */
export function forgetRun(): void {
  running?.abandon();
  running = undefined;
  runState.value = undefined;
}

function addReport({ points, standing }: Report): void {
  const state = runState.peek()!;
  runState.value = {
    ...state,
    standing,
    points: [
      [...state.points[0], ...points[0]],
      [...state.points[1], ...points[1]],
    ],
  };
}
