import type { WebWorkerLike } from '@longhand/core';
import { type Predictions, startEngineWorker } from '@longhand/core/engine';
import type { DoubtRecord } from '@longhand/core/evaluation';
import type { Snapshot } from '../computations/snapshots.js';
import { WorkerCalls } from './calls.js';
import { type DatasetPair, packDigits } from './packed-dataset.js';
import type { Control } from './pause-control.js';
import type {
  AnswersRequest,
  DoubtMessage,
  Kept,
  LessonMessage,
  Progress,
  RunRequest,
  TeachMessage,
  Trained,
  TrainingMethods,
  TrainingReport,
} from './training.worker.js';

/** A run in progress. */
export interface TrainingRun {
  control(control: Control): void;
  /** Ends it early; `done` resolves to the result so far. */
  stop(): void;
  /** The same, without opening the test set. */
  close(): void;
  /** Resolves when the run has ended or was stopped; rejects if it diverged or could not start. */
  readonly done: Promise<Trained>;
}

/**
 * The page's side of the worker that trains and evaluates. It is started when first needed, and
 * gets the data once.
 */
export class TrainingWorker {
  readonly #calls = new WorkerCalls<TrainingMethods>(
    () => new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' }),
    'the training worker could not be loaded. Reload the page.',
  );
  #sent: DatasetPair | undefined;
  #runs = 0;
  /** The engine's workers, by the number that the training worker gave them. */
  readonly #workers = new Map<number, WebWorkerLike>();

  /**
   * Trains. `onProgress` gets the new points of the curves about twenty times a second, `onSnapshot` the parameters
   * at a few iterations, and `onKept` every two seconds what the run can go on from.
   */
  train(
    digits: DatasetPair,
    request: Omit<RunRequest, 'run'>,
    onProgress: (progress: Progress) => void,
    onSnapshot: (snapshot: Snapshot) => void,
    onKept: (kept: Kept) => void = () => undefined,
  ): TrainingRun {
    const run = ++this.#runs;
    const stopping = new AbortController();
    const onReport = (report: TrainingReport) => {
      if ('progress' in report) onProgress(report.progress);
      else if ('snapshot' in report) onSnapshot(report.snapshot);
      else if ('kept' in report) onKept(report.kept);
      else if ('endWorker' in report) this.#endWorker(report.endWorker);
      else this.#startWorker(report.startWorker, report.port);
    };
    this.#send(digits);
    const done = this.#calls.call('train', { ...request, run }, { onReport, signal: stopping.signal });
    return {
      done: done.catch((error: unknown) => {
        if (!this.#calls.isRunning) this.#endWorkers();
        throw error;
      }),
      control: (control) => this.#tell('control', { run, control }),
      stop: () => stopping.abort(),
      close: () => {
        this.#tell('leaveUntested', { run });
        stopping.abort();
      },
    };
  }

  /** The answers of a network for every digit of a set. */
  answers(digits: DatasetPair, request: AnswersRequest): Promise<Predictions> {
    this.#send(digits);
    return this.#calls.call('answers', request);
  }

  /** Teaches a model a drawing. */
  teach(
    digits: DatasetPair,
    request: TeachMessage,
    onReport: (share: number) => void,
  ): Promise<LessonMessage> {
    this.#send(digits);
    return this.#calls.call('teach', request, { onReport });
  }

  /** What a trained model learns about its own doubt; nothing if it cannot. */
  learnDoubt(
    digits: DatasetPair,
    request: DoubtMessage,
    onReport: (share: number) => void,
  ): Promise<DoubtRecord | undefined> {
    this.#send(digits);
    return this.#calls.call('learnDoubt', request, { onReport });
  }

  /** Ends the worker and whatever it does. */
  end(): void {
    this.#calls.end();
    this.#endWorkers();
  }

  #send(digits: DatasetPair): void {
    if (this.#sent === digits && this.#calls.isRunning) return;
    this.#sent = digits;
    // If the digits do not arrive, the call that needs them fails, too.
    this.#calls.call('setDigits', packDigits(digits)).catch(() => undefined);
  }

  /** Calls a method that returns nothing, if the worker is running. */
  #tell<Name extends 'control' | 'leaveUntested' | 'workerFailed'>(
    method: Name,
    argument: Parameters<TrainingMethods[Name]>[0],
  ): void {
    if (this.#calls.isRunning) this.#calls.call(method, argument).catch(() => undefined);
  }

  #startWorker(number: number, port: MessagePort): void {
    const worker = startEngineWorker(port);
    worker.onerror = (event) => {
      event.preventDefault();
      const reason = event.message || 'its script could not be loaded';
      this.#tell('workerFailed', { worker: number, reason });
    };
    this.#workers.set(number, worker);
  }

  #endWorker(number: number): void {
    this.#workers.get(number)?.terminate();
    this.#workers.delete(number);
  }

  #endWorkers(): void {
    for (const number of [...this.#workers.keys()]) this.#endWorker(number);
  }
}

/** The one training worker that the pages share. */
export const trainingWorker = new TrainingWorker();
