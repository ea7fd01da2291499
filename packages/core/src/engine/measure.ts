import { columnsForward, groupedBlock, quadsForward, quantizeWeights, slabForward } from './block.js';
import { sumResults, writeResult } from './descend.js';
import type { BatchResult } from './engine.js';
import type { Job } from './job.js';
import { BLOCK_EXAMPLES, LD } from './plan.js';
import { RESULT_BYTES, type Thread } from './site.js';

/**
 * One thread's part in a pass forward over all the examples: blocks are drawn, each by one thread from end to end. It goes the way that passes
 * over all the data go in training, unless answers are wanted of each example, which are in another order there.
 */
export function* measure(
  thread: Thread,
  job: Extract<Job, { type: 'measure' }>,
): Generator<void, BatchResult[]> {
  const { site, kernels, memory, rank, threads } = thread;
  const { plan } = site;
  const { examples, classes, losses, probabilities, averaged } = job;
  const parameters = averaged ? site.average : site.parameters;
  const scratch = site.scratches[rank]!;
  const bench = { kernels, plan, parameters, scratch, panels: scratch.panels };
  const outputs = plan.sizes.at(-1)!;
  const quads = classes ? undefined : examples.quads;
  if (quads) quantizeWeights(bench, quads);
  const blocks = Math.ceil(examples.length / BLOCK_EXAMPLES);
  for (let b = kernels.draw(site.barrier); b < blocks; b = kernels.draw(site.barrier)) {
    const from = b * BLOCK_EXAMPLES;
    const count = Math.min(BLOCK_EXAMPLES, examples.length - from);
    const block = groupedBlock(examples, quads, from, count);
    if (quads) quadsForward(bench, quads, block);
    else for (const [s, slab] of plan.slabs.entries()) slabForward(bench, s, slab, block);
    columnsForward(bench, block, 0, block.cols);
    writeResult(
      memory,
      site.results + b * RESULT_BYTES,
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
  kernels.meet(site.barrier, threads);
  const result = sumResults(memory, site.results, blocks, examples.length);
  kernels.meet(site.barrier, threads);
  return [result];
}
