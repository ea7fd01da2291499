import type { WasmMemory } from '../bindings/wasm-memory.js';
import { RESULT_BYTES } from '../layout/arena.js';
import { BLOCK_EXAMPLES, LD } from '../layout/plan.js';
import type { WorkerContext } from '../layout/worker-context.js';
import { packedBlock } from './block.js';
import type { MeasureCommand } from './command.js';
import { columnsForward } from './dense-layers.js';
import { slabForward } from './first-layer.js';
import { int16Forward, quantizeWeights } from './first-layer-int16.js';
import { type KernelContext, kernelContext } from './kernel-context.js';
import { type BatchResult, sumResults, writeResult } from './results.js';
import { waitForAll } from './tasks.js';

/**
 * One thread's part of a forward pass over all the examples. Threads take block after block. It uses
 * the 2 × 2 blocks of full-batch training if they are there, unless the answers of each example are
 * wanted, because the examples are in another order there.
 */
export function* measure(worker: WorkerContext, command: MeasureCommand): Generator<void, BatchResult[]> {
  const { arena, kernels, memory, rank } = worker;
  const { plan } = arena;
  const { examples, classes, averaged } = command;
  const context = kernelContext(worker, rank, averaged ? arena.average : arena.parameters);
  const { losses, answers } = context.scratch;
  const blocks2x2 = classes ? undefined : examples.blocks2x2;
  if (blocks2x2) quantizeWeights(context, blocks2x2);
  const blocks = Math.ceil(examples.length / BLOCK_EXAMPLES);
  for (let b = kernels.nextTask(arena.barrier); b < blocks; b = kernels.nextTask(arena.barrier)) {
    const from = b * BLOCK_EXAMPLES;
    const count = Math.min(BLOCK_EXAMPLES, examples.length - from);
    const block = packedBlock(examples, blocks2x2, from, count);
    if (blocks2x2) int16Forward(context, blocks2x2, block);
    else for (const [s, slab] of plan.slabs.entries()) slabForward(context, s, slab, block);
    columnsForward(context, block, 0, block.cols);
    writeResult(
      memory,
      arena.results + b * RESULT_BYTES,
      kernels.sumLosses(losses, count),
      kernels.countCorrect(answers, block.labels, count),
    );
    if (classes) writeAnswers(memory, context, command, from, count);
    yield;
  }
  waitForAll(worker);
  const result = sumResults(memory, arena.results, blocks, examples.length);
  waitForAll(worker);
  return [result];
}

/** Copies the answers of a block's examples to where the command wants them. */
function writeAnswers(
  memory: WasmMemory,
  { kernels, plan, scratch }: KernelContext,
  { classes, losses, probabilities }: MeasureCommand,
  from: number,
  count: number,
): void {
  const bytes = new Uint8Array(memory.buffer);
  bytes.copyWithin(classes + from, scratch.answers, scratch.answers + count);
  bytes.copyWithin(losses + 4 * from, scratch.losses, scratch.losses + 4 * count);
  const outputs = plan.sizes.at(-1)!;
  kernels.exampleRows(scratch.A.at(-1)!, LD, outputs, count, probabilities + 4 * from * outputs);
}
