import { BLOCK_HEADER_BYTES, type PackBlocksCommand } from '../data/packed-examples.js';
import { BLOCK_EXAMPLES } from '../layout/plan.js';
import type { WorkerContext } from '../layout/worker-context.js';
import type { BatchResult } from './results.js';
import { waitForAll } from './tasks.js';

/** One thread's part of packing examples into 2 × 2 blocks. Threads take block after block. */
export function* packBlocks(
  worker: WorkerContext,
  { pictures, stride, count, order, headers, pairRows, transposedRows, packs }: PackBlocksCommand,
): Generator<void, BatchResult[]> {
  const { arena, kernels, memory, rank } = worker;
  const room = arena.scratches[rank]!.panels;
  const pixelPairs = Math.ceil(arena.plan.sizes[0]! / 2);
  for (let b = kernels.nextTask(arena.barrier); ; b = kernels.nextTask(arena.barrier)) {
    const first = b * BLOCK_EXAMPLES;
    if (first >= count) break;
    const size = Math.min(BLOCK_EXAMPLES, count - first);
    const block = { pictures: pictures + first * stride, stride, order: order + 2 * (first + b) };
    const header = headers + b * BLOCK_HEADER_BYTES;
    const [integers, at] = [new Int32Array(memory.buffer), header / 4];
    if (packs) {
      const [bytes, home] = [integers[at]!, integers[at + 1]!];
      const pairs = Math.ceil(size / 2);
      const rows = pairRows + 4 * first;
      integers.fill(0, room / 4, room / 4 + pixelPairs);
      kernels.packBlocks2x2({ ...block, pairs, group: home, rows, counts: room });
      kernels.transposeBlocks2x2({
        rows,
        pairs,
        pixelPairs,
        group: home + bytes,
        out: transposedRows + 8 * b * pixelPairs,
        counts: room,
      });
    } else {
      integers[at] = kernels.pairExamples({ ...block, count: size, masks: room, maxima: header + 8 });
    }
    yield;
  }
  waitForAll(worker);
  return [];
}
