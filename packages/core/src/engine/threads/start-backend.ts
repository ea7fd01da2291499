import type { Plan } from '../layout/plan.js';
import type { Backend } from './backend.js';
import { LocalBackend } from './local-backend.js';
import { RemoteBackend } from './remote-backend.js';
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
  if (threads > 0) {
    try {
      return canShareMemory()
        ? await LocalBackend.start(plan, parameters, { threads, spawn, inSlices: true })
        : await RemoteBackend.start(plan, parameters, spawn);
    } catch (error) {
      if (!(error instanceof WorkerStartError)) throw error;
      warnOnce(error.message);
    }
  }
  return LocalBackend.start(plan, parameters, { threads: 0, inSlices: true });
}

let warned = false;

function warnOnce(reason: string): void {
  if (warned) return;
  warned = true;
  // biome-ignore lint/suspicious/noConsole: nobody else would say why training is slower than it could be
  console.warn(
    `Longhand computes on the calling thread (threads: 0), because no worker could be started: ${reason}. Give the address of @longhand/core/worker as the option "worker", or pass threads: 0.`,
  );
}

/**
 * Whether memory can be shared with workers. A page may do so only when it is isolated from other
 * origins; runtimes that are not pages have no such flag.
 */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}
