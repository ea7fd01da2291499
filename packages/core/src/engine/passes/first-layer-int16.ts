import type { Blocks2x2 } from '../data/packed-examples.js';
import { LD, MAX_INT16 } from '../layout/plan.js';
import type { Block, TrainingStep } from './block.js';
import { activateSlab, type SlabGradient } from './first-layer.js';
import type { KernelContext } from './kernel-context.js';

/** Quantizes W¹. Each thread does it once in a pass, into its own scratch. */
export function quantizeWeights(
  { kernels, plan, parameters, scratch }: KernelContext,
  { maxWeight }: Blocks2x2,
): void {
  const { W, scalesOfW } = scratch.int16!;
  const pairs = Math.ceil(plan.sizes[0]! / 2);
  kernels.quantizeRows(parameters + plan.slabs[0]!.offset, pairs, maxWeight, W, scalesOfW);
}

/** The first layer forward in int16, from rows of 2 × 2 blocks; then A¹. */
export function int16Forward(
  context: KernelContext,
  blocks2x2: Blocks2x2,
  block: Block,
  step?: TrainingStep,
): void {
  const { kernels, plan, parameters, scratch } = context;
  const { rows, count, cols } = block;
  const { W, scalesOfW } = scratch.int16!;
  const sums = scratch.slabRows[0]!;
  const slab = plan.slabs[0]!;
  kernels.gatherBlocks2x2({ rows, count: cols / 2, M: W, scales: scalesOfW, out: sums, accumulate: false });
  if (plan.firstHasKink) {
    kernels.recomputeNearThreshold({
      sums,
      count,
      rows,
      W: parameters + slab.offset,
      scales: scalesOfW,
      factor: plan.trainingScale,
      // Error diffusion bounds a sum's error by half a step for each step of the total variation.
      reach: (plan.trainingScale * blocks2x2.maxVariation) / 2,
      b: parameters + plan.firstBias,
    });
  }
  activateSlab(context, 0, slab, block, step);
}

/** dW¹ in int16: quantizes dZ¹, then gathers it by the transposed rows of the block. */
export function int16Gradient(
  { kernels, plan, scratch }: KernelContext,
  { cols }: Block,
  { transposedRows, gradients, accumulate }: SlabGradient,
): void {
  const { dZ, scalesOfDZ } = scratch.int16!;
  kernels.quantizeColumns({
    dZ: scratch.dZ[0]!,
    ld: LD,
    cols,
    max: MAX_INT16,
    out: dZ,
    scales: scalesOfDZ,
  });
  kernels.gatherBlocks2x2({
    rows: transposedRows,
    count: Math.ceil(plan.sizes[0]! / 2),
    M: dZ,
    scales: scalesOfDZ,
    out: gradients + plan.slabs[0]!.offset,
    accumulate,
  });
}
