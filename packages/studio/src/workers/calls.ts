// How the page calls its workers: it names a method and gets a promise. The worker's side is in
// serve.ts.
import { type ErrorMessage, unpackError } from './error-message.js';

/** The second argument of a worker's method. */
export interface Call<Report = never> {
  /** Sends the page news of the call before its result. */
  report(report: Report, transfer?: Transferable[]): void;
  /** Aborted when the page cancels the call. The method decides what that means. */
  readonly signal: AbortSignal;
}

/** A method that a worker offers. Argument, result and reports are cloned or transferred. */
export type Method<Argument, Result, Report> = (
  argument: Argument,
  call: Call<Report>,
) => Result | Promise<Result>;
type AnyMethod = Method<never, unknown, never>;
export type Methods = Readonly<Record<string, AnyMethod>>;
type ArgumentOf<M extends AnyMethod> = Parameters<M>[0];
type ResultOf<M extends AnyMethod> = Awaited<ReturnType<M>>;
type ReportOf<M extends AnyMethod> = M extends Method<never, unknown, infer Report> ? Report : never;

interface CallOptions<Report> {
  readonly onReport?: (report: Report) => void;
  readonly signal?: AbortSignal;
  /** Buffers of the argument to transfer instead of copying. */
  readonly transfer?: Transferable[];
}

export type ToWorker =
  | { readonly call: number; readonly method: string; readonly argument: unknown }
  | { readonly call: number; readonly cancel: true };

export type FromWorker =
  | { readonly call: number; readonly report: unknown }
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly error: ErrorMessage };

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
  readonly onReport: ((report: never) => void) | undefined;
}

/**
 * The page's side of one worker. The first call starts it, and so does the first call after `end`.
 */
export class WorkerCalls<Offered extends Methods> {
  #worker: Worker | undefined;
  #next = 1;
  readonly #pending = new Map<number, Pending>();
  readonly #start: () => Worker;
  readonly #notLoaded: string;

  /** @param notLoaded what to show when the worker's program cannot be loaded */
  constructor(start: () => Worker, notLoaded: string) {
    this.#start = start;
    this.#notLoaded = notLoaded;
  }

  /** Whether the worker is running, and so still has what it was given. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * Rejects with the method's error (of the same class), or when the worker ends before it answers.
   */
  call<Name extends keyof Offered & string>(
    method: Name,
    argument: ArgumentOf<Offered[Name]>,
    { onReport, signal, transfer = [] }: CallOptions<ReportOf<Offered[Name]>> = {},
  ): Promise<ResultOf<Offered[Name]>> {
    return new Promise((resolve, reject) => {
      const call = this.#next++;
      this.#worker ??= this.#open();
      this.#pending.set(call, { resolve, reject, onReport });
      const post = (message: ToWorker, given: Transferable[] = []) =>
        this.#worker?.postMessage(message, given);
      post({ call, method, argument }, transfer);
      const cancel = () => post({ call, cancel: true });
      if (signal?.aborted) cancel();
      signal?.addEventListener('abort', cancel);
    });
  }

  /** Ends the worker at once. Calls without an answer are rejected. */
  end(reason: Error = new DOMException('the worker was ended', 'AbortError')): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
  }

  #open(): Worker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.end(new Error(event.message || this.#notLoaded));
    });
    return worker;
  }

  #hear(message: FromWorker): void {
    const pending = this.#pending.get(message.call);
    if (!pending) return;
    if ('report' in message) {
      pending.onReport?.(message.report as never);
      return;
    }
    this.#pending.delete(message.call);
    if ('error' in message) pending.reject(unpackError(message.error));
    else pending.resolve(message.result as never);
  }
}
