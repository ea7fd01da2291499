import { type Dataset, packDataset } from '@longhand/core';
import type { FiniteDifference } from '../computations/finite-difference.js';
import type { BoardAnswer, BoardMethods, BoardQuestion, ParameterQuestion } from './board.worker.js';
import { WorkerCalls } from './calls.js';

/** The page's side of the worker that goes through the cycle with all examples. */
export class BoardWorker {
  readonly #calls = new WorkerCalls<BoardMethods>(
    () => new Worker(new URL('./board.worker.ts', import.meta.url), { type: 'module' }),
    'the board’s worker could not be loaded: load the page again',
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

  /** Ends the worker. The next question starts it again. */
  end(): void {
    this.#calls.end();
  }

  #send(dataset: Dataset): void {
    if (this.#sent === dataset && this.#calls.isRunning) return;
    this.#sent = dataset;
    // Whatever keeps it from arriving fails the call that needs it, too.
    this.#calls.call('setDataset', packDataset(dataset)).catch(() => undefined);
  }
}
