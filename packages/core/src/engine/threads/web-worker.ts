import type { PortMessage } from './protocol.js';
import type { WebWorkerLike, WorkerHandle, WorkerListener } from './worker-handle.js';

/**
 * Starts a web worker that talks to the other end of `port`, a `MessagePort`. So a page can start the
 * workers of an engine that is itself in a worker (`EngineOptions.spawn`). In Firefox, a worker that
 * starts workers hangs forever about one time in twenty.
 */
export function startEngineWorker(port: object): WebWorkerLike {
  const worker = startWebWorker();
  worker.postMessage({ type: 'port', port: port as MessagePort } satisfies PortMessage, [port]);
  return worker;
}

/** Starts a web worker that runs the engine's worker module. */
export function startWebWorker(address?: string | { readonly href: string }): WebWorkerLike {
  const elsewhere = (typeof address === 'object' ? address.href : address) ?? beforeOptimization();
  return elsewhere === undefined
    ? // Bundlers know this line, and no other way to write it: they build the module for it.
      new Worker(new URL('./longhand-worker.js', import.meta.url), { type: 'module' })
    : new Worker(elsewhere, { type: 'module' });
}

export function handleOfWebWorker(worker: WebWorkerLike, listener: WorkerListener): WorkerHandle {
  const { onMessage, onFailure } = listener;
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onmessageerror = () => onFailure('it could not read a message');
  worker.onerror = (event) => {
    event.preventDefault?.();
    onFailure(event.message || 'its script could not be loaded');
  };
  return {
    post: (message, transfer) => worker.postMessage(message, transfer ?? []),
    hold: () => undefined,
    terminate: () => Promise.resolve(worker.terminate()),
  };
}

/**
 * The dev server of Vite 7 and older copies the packages that a page imports to a folder of its own,
 * and leaves their workers behind. This is the worker's address in the package itself.
 */
function beforeOptimization(): string | undefined {
  const here = import.meta.url;
  const modules = /^(.*\/node_modules\/)\.vite\/deps[^/]*\//.exec(here)?.[1];
  return modules && `${modules}@longhand/core/dist/engine/threads/longhand-worker.js`;
}
