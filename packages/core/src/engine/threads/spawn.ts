import type { Introduction } from './protocol.js';

/** A worker of either kind, Node's or the web's, behind one face. */
export interface WorkerHandle {
  post(message: unknown, transfer?: ArrayBuffer[]): void;
  /** Keeps the process alive while something is under way (`true`), or lets it end (`false`). */
  hold(busy: boolean): void;
  terminate(): Promise<void>;
}

export interface WorkerListener {
  onMessage(message: unknown): void;
  /** The worker ended, or cannot go on. */
  onFailure(reason: string): void;
}

/** How a worker is started: it runs the engine's worker module, and hears what is posted from then on. */
export type SpawnWorker = (listener: WorkerListener) => Promise<WorkerHandle>;

/** Starts the engine's worker module: by node:worker_threads in Node, Bun and Deno, as a web worker elsewhere. */
export async function spawnWorker({ onMessage, onFailure }: WorkerListener): Promise<WorkerHandle> {
  // For Node alone: a bundler must not take it for a file of the page.
  const url = new URL(/* @vite-ignore */ './worker.js', import.meta.url);
  if (hasNodeThreads()) {
    const { Worker: NodeWorker } = await nodeThreads();
    // Flags such as --input-type are for the program that this process was started with, and would end a worker.
    const worker = new NodeWorker(url, { execArgv: [] });
    worker.on('message', onMessage);
    worker.on('messageerror', (error: Error) => onFailure(`it could not read a message: ${error.message}`));
    worker.on('error', (error: Error) => onFailure(error.message));
    worker.on('exit', (code: number) => onFailure(`it ended with code ${code}`));
    return {
      post: (message, transfer) => worker.postMessage(message, transfer ?? []),
      hold: (busy) => (busy ? worker.ref() : worker.unref()),
      terminate: async () => {
        await worker.terminate();
      },
    };
  }
  const worker = startWebWorker();
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onmessageerror = () => onFailure('it could not read a message');
  worker.onerror = (event) => {
    event.preventDefault();
    onFailure(event.message || 'its script could not be loaded');
  };
  return {
    post: (message, transfer) => worker.postMessage(message, transfer ?? []),
    hold: () => undefined,
    terminate: () => Promise.resolve(worker.terminate()),
  };
}

/**
 * Starts the engine's worker module as a web worker that hears whoever has the other end of `port`. So a page can start workers for an
 * engine that lives in a worker (`EngineOptions.spawn`): a worker that starts workers itself stands still for good in Firefox,
 * about one time in twenty.
 */
export function startEngineWorker(port: MessagePort): Worker {
  const worker = startWebWorker();
  worker.postMessage({ type: 'port', port } satisfies Introduction, [port]);
  return worker;
}

function startWebWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

/** Whether this is Node, or a runtime that has Node's threads. */
export function hasNodeThreads(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}

/** Node's threads. The name is put together here, so that no bundler for pages looks for the module. */
export function nodeThreads(): Promise<typeof import('node:worker_threads')> {
  const name = ['node', 'worker_threads'].join(':');
  return import(/* @vite-ignore */ name);
}
