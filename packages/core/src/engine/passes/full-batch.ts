import { GROUPS, RESULT_BYTES } from '../layout/arena.js';
import { BLOCK_EXAMPLES, type UpdatePart } from '../layout/plan.js';
import type { WorkerContext } from '../layout/worker-context.js';
import { packedBlock } from './block.js';
import type { DescendCommand } from './command.js';
import { columnsBackward, columnsForward, denseGradient } from './dense-layers.js';
import { firstBiasGradient, slabForward, slabGradient } from './first-layer.js';
import { int16Forward, int16Gradient, quantizeWeights } from './first-layer-int16.js';
import { type KernelContext, kernelContext } from './kernel-context.js';
import { type BatchResult, sumResults, writeResult } from './results.js';
import { waitForAll } from './tasks.js';
import { type Update, updatePart } from './update.js';

/**
 * One thread's part of a pass over all the examples, in GROUPS groups of whole blocks. Threads take
 * groups one after the other. Each group has a gradient of its own; the gradients are then summed in
 * the order of the groups.
 *
 * @param pass `own`: the parameters that this thread updates. `iteration`: updates before the pass.
 *   `continues`: whether another such pass follows at once. Then each thread updates the parameters
 *   whose gradients it has summed itself, and a barrier is saved.
 */
export function* fullBatch(
  worker: WorkerContext,
  { examples }: DescendCommand,
  update: Update,
  {
    own,
    iteration,
    continues,
  }: { readonly own: readonly UpdatePart[]; readonly iteration: number; readonly continues: boolean },
): Generator<void, BatchResult> {
  const { arena, kernels, memory, rank } = worker;
  const { plan, groupGradients } = arena;
  const { length, blocks2x2 } = examples;
  const blocks = Math.ceil(length / BLOCK_EXAMPLES);
  const groups = Math.min(GROUPS, blocks);
  const context = kernelContext(worker, rank);

  for (const part of own) updatePart(worker, update, part);
  waitForAll(worker);

  if (blocks2x2) quantizeWeights(context, blocks2x2);
  for (let g = kernels.nextTask(arena.barrier); g < groups; g = kernels.nextTask(arena.barrier)) {
    const gradients = groupGradients + g * plan.bytes;
    const first = Math.floor((g * blocks) / groups);
    const end = Math.floor(((g + 1) * blocks) / groups);
    let [loss, correct] = [0, 0];
    for (let b = first; b < end; b++) {
      const result = trainBlock(context, examples, b, iteration, { gradients, accumulate: b > first });
      loss += result.loss;
      correct += result.correct;
      yield;
    }
    writeResult(memory, arena.results + g * RESULT_BYTES, loss, correct);
  }
  waitForAll(worker);

  for (const { offset, bytes } of own) {
    kernels.sumParts(groupGradients + offset, groups, plan.bytes, arena.gradients + offset, bytes);
  }
  yield;
  const result = sumResults(memory, arena.results, groups, length);
  if (!continues || !Number.isFinite(result.loss)) waitForAll(worker);
  return result;
}

/** Forward, loss and backward of block b. Returns the sum of its losses. */
function trainBlock(
  context: KernelContext,
  examples: DescendCommand['examples'],
  b: number,
  iteration: number,
  into: { readonly gradients: number; readonly accumulate: boolean },
): { loss: number; correct: number } {
  const { kernels, plan, scratch } = context;
  const { gradients, accumulate } = into;
  const { length, transposedRows, blocks2x2 } = examples;
  const inputs = plan.sizes[0]!;
  const from = b * BLOCK_EXAMPLES;
  const count = Math.min(BLOCK_EXAMPLES, length - from);
  const block = packedBlock(examples, blocks2x2, from, count);
  const step = { iteration, first: from };
  if (blocks2x2) int16Forward(context, blocks2x2, block, step);
  else for (const [s, slab] of plan.slabs.entries()) slabForward(context, s, slab, block, step);
  columnsForward(context, block, 0, block.cols, step);
  const loss = kernels.sumLosses(scratch.losses, count);
  const correct = kernels.countCorrect(scratch.answers, block.labels, count);
  columnsBackward(context, block, 0, block.cols);
  for (const [k, { units }] of plan.dense.entries()) {
    denseGradient(context, block, { k, fromUnit: 0, toUnit: units, gradients, accumulate });
  }
  firstBiasGradient(context, block, gradients, accumulate);
  if (blocks2x2) {
    const rows = blocks2x2.transposedRows + 8 * b * Math.ceil(inputs / 2);
    int16Gradient(context, block, { transposedRows: rows, gradients, accumulate });
  } else {
    const rows = transposedRows + 8 * b * inputs;
    for (const [s, slab] of plan.slabs.entries()) {
      slabGradient(context, s, slab, block, { transposedRows: rows, gradients, accumulate });
    }
  }
  return { loss, correct };
}
