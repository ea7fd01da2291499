import type { Dataset } from '@longhand/core';
import { packDataset } from '@longhand/core/files';
import type { FiniteDifference } from '../computations/finite-difference.js';
import type { BoardAnswer, BoardMethods, BoardQuestion, ParameterQuestion } from './board.worker.js';
import { WorkerCalls } from './calls.js';

/** The page's side of the worker that computes the board's cycle over all examples. */
export class BoardWorker {
  readonly #calls = new WorkerCalls<BoardMethods>(
    () => new Worker(new URL('./board.worker.ts', import.meta.url), { type: 'module' }),
    'the board’s worker could not be loaded. Reload the page.',
  );
  #sent: Dataset | undefined;

  iteration(dataset: Dataset, question: BoardQuestion): Promise<BoardAnswer> {
    this.#send(dataset);
    return this.#calls.call('iteration', question);
  }

  finiteDifference(dataset: Dataset, question: ParameterQuestion): Promise<FiniteDifference> {
    this.#send(dataset);
    return this.#calls.call('finiteDifference', question);
  }

  /** Ends the worker. The next question starts a new one. */
  end(): void {
    this.#calls.end();
  }

  #send(dataset: Dataset): void {
    if (this.#sent === dataset && this.#calls.isRunning) return;
    this.#sent = dataset;
    // If the data do not arrive, the call that needs them fails, too.
    this.#calls.call('setDataset', packDataset(dataset)).catch(() => undefined);
  }
}
