// What needs Node's own modules. Their names are never literals and the imports are marked, so that
// no bundler for pages looks for them.
import type { NodeWorkerLike, WorkerHandle, WorkerListener } from './worker-handle.js';

/** As much of node:worker_threads as the engine needs. */
interface WorkerThreads {
  readonly Worker: new (url: object, options: { execArgv: string[] }) => NodeWorkerLike;
  readonly parentPort: {
    on(event: 'message', listener: (message: never) => void): unknown;
    postMessage(message: unknown): void;
  } | null;
}

/** Whether this is Node, or a runtime with Node's threads. */
export function hasNodeThreads(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}

export function nodeThreads(): Promise<WorkerThreads> {
  return nodeModule('worker_threads') as Promise<WorkerThreads>;
}

/** The number of the machine's cores, in Node. */
export async function availableParallelism(): Promise<number> {
  const os = (await nodeModule('os')) as { availableParallelism(): number };
  return os.availableParallelism();
}

/** Starts a worker of node:worker_threads. By default it runs the module beside this one. */
export async function startNodeWorker(address?: string | { readonly href: string }): Promise<NodeWorkerLike> {
  const { Worker } = await nodeThreads();
  // The base in a variable: a bundler must not take the module for a file of the page.
  const here = import.meta.url;
  const url = address === undefined ? new URL('./longhand-worker.js', here) : new URL(String(address), here);
  // Flags of this process, such as --input-type, would end a worker.
  return new Worker(url, { execArgv: [] });
}

export function handleOfNodeWorker(worker: NodeWorkerLike, listener: WorkerListener): WorkerHandle {
  const { onMessage, onFailure } = listener;
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

async function nodeModule(name: string): Promise<unknown> {
  const specifier = `node:${name}`;
  // A program in one file, such as Node's single executables, may not import; this works there, too.
  const { getBuiltinModule } = process as { getBuiltinModule?: (id: string) => unknown };
  const builtin = getBuiltinModule?.(specifier);
  return (
    builtin ?? import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ specifier)
  );
}
