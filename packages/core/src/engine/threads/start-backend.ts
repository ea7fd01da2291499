import { kernelCode } from '../bindings/kernel-code.js';
import type { Plan } from '../layout/plan.js';
import type { Backend } from './backend.js';
import { LocalBackend } from './local-backend.js';
import { RemoteBackend } from './remote-backend.js';
import { warnOfOneThread } from './warning.js';
import type { SpawnWorker } from './worker-handle.js';
import { WorkerStartError } from './worker-start-error.js';

/**
 * Starts a backend for a network: on the caller's own thread, or with workers that share its memory,
 * or in one worker where memory cannot be shared. Where no worker can be started, the caller's thread
 * computes, and the console says so once.
 *
 * @param parameters the network's, in the layout of the plan
 * @throws EngineError when WebAssembly is not allowed, or cannot hold the network
 */
export async function startBackend(
  plan: Plan,
  parameters: Float32Array,
  { threads, spawn }: { readonly threads: number; readonly spawn: SpawnWorker },
): Promise<Backend> {
  const code = kernelCode();
  if (threads > 0) {
    try {
      return canShareMemory()
        ? await LocalBackend.start(plan, parameters, { threads, spawn, inSlices: true, code })
        : await RemoteBackend.start(plan, parameters, { spawn, code });
    } catch (error) {
      if (!(error instanceof WorkerStartError)) throw error;
      warnOfOneThread(error.message);
    }
  }
  return LocalBackend.start(plan, parameters, { threads: 0, inSlices: true, code });
}

/**
 * Whether memory can be shared with workers. A page may do so only when it is isolated from other
 * origins; runtimes that are not pages have no such flag.
 */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}
