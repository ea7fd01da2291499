import type { Dataset } from '@longhand/core';
import type { Reference } from '@longhand/core/explain';
import type { ComputedIteration } from '../computations/cycle.js';
import type { FiniteDifference } from '../computations/finite-difference.js';
import type { FromBoardWorker, ToBoardWorker, TurnQuestion } from './board-messages.js';
import { pack } from './training-worker.js';

interface Turned {
  readonly turn: ComputedIteration;
  readonly parameters: readonly { readonly W: Float64Array; readonly b: Float64Array }[];
}

/** The page's side of the worker that goes through the cycle with all examples. */
export class BoardWorker {
  #worker: Worker | undefined;
  #handed: Dataset | undefined;
  #next = 1;
  readonly #waiting = new Map<
    number,
    { resolve(message: FromBoardWorker): void; reject(error: Error): void }
  >();

  async turn(dataset: Dataset, question: TurnQuestion): Promise<Turned> {
    const answer = await this.#ask(dataset, (id) => ({ type: 'turn', id, question }));
    return answer as FromBoardWorker & { type: 'turned' };
  }

  async nudge(
    dataset: Dataset,
    question: TurnQuestion,
    parameter: Reference,
    gradient: number,
  ): Promise<FiniteDifference> {
    const answer = await this.#ask(dataset, (id) => ({ type: 'nudge', id, question, parameter, gradient }));
    return (answer as FromBoardWorker & { type: 'nudged' }).nudge;
  }

  /** Ends the worker; it is started again when it is needed. */
  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#handed = undefined;
    this.#waiting.clear();
  }

  #ask(dataset: Dataset, message: (id: number) => ToBoardWorker): Promise<FromBoardWorker> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      const worker = this.#start();
      if (this.#handed !== dataset) {
        worker.postMessage({ type: 'dataset', dataset: pack(dataset) } satisfies ToBoardWorker);
        this.#handed = dataset;
      }
      worker.postMessage(message(id));
    });
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./board.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromBoardWorker>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.type === 'failed') waiting?.reject(new Error(data.message));
      else waiting?.resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values())
        reject(new Error(event.message || 'the worker could not be loaded'));
      this.end();
    };
    this.#worker = worker;
    return worker;
  }
}
