import type { BatchResult } from './engine.js';
import type { Job } from './job.js';
import { BLOCK_EXAMPLES } from './plan.js';
import type { Thread } from './site.js';

/**
 * What is told of a block on the way, 32-bit integers: the bytes of its quads by examples, where they go (those by pixels after them), the most ink of
 * an example, and the most that one rises and falls.
 */
export const LAID_BYTES = 16;

/** One thread's part in laying examples out in quads (kernels/quads.ts): first it is found how much each block takes, then it is written. */
export function* lay(
  { site, kernels, memory, rank, threads }: Thread,
  { pictures, stride, count, order, table, exampleRuns, pixelRuns, packs }: Extract<Job, { type: 'lay' }>,
): Generator<void, BatchResult[]> {
  const room = site.scratches[rank]!.panels;
  const pixelPairs = Math.ceil(site.plan.sizes[0]! / 2);
  for (let b = kernels.draw(site.barrier); b * BLOCK_EXAMPLES < count; b = kernels.draw(site.barrier)) {
    const size = Math.min(BLOCK_EXAMPLES, count - b * BLOCK_EXAMPLES);
    const from = pictures + b * BLOCK_EXAMPLES * stride;
    const places = order + 2 * b * (BLOCK_EXAMPLES + 1);
    const told = table + b * LAID_BYTES;
    const [integers, at] = [new Int32Array(memory.buffer), told / 4];
    if (packs) {
      const [bytes, home] = [integers[at]!, integers[at + 1]!];
      const [runs, pairs] = [exampleRuns + 4 * b * BLOCK_EXAMPLES, Math.ceil(size / 2)];
      integers.fill(0, room / 4, room / 4 + pixelPairs);
      kernels.packQuads(from, places, pairs, stride, home, runs, room);
      kernels.transposeQuads(runs, pairs, pixelPairs, home + bytes, pixelRuns + 8 * b * pixelPairs, room);
    } else integers[at] = kernels.pairExamples(from, size, stride, room, places, told + 8);
    yield;
  }
  kernels.meet(site.barrier, threads);
  return [];
}
