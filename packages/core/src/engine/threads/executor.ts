import type { EngineError } from '../../errors.js';
import type { KernelFunctions } from '../bindings/instantiate-kernels.js';
import type { WorkerContext } from '../layout/worker-context.js';
import type { Command } from '../passes/command.js';
import type { BatchResult } from '../passes/results.js';

/** What carries out the commands of a local backend: a pool of workers, or the backend's own thread. */
export interface Executor {
  /** Workers; 0: the backend's own thread. */
  readonly threads: number;
  /** Why it ended, if it did. */
  readonly failure?: EngineError | undefined;
  /**
   * Carries out one command. One at a time.
   *
   * @param check is called after others worked on the backend's thread; it throws to stop
   */
  run(command: Command, check: () => void): Promise<BatchResult[]>;
  dispose(): Promise<void>;
}

/** Starts an executor where a backend is. */
export type StartExecutor = (
  place: Pick<WorkerContext, 'arena' | 'memory'> & { readonly wasm: KernelFunctions },
) => Executor | Promise<Executor>;
