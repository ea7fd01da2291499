import {
  type Bench,
  type Block,
  columnsBackward,
  columnsForward,
  denseGradient,
  firstBiasGradient,
  gatherGradient,
  gatherQuadsGradient,
  groupedBlock,
  quadsForward,
  quantizeWeights,
  slabForward,
} from './block.js';
import type { BatchResult } from './engine.js';
import type { Job } from './job.js';
import { BLOCK_EXAMPLES, roundUp } from './plan.js';
import { EXAMPLES_PER_TASK, remake } from './remake.js';
import { RUN_CAPACITY, type Scratch } from './scratch.js';
import { search } from './search.js';
import { GROUPS, RESULT_BYTES, type Site, type Thread } from './site.js';
import { clippedShare, type Part, sumPartSquares, type Update, updatePart, updateParts } from './update.js';

type Descend = Extract<Job, { type: 'descend' }>;

/** Units of a dense layer whose dW is one task. */
const UNITS_PER_TASK = 40;

/**
 * Whether a batch is a pass over all the data in the order it was loaded, by a network small enough to keep a gradient for
 * each group of blocks. Then threads share out the groups; otherwise they share out every block's units and columns.
 * It depends on the sizes alone, never on the number of threads, and so do the bits.
 */
export function isGrouped(
  { groupGradients }: Pick<Site, 'groupGradients'>,
  { examples, order }: Pick<Descend, 'order'> & { examples: { length: number } },
  { from, to }: { from: number; to: number },
): boolean {
  return groupGradients !== 0 && order === 0 && from === 0 && to === examples.length && to > BLOCK_EXAMPLES;
}

/**
 * One thread's part in gradient descent over some batches (see `Engine.descend`). It yields wherever a thread that has something else to
 * do may pause; all threads run it at once and meet at barriers.
 */
export function* descend(thread: Thread, job: Descend): Generator<void, BatchResult[]> {
  const { site } = thread;
  const results: BatchResult[] = [];
  const { averageFrom } = job;
  const own = updateParts(site.plan).filter((_, k) => k % thread.threads === thread.rank);
  let { waiting, updates, loss } = job;
  for (const [k, batch] of job.batches.entries()) {
    const searched = searchOnce(thread, { waiting, loss }, false);
    const clipped = yield* clipGradient(thread, waiting);
    const due = searched ? 0 : waiting;
    const update: Update = { alpha: batch.alpha, waiting: due, updates, averageFrom, clipped };
    if (waiting > 0) updates++;
    const next = job.batches[k + 1];
    const goesOn = next !== undefined && isGrouped(site, job, next) && !site.squares && !site.search;
    const result = yield* isGrouped(site, job, batch)
      ? overGroups(thread, job, batch.to, update, { own, iteration: updates, goesOn })
      : overBlocks(thread, job, k, update, updates);
    results.push(result);
    waiting = batch.to - batch.from;
    loss = result.loss;
    // Every thread has summed the same losses in the same order, so all of them stop here or none.
    if (!Number.isFinite(result.loss)) break;
  }
  return results;
}

/** The update by itself, with the gradient of a batch of `waiting` examples. */
export function* applyUpdate(
  thread: Thread,
  { alpha, waiting, updates, averageFrom, loss }: Extract<Job, { type: 'update' }>,
): Generator<void, BatchResult[]> {
  if (searchOnce(thread, { waiting, loss }, true)) return [];
  const clipped = yield* clipGradient(thread, waiting);
  yield* share(thread, updateTasks(thread, { alpha, waiting, updates, averageFrom, clipped }));
  meet(thread);
  return [];
}

/** By L-BFGS, the first thread takes the step while the others wait; whether it is by L-BFGS that this network learns. */
function searchOnce(thread: Thread, due: { waiting: number; loss: number }, isLast: boolean): boolean {
  if (!thread.site.search) return false;
  if (thread.rank === 0 && due.waiting > 0) search(thread, due, isLast);
  meet(thread);
  return true;
}

/** What clipping leaves of the gradient that waits: its norm over all parameters, in a fixed order, is every thread's to know. */
function* clipGradient(thread: Thread, waiting: number): Generator<void, number> {
  const { site } = thread;
  if (!site.squares || waiting === 0) return 1;
  const parts = updateParts(site.plan);
  yield* share(
    thread,
    parts.map((part, k) => () => sumPartSquares(thread, part, k)),
  );
  meet(thread);
  return clippedShare(thread, parts.length, waiting);
}

/**
 * All the examples in GROUPS groups of whole blocks, each with a gradient of its own, summed in the groups' order.
 *
 * @param own the parameters that are this thread's to update
 * @param goesOn whether such another pass follows at once: each thread updates those parameters whose gradients it summed itself, so
 *   that there is no need to meet
 */
