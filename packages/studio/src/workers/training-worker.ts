import { type Dataset, type Predictions, startEngineWorker } from '@longhand/core';
import type { Digits } from '../state/digits.js';
import type {
  Control,
  FromTrainingWorker,
  PackedDataset,
  Progress,
  RunRequest,
  SetName,
  ToTrainingWorker,
  Trained,
} from './training-messages.js';

/** A run under way in the lab. */
export interface TrainingRun {
  control(control: Control): void;
  /** Resolves when it has ended, by itself or stopped; rejects with one clear line when it diverged or could not be. */
  readonly done: Promise<Trained>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The page's side of the worker that trains and asks. It is started when first needed and has the data once. */
export class TrainingWorker {
  #worker: Worker | undefined;
  #handed: Digits | undefined;
  #next = 1;
  readonly #waiting = new Map<number, Waiting>();
  /** The engine's workers, by the number that the lab gave them. */
  readonly #workers = new Map<number, Worker>();

  /** Trains; `onProgress` gets the points of the curves some twenty times a second. */
  train(digits: Digits, request: RunRequest, onProgress: (progress: Progress) => void): TrainingRun {
    const id = this.#next++;
    const done = this.#ask<Trained>(digits, id, { type: 'train', id, request }, onProgress);
    return {
      done,
      control: (control) =>
        this.#worker?.postMessage({ type: 'control', id, control } satisfies ToTrainingWorker),
    };
  }

  /** What a model (as a file) answers for every digit of a set. */
  answers(digits: Digits, model: Uint8Array, set: SetName): Promise<Predictions> {
    const id = this.#next++;
    return this.#ask(digits, id, { type: 'answers', id, model, set });
  }

  /** Ends the worker and whatever it does. */
  end(): void {
    this.#end(new Error('ended'));
  }

  #ask<Result>(
    digits: Digits,
    id: number,
    message: ToTrainingWorker,
    onProgress?: (progress: Progress) => void,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
      const worker = this.#start();
      if (this.#handed !== digits) {
        const packed = { training: pack(digits.training), test: pack(digits.test) };
        worker.postMessage({ type: 'digits', digits: packed } satisfies ToTrainingWorker);
        this.#handed = digits;
      }
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromTrainingWorker>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(new Error(event.message || 'the lab could not be loaded: load the page again'));
    };
    this.#worker = worker;
    return worker;
  }

  #end(reason: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#handed = undefined;
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #spawn(number: number, port: MessagePort): void {
    const worker = startEngineWorker(port);
    worker.onerror = (event) => {
      event.preventDefault();
      const reason = event.message || 'its script could not be loaded';
      this.#worker?.postMessage({ type: 'died', worker: number, reason } satisfies ToTrainingWorker);
    };
    this.#workers.set(number, worker);
  }

  #hear(message: FromTrainingWorker): void {
    if (message.type === 'spawn') {
      this.#spawn(message.worker, message.port);
      return;
    }
    if (message.type === 'terminate') {
      this.#workers.get(message.worker)?.terminate();
      this.#workers.delete(message.worker);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if (message.type === 'progress') {
      waiting.onProgress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.type === 'failed') waiting.reject(new Error(message.message));
    else waiting.resolve((message.type === 'trained' ? message.trained : message.answers) as never);
  }
}

/** The one lab that pages share. */
export const trainingWorker = new TrainingWorker();

/** A dataset's bytes as one piece: without a copy where it is one already. */
export function pack(dataset: Dataset): PackedDataset {
  const { width, height, classNames, features, length, inputs } = dataset;
  const shape = { width, height, classNames, ...(features && { features }) };
  const first = length > 0 ? dataset.pixels(0) : new Uint8Array();
  const inOrder =
    length > 0 && dataset.pixels(length - 1).byteOffset === first.byteOffset + (length - 1) * inputs;
  const labels = Uint8Array.from({ length }, (_, i) => dataset.label(i));
  if (inOrder && first.buffer instanceof (globalThis.SharedArrayBuffer ?? Array)) {
    return {
      pixels: new Uint8Array(first.buffer, first.byteOffset, length * inputs),
      labels,
      ...shape,
    };
  }
  const pixels = new Uint8Array(length * inputs);
  for (let i = 0; i < length; i++) pixels.set(dataset.pixels(i), i * inputs);
  return { pixels, labels, ...shape };
}
