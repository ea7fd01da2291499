import { hasNodeThreads } from './node-threads.js';
import { handleOfNodeWorker, startNodeWorker } from './node-worker.js';
import { handleOfWebWorker, startWebWorker } from './web-worker.js';
import type { SpawnWorker, WorkerHandle, WorkerListener, WorkerSource } from './worker-handle.js';

/**
 * Starts the engine's worker module: by node:worker_threads in Node, Bun and Deno, as a web worker
 * elsewhere.
 */
export function spawnWorker(listener: WorkerListener): Promise<WorkerHandle> {
  return spawnFrom(undefined, listener);
}

/** Starts the worker module that the caller names, or the worker that the caller makes. */
export function spawnerOf(source: WorkerSource): SpawnWorker {
  return (listener) => spawnFrom(source, listener);
}

async function spawnFrom(source: WorkerSource | undefined, listener: WorkerListener): Promise<WorkerHandle> {
  if (typeof source === 'function') {
    const worker = source();
    return 'on' in worker ? handleOfNodeWorker(worker, listener) : handleOfWebWorker(worker, listener);
  }
  return hasNodeThreads()
    ? handleOfNodeWorker(await startNodeWorker(source), listener)
    : handleOfWebWorker(startWebWorker(source), listener);
}
