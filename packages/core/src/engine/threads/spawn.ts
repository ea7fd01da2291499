import type { PortMessage } from './protocol.js';
import type { WorkerHandle, WorkerListener } from './worker-handle.js';

/**
 * Starts the engine's worker module: by node:worker_threads in Node, Bun and Deno, as a web worker
 * elsewhere.
 */
export async function spawnWorker({ onMessage, onFailure }: WorkerListener): Promise<WorkerHandle> {
  // This address is for Node only. A bundler must not take it for a file of the page.
  const url = new URL(/* @vite-ignore */ './worker.js', import.meta.url);
  if (hasNodeThreads()) {
    const { Worker: NodeWorker } = await nodeThreads();
    // Flags of this process, such as --input-type, would end a worker.
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
 * Starts the engine's worker module as a web worker that talks to the other end of `port`. So a page
 * can start the workers of an engine that is itself in a worker (`EngineOptions.spawn`). In Firefox,
 * a worker that starts workers hangs forever about one time in twenty.
 */
export function startEngineWorker(port: MessagePort): Worker {
  const worker = startWebWorker();
  worker.postMessage({ type: 'port', port } satisfies PortMessage, [port]);
  return worker;
}

function startWebWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

/** Whether this is Node, or a runtime with Node's threads. */
export function hasNodeThreads(): boolean {
  return typeof process === 'object' && typeof process.versions?.node === 'string';
}

/** Node's threads. The name is composed here, so that no bundler for pages looks for the module. */
export function nodeThreads(): Promise<typeof import('node:worker_threads')> {
  const name = ['node', 'worker_threads'].join(':');
  return import(/* @vite-ignore */ name);
}
