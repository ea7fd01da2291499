import type { ExperimentSettings } from '../computations/experiment.js';
import { WorkerCalls } from './calls.js';
import type { ExperimentMethods } from './experiment.worker.js';
import type { Outcome, Report } from './experiment-messages.js';
import { type DatasetPair, packDigits } from './packed-dataset.js';

/** An experiment in progress. */
export interface ExperimentRun {
  /**
   * Resolves when the experiment has ended or was stopped; rejects with an AbortError if it was
   * abandoned.
   */
  readonly done: Promise<Outcome>;
  /** Ends it early; `done` resolves to the result so far. */
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
    'the experiment could not be loaded. Reload the page.',
  );
  const stopping = new AbortController();
  const request = { settings, digits: packDigits(digits) };
  return {
    done: calls.call('run', request, { onReport, signal: stopping.signal }).finally(() => calls.end()),
    stop: () => stopping.abort(),
    abandon: () => calls.end(),
  };
}
