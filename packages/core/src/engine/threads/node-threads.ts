// What needs Node's own modules. Their names are never literals and the imports are marked, so that
// no bundler for pages looks for them.
import type { NodeWorkerLike } from './worker-handle.js';

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

async function nodeModule(name: string): Promise<unknown> {
  const specifier = `node:${name}`;
  // A program in one file, such as Node's single executables, may not import; this works there, too.
  const { getBuiltinModule } = process as { getBuiltinModule?: (id: string) => unknown };
  const builtin = getBuiltinModule?.(specifier);
  return (
    builtin ?? import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ specifier)
  );
}
