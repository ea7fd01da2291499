import type { BatchResult } from '../api/engine.js';
import { RESULT_BYTES, type WorkerContext } from '../layout/arena.js';
import { BLOCK_EXAMPLES, LD } from '../layout/plan.js';
import type { Command } from '../threads/command.js';
import { blocks2x2Forward, columnsForward, groupedBlock, quantizeWeights, slabForward } from './block.js';
import { sumResults, writeResult } from './descend.js';

/**
 * One thread's part in a pass forward over all the examples: blocks are drawn, each by one thread from end to end. It goes the way that passes
 * over all the data go in training, unless answers are wanted of each example, which are in another order there.
 */
export function* measure(
  worker: WorkerContext,
  command: Extract<Command, { type: 'measure' }>,
): Generator<void, BatchResult[]> {
  const { arena, kernels, memory, rank, threads } = worker;
  const { plan } = arena;
  const { examples, classes, losses, probabilities, averaged } = command;
  const parameters = averaged ? arena.average : arena.parameters;
  const scratch = arena.scratches[rank]!;
  const context = { kernels, plan, parameters, scratch, panels: scratch.panels };
  const outputs = plan.sizes.at(-1)!;
  const blocks2x2 = classes ? undefined : examples.blocks2x2;
  if (blocks2x2) quantizeWeights(context, blocks2x2);
  const blocks = Math.ceil(examples.length / BLOCK_EXAMPLES);
  for (let b = kernels.nextTask(arena.barrier); b < blocks; b = kernels.nextTask(arena.barrier)) {
    const from = b * BLOCK_EXAMPLES;
    const count = Math.min(BLOCK_EXAMPLES, examples.length - from);
    const block = groupedBlock(examples, blocks2x2, from, count);
    if (blocks2x2) blocks2x2Forward(context, blocks2x2, block);
    else for (const [s, slab] of plan.slabs.entries()) slabForward(context, s, slab, block);
    columnsForward(context, block, 0, block.cols);
    writeResult(
      memory,
      arena.results + b * RESULT_BYTES,
      kernels.sumLosses(scratch.losses, count),
      kernels.countCorrect(scratch.answers, block.labels, count),
    );
    if (classes) {
      const bytes = new Uint8Array(memory.buffer);
      bytes.copyWithin(classes + from, scratch.answers, scratch.answers + count);
      bytes.copyWithin(losses + 4 * from, scratch.losses, scratch.losses + 4 * count);
      // Probabilities leave as an example a row.
      const A = scratch.A.at(-1)!;
      kernels.exampleRows(A, LD, outputs, count, probabilities + 4 * from * outputs);
    }
    yield;
  }
  kernels.barrier(arena.barrier, threads);
  const result = sumResults(memory, arena.results, blocks, examples.length);
  kernels.barrier(arena.barrier, threads);
  return [result];
}
