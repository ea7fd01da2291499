import type { ExperimentSettings } from '../computations/experiment.js';
import { WorkerCalls } from './calls.js';
import type { ExperimentMethods } from './experiment.worker.js';
import type { Outcome, Report } from './experiment-messages.js';
import { type DatasetPair, packDigits } from './packed-dataset.js';

/** An experiment under way. */
export interface ExperimentRun {
  /** Resolves when it has ended or was stopped; rejects with an AbortError when it was abandoned. */
  readonly done: Promise<Outcome>;
  /** Ends it early; `done` resolves to what it had come to. */
  stop(): void;
  /** Ends it at once. */
  abandon(): void;
}

/** Runs an experiment on these digits in a worker of its own. */
export function runExperiment(
  settings: ExperimentSettings,
  digits: DatasetPair,
  onReport: (report: Report) => void,
): ExperimentRun {
  const calls = new WorkerCalls<ExperimentMethods>(
    () => new Worker(new URL('./experiment.worker.ts', import.meta.url), { type: 'module' }),
    'the experiment could not be loaded: load the page again',
  );
  const stopping = new AbortController();
  const request = { settings, digits: packDigits(digits) };
  return {
    done: calls.call('run', request, { onReport, signal: stopping.signal }).finally(() => calls.end()),
    stop: () => stopping.abort(),
    abandon: () => calls.end(),
  };
}
