/** A worker of Node or of the web. */
export interface WorkerHandle {
  /** Sends a message; the buffers of `transfer` move, and are not copied. */
  post(message: unknown, transfer?: ArrayBuffer[]): void;
  /** `true` keeps the process alive while the worker is busy; `false` lets the process end. */
  hold(busy: boolean): void;
  /** Ends the worker at once. */
  terminate(): Promise<void>;
}

/** What the engine does with what a worker reports. */
export interface WorkerListener {
  /** Called for each message. */
  onMessage(message: unknown): void;
  /** The worker ended, or cannot continue. */
  onFailure(reason: string): void;
}

/** Starts a worker that runs the engine's worker module, and listens to it from then on. */
export type SpawnWorker = (listener: WorkerListener) => Promise<WorkerHandle>;

/**
 * A `Worker` of the web, as far as the engine needs it. It is described here, so that the
 * declarations compile without the DOM's types.
 */
export interface WebWorkerLike {
  /** Called for each message. */
  // biome-ignore lint/suspicious/noExplicitAny: every web worker fits, whatever its events' types are
  onmessage: ((event: any) => any) | null;
  /** Called when the worker fails. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onerror: ((event: any) => any) | null;
  /** Called for a message that cannot be read. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  onmessageerror?: ((event: any) => any) | null;
  /** Sends a message. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  postMessage(message: any, transfer: any[]): void;
  /** Ends the worker at once. */
  terminate(): void;
}

/** A `Worker` of node:worker_threads, as far as the engine needs it. */
export interface NodeWorkerLike {
  /** Listens to an event. */
  // biome-ignore lint/suspicious/noExplicitAny: every worker of Node fits, whatever its events' types are
  on(event: string, listener: (value: any) => void): unknown;
  /** Sends a message. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  postMessage(message: any, transfer?: readonly any[]): void;
  /** Keeps the process alive. */
  ref(): void;
  /** Lets the process end. */
  unref(): void;
  /** Ends the worker at once. */
  terminate(): Promise<unknown>;
}

/**
 * Where the engine's worker module is: its address, or a function that starts a worker of it. The
 * module is `@longhand/core/worker`.
 */
export type WorkerSource = string | { readonly href: string } | (() => WebWorkerLike | NodeWorkerLike);
