import type { Gather, Kernels } from '../bindings/kernels.js';
import { LD, NO_ACTIVATION, type Slab } from '../layout/plan.js';
import type { Block, TrainingStep } from './block.js';
import { activateForTraining } from './hidden-activation.js';
import type { KernelContext } from './kernel-context.js';

/**
 * The first layer forward, for the units of slab s: Z¹ = W¹X + b¹ from the block's sparse rows, then
 * A¹. The sums are activated at once, while they are in the cache.
 *
 * @param step in training; undefined when nothing is learned from the block
 */
export function slabForward(
  context: KernelContext,
  s: number,
  slab: Slab,
  block: Block,
  step?: TrainingStep,
): void {
  const { kernels, parameters, scratch } = context;
  gatherOf(kernels, slab)(block.rows, block.cols, parameters + slab.offset, scratch.slabRows[s]!, false);
  activateSlab(context, s, slab, block, step);
}

/** A¹ of a slab's units, from their sums. X is the bytes themselves: the pixel scale comes in here. */
export function activateSlab(
  context: KernelContext,
  s: number,
  slab: Slab,
  { cols }: Block,
  step: TrainingStep | undefined,
): void {
  const { kernels, plan, parameters, scratch } = context;
  const { firstUnit, rowBytes, vectors } = slab;
  const keepsZ = step !== undefined && plan.keepsDerivatives && plan.dense.length > 0;
  kernels.activateFirst({
    // With derivatives kept, `activateForTraining` needs Z.
    kind: keepsZ ? NO_ACTIVATION : plan.activationCodes[0]!,
    sums: scratch.slabRows[s]!,
    rowBytes,
    scale: step ? plan.trainingScale : plan.pixelScale,
    b: parameters + plan.firstBias + 4 * firstUnit,
    A: scratch.A[0]! + firstUnit * LD,
    ld: LD,
    units: 4 * vectors,
    cols,
  });
  if (!keepsZ) return;
  const units = Math.min(4 * vectors, plan.sizes[1]! - firstUnit);
  activateForTraining(context, { l: 0, firstUnit, units, from: 0, cols }, step);
}

/**
 * dW¹ of slab s, from the transposed rows of the block: dW¹ = dZ¹ Xᵀ.
 *
 * @param transposedRows the rows of the block's pixels
 * @param accumulate whether it is added to the gradients
 */
export function slabGradient(
  { kernels, plan, scratch }: KernelContext,
  s: number,
  slab: Slab,
  { cols }: Block,
  { transposedRows, gradients, accumulate }: SlabGradient,
): void {
  const { firstUnit, vectors, rowBytes } = slab;
  const dZ = scratch.dZ[0]! + firstUnit * LD;
  const rows = scratch.slabRows[s]!;
  kernels.toExampleRows({ dZ, ld: LD, units: 4 * vectors, cols, out: rows, rowBytes });
  gatherOf(kernels, slab)(transposedRows, plan.sizes[0]!, rows, gradients + slab.offset, accumulate);
}

/** Where the gradient of W¹ comes from and goes to. */
export interface SlabGradient {
  readonly transposedRows: number;
  readonly gradients: number;
  readonly accumulate: boolean;
}

/** db¹: the sum of dZ¹ over the examples. */
export function firstBiasGradient(
  { kernels, plan, scratch }: KernelContext,
  { cols }: Block,
  gradients: number,
  accumulate: boolean,
): void {
  kernels.sumRows({
    M: scratch.dZ[0]!,
    ld: LD,
    rows: plan.sizes[1]!,
    cols,
    out: gradients + plan.firstBias,
    accumulate,
  });
}

function gatherOf(kernels: Kernels, { vectors }: Slab): Gather {
  return vectors === 3 ? kernels.gather10 : vectors === 2 ? kernels.gather2 : kernels.gather8;
}