function* overGroups(
  thread: Thread,
  { examples }: Descend,
  count: number,
  update: Update,
  { own, iteration, goesOn }: { own: readonly Part[]; iteration: number; goesOn: boolean },
): Generator<void, BatchResult> {
  const { site, kernels, memory, rank } = thread;
  const { plan } = site;
  const { quads } = examples;
  const inputs = plan.sizes[0]!;
  const blocks = Math.ceil(count / BLOCK_EXAMPLES);
  const groups = Math.min(GROUPS, blocks);
  const bench = benchOf(thread, rank);

  for (const part of own) updatePart(thread, update, part);
  meet(thread);

  if (quads) quantizeWeights(bench, quads);
  for (let g = kernels.draw(site.barrier); g < groups; g = kernels.draw(site.barrier)) {
    const gradients = site.groupGradients + g * plan.bytes;
    const first = Math.floor((g * blocks) / groups);
    const end = Math.floor(((g + 1) * blocks) / groups);
    let [loss, correct] = [0, 0];
    for (let b = first; b < end; b++) {
      const from = b * BLOCK_EXAMPLES;
      const size = Math.min(BLOCK_EXAMPLES, count - from);
      const block = groupedBlock(examples, quads, from, size);
      const pass = { iteration, first: from };
      if (quads) quadsForward(bench, quads, block, pass);
      else for (const [s, slab] of plan.slabs.entries()) slabForward(bench, s, slab, block, pass);
      columnsForward(bench, block, 0, block.cols, pass);
      loss += kernels.sumLosses(bench.scratch.losses, size);
      correct += kernels.countCorrect(bench.scratch.answers, block.labels, size);
      columnsBackward(bench, block, 0, block.cols);
      for (const [k, { units }] of plan.dense.entries()) {
        denseGradient(bench, k, block, 0, units, gradients, b > first);
      }
      firstBiasGradient(bench, block, gradients, b > first);
      if (quads) {
        const pixelRuns = quads.pixelRuns + 8 * b * Math.ceil(inputs / 2);
        gatherQuadsGradient(bench, block, pixelRuns, gradients, b > first);
      } else {
        for (const [s, slab] of plan.slabs.entries()) {
          gatherGradient(bench, s, slab, block, examples.pixelRuns + 8 * b * inputs, gradients, b > first);
        }
      }
      yield;
    }
    writeResult(memory, site.results + g * RESULT_BYTES, loss, correct);
  }
  meet(thread);

  for (const { offset, bytes } of own) {
    kernels.sumParts(site.groupGradients + offset, groups, plan.bytes, site.gradients + offset, bytes);
  }
  yield;
  const result = sumResults(memory, site.results, groups, count);
  if (!goesOn || !Number.isFinite(result.loss)) meet(thread);
  return result;
}

/** Batch k in blocks, one after the other, whose units and columns the threads share out. */
function* overBlocks(
  thread: Thread,
  job: Descend,
  k: number,
  update: Update,
  iteration: number,
): Generator<void, BatchResult> {
  const { site, kernels, memory, threads } = thread;
  const { plan } = site;
  const { examples, order, batches } = job;
  const { from, to } = batches[k]!;
  const inputs = plan.sizes[0]!;
  const bench = benchOf(thread, 0);
  const { scratch } = bench;
  const { making } = scratch;
  let [loss, correct] = [0, 0];
  for (let start = from; start < to; start += BLOCK_EXAMPLES) {
    const block = blockOf(scratch, start, to);
    const { count, cols } = block;
    const accumulate = start > from;

    const pass = { iteration, first: start - from };

    // First what the block is: the runs of its examples. Every thread needs them; unless they are made anew, the first lays them out.
    if (!plan.remakes) {
      if (thread.rank === 0) {
        kernels.collectBatch(
          order,
          start,
          count,
          cols,
          examples.runs,
          examples.labels,
          block.runs,
          block.labels,
        );
      }
      meet(thread);
    } else if (k === 0 && start === from) {
      yield* share(thread, makingTasks(thread, job, k, iteration));
      meet(thread);
    }

    // Then the first layer forward, slab by slab, each slab's parameters updated first; and the pixels' runs, to be ready for the way back.
    yield* share(thread, [
      () => {
        if (making) {
          new Uint8Array(memory.buffer).copyWithin(block.labels, making.labels, making.labels + cols);
        }
        kernels.transposeRuns(
          block.runs,
          count,
          inputs,
          plan.pixelStep,
          plan.exampleStep,
          RUN_CAPACITY,
          scratch.pixelGroups,
          scratch.pixelRuns,
          scratch.pixelFill,
        );
      },
      ...plan.slabs.map((slab, s) => () => {
        if (start === from) updateSlab(thread, update, s);
        slabForward(bench, s, slab, block, pass);
      }),
      ...(start === from ? updateTasks(thread, update, ({ offset }) => offset > plan.firstBias) : []),
    ]);
    meet(thread);

    // Examples are independent from here to dZ of the first layer: threads share out the columns. The runs are no longer needed, so whoever
    // is done makes the next block's.
    const share8 = roundUp(Math.ceil(cols / Math.max(1, threads)), 8);
    const next = start + BLOCK_EXAMPLES;
    yield* share(thread, [
      ...range(0, cols, share8).map((column) => () => {
        const end = Math.min(column + share8, cols);
        columnsForward(bench, block, column, end, pass);
        columnsBackward(bench, block, column, end);
      }),
      ...(next < to
        ? makingTasks(thread, job, k, iteration, next)
        : makingTasks(thread, job, k + 1, iteration + 1)),
    ]);
    meet(thread);

    // Last the gradients: unit by unit.
    yield* share(thread, [
      ...plan.slabs.map(
        (slab, s) => () =>
          gatherGradient(bench, s, slab, block, scratch.pixelRuns, site.gradients, accumulate),
      ),
      ...plan.dense.flatMap(({ units }, l) =>
        range(0, units, UNITS_PER_TASK).map(
          (unit) => () =>
            denseGradient(
              bench,
              l,
              block,
              unit,
              Math.min(unit + UNITS_PER_TASK, units),
              site.gradients,
              accumulate,
            ),
        ),
      ),
      () => firstBiasGradient(bench, block, site.gradients, accumulate),
    ]);
    loss += kernels.sumLosses(scratch.losses, count);
    correct += kernels.countCorrect(scratch.answers, block.labels, count);
    meet(thread);
  }
  return { examples: to - from, loss: loss / (to - from), correct };
}

