import type { NotebookMistakes } from '../computations/notebook.js';
import { WorkerCalls } from './calls.js';
import type { NotebookMethods, NotebookOutcome, NotebookReport } from './notebook.worker.js';
import { type DatasetPair, packDigits } from './packed-dataset.js';

/** A run with the notebook's mistakes, in a worker of its own. */
export interface NotebookRun {
  /** Rejects with an AbortError if it was abandoned. */
  readonly done: Promise<NotebookOutcome>;
  abandon(): void;
}

export function runNotebook(
  mistakes: NotebookMistakes,
  digits: DatasetPair,
  onReport: (report: NotebookReport) => void,
): NotebookRun {
  const calls = new WorkerCalls<NotebookMethods>(
    () => new Worker(new URL('./notebook.worker.ts', import.meta.url), { type: 'module' }),
    'the run could not be loaded. Reload the page.',
  );
  const done = calls.call('run', { mistakes, digits: packDigits(digits) }, { onReport });
  return { done: done.finally(() => calls.end()), abandon: () => calls.end() };
}
