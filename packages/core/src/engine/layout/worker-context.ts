import type { Kernels } from '../bindings/kernels.js';
import type { WasmMemory } from '../bindings/wasm-memory.js';
import type { Arena } from './arena.js';

/** What one thread works with. */
export interface WorkerContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly memory: WasmMemory;
  /** The number of this thread, from 0 to `threads` − 1. */
  readonly rank: number;
  readonly threads: number;
}