/** The block of a batch that ends at `to`; in a scratch there is one at a time. */
function blockOf({ runs, labels }: Scratch, start: number, to: number): Block {
  const count = Math.min(BLOCK_EXAMPLES, to - start);
  return { runs, labels, count, cols: roundUp(count, 8) };
}

/** What makes a block of batch k anew, its first or the one that begins at `next`, if there is such a batch and batches are so made. */
function makingTasks(
  thread: Thread,
  job: Descend,
  k: number,
  iteration: number,
  next?: number,
): (() => void)[] {
  const { plan, scratches } = thread.site;
  const batch = job.batches[k];
  if (!plan.remakes || !batch) return [];
  const start = next ?? batch.from;
  const place = { iteration, first: start - batch.from, start };
  const block = blockOf(scratches[0]!, start, batch.to);
  return range(0, block.cols, EXAMPLES_PER_TASK).map((i) => () => {
    remake(thread, job, place, block, i, Math.min(i + EXAMPLES_PER_TASK, block.cols));
  });
}

function benchOf({ site, kernels, rank }: Thread, scratch: number): Bench {
  return {
    kernels,
    plan: site.plan,
    parameters: site.parameters,
    scratch: site.scratches[scratch]!,
    panels: site.scratches[rank]!.panels,
  };
}

function updateTasks(thread: Thread, update: Update, isWanted = (_: Part) => true): (() => void)[] {
  return updateParts(thread.site.plan)
    .filter(isWanted)
    .map((part) => () => updatePart(thread, update, part));
}

/** The weights and biases of slab s. */
function updateSlab(thread: Thread, update: Update, s: number): void {
  const { regions, slabs } = thread.site.plan;
  const { firstUnit, vectors } = slabs[s]!;
  const [weights, biases] = [regions[s]!, regions[slabs.length]!];
  const { offset, ld, rows } = weights;
  updatePart(thread, update, { region: weights, offset, rows, bytes: rows * ld });
  const before = 4 * firstUnit;
  const bytes = Math.min(16 * vectors, biases.ld - before);
  updatePart(thread, update, { region: biases, offset: biases.offset + before, rows: 1, bytes });
}

function range(from: number, to: number, step: number): number[] {
  const places: number[] = [];
  for (let place = from; place < to; place += step) places.push(place);
  return places;
}

/** Does those of the tasks that no other thread has drawn. */
function* share({ kernels, site }: Thread, tasks: readonly (() => void)[]): Generator<void, void> {
  for (let t = kernels.draw(site.barrier); t < tasks.length; t = kernels.draw(site.barrier)) {
    tasks[t]!();
    yield;
  }
}

function meet({ kernels, site, threads }: Thread): void {
  kernels.meet(site.barrier, threads);
}

export function writeResult(memory: WebAssembly.Memory, at: number, loss: number, correct: number): void {
  new Float64Array(memory.buffer, at, 1)[0] = loss;
  new Int32Array(memory.buffer, at + 8, 1)[0] = correct;
}

/** The sum of `parts` results, in their order, as a mean over `examples`. */
export function sumResults(
  memory: WebAssembly.Memory,
  at: number,
  parts: number,
  examples: number,
): BatchResult {
  const losses = new Float64Array(memory.buffer, at, (parts * RESULT_BYTES) / 8);
  const counts = new Int32Array(memory.buffer, at, (parts * RESULT_BYTES) / 4);
  let [loss, correct] = [0, 0];
  for (let part = 0; part < parts; part++) {
    loss += losses[(part * RESULT_BYTES) / 8]!;
    correct += counts[(part * RESULT_BYTES + 8) / 4]!;
  }
  return { examples, loss: loss / examples, correct };
}
