/** A worker of Node or of the web. */
export interface WorkerHandle {
  post(message: unknown, transfer?: ArrayBuffer[]): void;
  /** `true` keeps the process alive while the worker is busy; `false` lets the process end. */
  hold(busy: boolean): void;
  terminate(): Promise<void>;
}

export interface WorkerListener {
  onMessage(message: unknown): void;
  /** The worker ended, or cannot continue. */
  onFailure(reason: string): void;
}

/** Starts a worker that runs the engine's worker module, and listens to it from then on. */
export type SpawnWorker = (listener: WorkerListener) => Promise<WorkerHandle>;
