import { OPTIMIZERS } from '../../maths/optimizers.js';
import type { Kernels } from '../bindings/kernels.js';
import { allocateDisplacements, type DisplacementBuffer } from '../passes/augment.js';
import { allocateLbfgs, type LbfgsBuffers } from '../passes/lbfgs.js';
import { updateParts } from '../passes/update.js';
import type { Memory } from './memory.js';
import { MAX_GROUPED_BYTES, type Plan } from './plan.js';
import { allocateScratch, type Scratch } from './scratch.js';

/** Groups of blocks whose gradients are summed by themselves in a pass over all the data: fixed, so that the bits are. */
export const GROUPS = 32;

/** Results of a group or a block: the summed loss as a 64-bit float, how many are right as a 32-bit integer. */
export const RESULT_BYTES = 16;
/** Blocks that can report a result: more than 4 GiB of ink could hold. */
export const MAX_RESULTS = 65536;

/** A network's place in memory, the same for all threads of a team. All numbers are addresses. */
export interface Arena {
  readonly plan: Plan;
  readonly parameters: number;
  readonly gradients: number;
  /** A gradient for each group, or 0 where the network is too large for that. */
  readonly groupGradients: number;
  /** One for each thread. Threads that share a block share the first one's. */
  readonly scratches: readonly Scratch[];
  /** What the optimizer remembers, in the layout of the parameters: v, or m and v. */
  readonly memory: readonly number[];
  /** Where L-BFGS searches, or nothing. */
  readonly search: LbfgsBuffers | undefined;
  /** The mean of the parameters, or 0 where none is kept. */
  readonly average: number;
  /** Sums of squares of the gradient's parts, in 64 bits, or 0 where none are asked for. */
  readonly squares: number;
  /** What elastic distortion displaces by. */
  readonly displacements: DisplacementBuffer | undefined;
  readonly results: number;
  /** Where threads meet and draw tasks (kernels/vectors.ts). */
  readonly barrier: number;
}

/** A thread at work on a site. */
export interface WorkerContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  /** Which of `threads` it is, from 0. */
  readonly rank: number;
  readonly threads: number;
}

export function buildArena(memory: Memory, plan: Plan, threads: number): Arena {
  const what = 'the network';
  return {
    plan,
    parameters: memory.allocate(plan.bytes, what),
    gradients: memory.allocate(plan.bytes, what),
    // Batches made anew have no runs that were there before.
    groupGradients:
      plan.bytes <= MAX_GROUPED_BYTES && !plan.augments ? memory.allocate(GROUPS * plan.bytes, what) : 0,
    scratches: Array.from({ length: Math.max(1, threads) }, () => allocateScratch(memory, plan, true)),
    memory: Array.from({ length: OPTIMIZERS[plan.training.optimizer].stateSlots }, () =>
      memory.allocate(plan.bytes, what),
    ),
    search: allocateLbfgs(memory, plan),
    average: plan.training.weightAveraging ? memory.allocate(plan.bytes, what) : 0,
    squares: Number.isFinite(plan.training.clipNorm)
      ? memory.allocate(8 * updateParts(plan).length, what)
      : 0,
    displacements: allocateDisplacements(memory, plan),
    results: memory.allocate(RESULT_BYTES * MAX_RESULTS, what),
    barrier: memory.allocate(64, what),
  };
}
