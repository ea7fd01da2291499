import type { BatchResult } from '../api/engine.js';
import type { WorkerContext } from '../layout/arena.js';
import { BLOCK_EXAMPLES } from '../layout/plan.js';
import type { Command } from '../threads/command.js';

/**
 * What is told of a block on the way, 32-bit integers: the bytes of its quads by examples, where they go (those by pixels after them), the most ink of
 * an example, and the most that one rises and falls.
 */
export const BLOCK_HEADER_BYTES = 16;

/** One thread's part in laying examples out in quads (kernels/quads.ts): first it is found how much each block takes, then it is written. */
export function* packBlocks(
  { arena, kernels, memory, rank, threads }: WorkerContext,
  {
    pictures,
    stride,
    count,
    order,
    table,
    pairRows,
    transposedRows,
    packs,
  }: Extract<Command, { type: 'packBlocks' }>,
): Generator<void, BatchResult[]> {
  const room = arena.scratches[rank]!.panels;
  const pixelPairs = Math.ceil(arena.plan.sizes[0]! / 2);
  for (
    let b = kernels.nextTask(arena.barrier);
    b * BLOCK_EXAMPLES < count;
    b = kernels.nextTask(arena.barrier)
  ) {
    const size = Math.min(BLOCK_EXAMPLES, count - b * BLOCK_EXAMPLES);
    const from = pictures + b * BLOCK_EXAMPLES * stride;
    const places = order + 2 * b * (BLOCK_EXAMPLES + 1);
    const told = table + b * BLOCK_HEADER_BYTES;
    const [integers, at] = [new Int32Array(memory.buffer), told / 4];
    if (packs) {
      const [bytes, home] = [integers[at]!, integers[at + 1]!];
      const [sparseRows, pairs] = [pairRows + 4 * b * BLOCK_EXAMPLES, Math.ceil(size / 2)];
      integers.fill(0, room / 4, room / 4 + pixelPairs);
      kernels.packBlocks2x2(from, places, pairs, stride, home, sparseRows, room);
      kernels.transposeBlocks2x2(
        sparseRows,
        pairs,
        pixelPairs,
        home + bytes,
        transposedRows + 8 * b * pixelPairs,
        room,
      );
    } else integers[at] = kernels.pairExamples(from, size, stride, room, places, told + 8);
    yield;
  }
  kernels.barrier(arena.barrier, threads);
  return [];
}
