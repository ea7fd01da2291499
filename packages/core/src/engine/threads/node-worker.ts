// Apart from node-threads.ts, which the worker imports: a file that names the worker and is imported by it
// would be a circle, and Turbopack never ends on one.
import { nodeThreads } from './node-threads.js';
import type { NodeWorkerLike, WorkerHandle, WorkerListener } from './worker-handle.js';

/** Starts a worker of node:worker_threads. By default it runs the module beside this one. */
export async function startNodeWorker(address?: string | { readonly href: string }): Promise<NodeWorkerLike> {
  const { Worker } = await nodeThreads();
  // The base in a variable: a bundler must not take the module for a file of the page.
  const here = import.meta.url;
  const given = typeof address === 'object' ? address.href : address;
  const url = new URL(given ?? './longhand-worker.js', here);
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
