import type { Plan } from '../layout/plan.js';
import type { Backend } from './backend.js';
import { LocalBackend } from './local-backend.js';
import { RemoteBackend } from './remote-backend.js';
import type { SpawnWorker } from './worker-handle.js';

/**
 * Starts a backend for a network: on the caller's own thread, or with workers that share its memory,
 * or in one worker where memory cannot be shared.
 *
 * @param parameters the network's, in the layout of the plan
 * @throws EngineError when WebAssembly cannot hold the network, or a worker cannot be started
 */
export function startBackend(
  plan: Plan,
  parameters: Float32Array,
  { threads, spawn }: { readonly threads: number; readonly spawn: SpawnWorker },
): Promise<Backend> {
  return threads === 0 || canShareMemory()
    ? LocalBackend.start(plan, parameters, { threads, spawn, inSlices: true })
    : RemoteBackend.start(plan, parameters, spawn);
}

/**
 * Whether memory can be shared with workers. A page may do so only when it is isolated from other
 * origins; runtimes that are not pages have no such flag.
 */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}
