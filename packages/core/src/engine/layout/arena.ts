import type { DisplacementField } from '../../data/augmentation/displacement-field.js';
import { LBFGS_NUMBERS } from '../../maths/lbfgs-size.js';
import { isElementwise, OPTIMIZERS } from '../../maths/optimizers.js';
import type { WasmMemory } from '../bindings/wasm-memory.js';
import type { Memory } from './memory.js';
import { MAX_GROUPED_BYTES, type Plan } from './plan.js';
import { allocateScratch, PAST_END, type Scratch } from './scratch.js';

/** Groups of blocks in a full-batch pass. The number is fixed, so that the bits are. */
export const GROUPS = 32;

/** A result of a group or block: the sum of the losses (64-bit float), correct answers (int32). */
export const RESULT_BYTES = 16;

/** Results that there is space for. Data of so many blocks would not fit in 4 GiB. */
export const MAX_RESULTS = 65536;

/**
 * Where everything of a network is in memory. It is the same for all threads of a pool, which
 * share the memory. All numbers are addresses.
 */
export interface Arena {
  readonly plan: Plan;
  readonly parameters: number;
  readonly gradients: number;
  /** A gradient for each group of blocks, or 0 in networks that are too large for it. */
  readonly groupGradients: number;
  /** One for each thread. Threads that share a block use the first one. */
  readonly scratches: readonly Scratch[];
  /** State slots of the optimizer, in the layout of the parameters: v, or m and v. */
  readonly optimizerSlots: readonly number[];
  readonly lbfgs: LbfgsBuffers | undefined;
  /** The running average of the parameters, or 0 without weight averaging. */
  readonly average: number;
  /** The sum of squares of each update part of the gradient, 64-bit; 0 without clipping. */
  readonly squares: number;
  readonly displacements: DisplacementBuffer | undefined;
  readonly results: number;
  /** The threads' barrier and task counter (kernels/barrier.ts). */
  readonly barrier: number;
}

/** L-BFGS: its numbers, in 64 bits, and the gradient that it is given. */
export interface LbfgsBuffers {
  readonly numbers: number;
  readonly gradient: number;
}

/** The numbers of L-BFGS besides its vectors (maths/lbfgs.ts). */
export function lbfgsNumbers(memory: WasmMemory, { numbers }: LbfgsBuffers): Float64Array {
  return new Float64Array(memory.buffer, numbers, LBFGS_NUMBERS);
}

/** The displacement field of elastic distortion: `size` × `size` 16-bit integers. */
interface DisplacementBuffer {
  readonly address: number;
  readonly size: number;
}

/**
 * Allocates everything that a network needs for training.
 *
 * @param options `field`: what elastic distortion displaces the pixels by
 * @throws EngineError when WebAssembly cannot hold it
 */
export function buildArena(
  memory: Memory,
  plan: Plan,
  { threads, field }: { readonly threads: number; readonly field: DisplacementField | undefined },
): Arena {
  const take = (bytes: number) => memory.allocate(bytes, 'the network');
  const takeIf = (needed: boolean, bytes: number) => (needed ? take(bytes) : 0);
  const { optimizer, weightAveraging, clipNorm } = plan.training;
  // Augmented batches have no packed rows in advance, so threads share each block.
  const grouped = plan.bytes <= MAX_GROUPED_BYTES && !plan.augments;
  return {
    plan,
    parameters: take(plan.bytes),
    gradients: take(plan.bytes),
    groupGradients: takeIf(grouped, GROUPS * plan.bytes),
    optimizerSlots: Array.from({ length: OPTIMIZERS[optimizer].stateSlots }, () => take(plan.bytes)),
    lbfgs: isElementwise(optimizer)
      ? undefined
      : { numbers: take(8 * LBFGS_NUMBERS), gradient: take(plan.bytes) },
    average: takeIf(weightAveraging, plan.bytes),
    squares: takeIf(Number.isFinite(clipNorm), 8 * plan.updateParts.length),
    displacements: field && placeDisplacements(memory, field, take),
    results: take(RESULT_BYTES * MAX_RESULTS),
    barrier: take(64),
    scratches: Array.from({ length: threads }, () => allocateScratch(memory, plan, true)),
  };
}

/** Copies the displacement field to memory. */
function placeDisplacements(
  { wasm }: Memory,
  { displacements, size }: DisplacementField,
  take: (bytes: number) => number,
): DisplacementBuffer {
  const address = take(displacements.byteLength + PAST_END);
  new Int16Array(wasm.buffer, address, displacements.length).set(displacements);
  return { address, size };
}

/** An arena for predictions only: it has no gradients and no optimizer state. */
export function predictionArena({
  scratch,
  ...given
}: Pick<Arena, 'plan' | 'parameters' | 'results' | 'barrier'> & { readonly scratch: Scratch }): Arena {
  return {
    ...given,
    scratches: [scratch],
    gradients: 0,
    groupGradients: 0,
    optimizerSlots: [],
    lbfgs: undefined,
    average: 0,
    squares: 0,
    displacements: undefined,
  };
}
