import type { Augmentation } from '../../data/augmentation/augmentation.js';
import type { DisplacementField } from '../../data/augmentation/displacement-field.js';
import { loadPart } from '../../load-part.js';
import { kernelCode } from '../bindings/kernel-code.js';
import type { Plan } from '../layout/plan.js';
import type { Backend } from './backend.js';
import { LocalBackend } from './local-backend.js';
import { warnOfOneThread } from './warning.js';
import type { SpawnWorker } from './worker-handle.js';
import { WorkerPool } from './worker-pool.js';
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
  const field = await fieldFor(plan.training.augmentation);
  const local = { inSlices: true, code, field };
  if (threads > 0) {
    try {
      if (canShareMemory()) {
        return await LocalBackend.start(plan, parameters, {
          ...{ ...local, threads },
          startExecutor: ({ arena, memory }) => WorkerPool.start(threads, memory, { arena, spawn, code }),
        });
      }
      const { RemoteBackend } = await loadPart(import('./remote-backend.js'));
      return await RemoteBackend.start(plan, parameters, { spawn, code, field });
    } catch (error) {
      if (!(error instanceof WorkerStartError)) throw error;
      warnOfOneThread(error.message);
    }
  }
  const { onOwnThread } = await loadPart(import('./own-thread.js'));
  const startExecutor = onOwnThread({ inSlices: true });
  return LocalBackend.start(plan, parameters, { ...local, threads: 0, startExecutor });
}

/** What elastic distortion displaces the pixels by. */
async function fieldFor(augmentation: Augmentation | undefined): Promise<DisplacementField | undefined> {
  if (!augmentation || augmentation.elastic === 0) return undefined;
  const { createDisplacementField } = await loadPart(import('../../data/augmentation/displacement-field.js'));
  return createDisplacementField(augmentation);
}

/**
 * Whether memory can be shared with workers. A page may do so only when it is isolated from other
 * origins; runtimes that are not pages have no such flag.
 */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}
