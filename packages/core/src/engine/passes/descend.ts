import type { BatchResult } from '../api/engine.js';
import { type Arena, GROUPS, RESULT_BYTES, type WorkerContext } from '../layout/arena.js';
import { BLOCK_EXAMPLES, roundUp } from '../layout/plan.js';
import { ROW_CAPACITY, type Scratch } from '../layout/scratch.js';
import type { Command } from '../threads/command.js';
import { augmentExamples, EXAMPLES_PER_TASK } from './augment.js';
import {
  type Block,
  blocks2x2Forward,
  blocks2x2Gradient,
  columnsBackward,
  columnsForward,
  denseGradient,
  firstBiasGradient,
  gatherGradient,
  groupedBlock,
  type KernelContext,
  quantizeWeights,
  slabForward,
} from './block.js';
import { search } from './lbfgs.js';
import { clippedShare, type Part, sumPartSquares, type Update, updatePart, updateParts } from './update.js';

type Descend = Extract<Command, { type: 'descend' }>;

/** Units of a dense layer whose dW is one task. */
const UNITS_PER_TASK = 40;

/**
 * Whether a batch is a pass over all the data in the order it was loaded, by a network small enough to keep a gradient for
 * each group of blocks. Then threads share out the groups; otherwise they share out every block's units and columns.
 * It depends on the sizes alone, never on the number of threads, and so do the bits.
 */
export function isGrouped(
  { groupGradients }: Pick<Arena, 'groupGradients'>,
  { examples, order }: Pick<Descend, 'order'> & { examples: { length: number } },
  { from, to }: { from: number; to: number },
): boolean {
  return groupGradients !== 0 && order === 0 && from === 0 && to === examples.length && to > BLOCK_EXAMPLES;
}

/**
 * One thread's part in gradient descent over some batches (see `Engine.descend`). It yields wherever a thread that has something else to
 * do may pause; all threads run it at once and meet at barriers.
 */
export function* descend(worker: WorkerContext, command: Descend): Generator<void, BatchResult[]> {
  const { arena } = worker;
  const results: BatchResult[] = [];
  const { averageFrom } = command;
  const own = updateParts(arena.plan).filter((_, k) => k % worker.threads === worker.rank);
  let { pendingExamples, updates, loss } = command;
  for (const [k, batch] of command.batches.entries()) {
    const searched = stepLbfgsOnce(worker, { pendingExamples, loss }, false);
    const clipped = yield* clipGradient(worker, pendingExamples);
    const due = searched ? 0 : pendingExamples;
    const update: Update = { alpha: batch.alpha, pendingExamples: due, updates, averageFrom, clipped };
    if (pendingExamples > 0) updates++;
    const next = command.batches[k + 1];
    const goesOn = next !== undefined && isGrouped(arena, command, next) && !arena.squares && !arena.search;
    const result = yield* isGrouped(arena, command, batch)
      ? overGroups(worker, command, batch.to, update, { own, iteration: updates, goesOn })
      : overBlocks(worker, command, k, update, updates);
    results.push(result);
    pendingExamples = batch.to - batch.from;
    loss = result.loss;
    // Every thread has summed the same losses in the same order, so all of them stop here or none.
    if (!Number.isFinite(result.loss)) break;
  }
  return results;
}

/** The update by itself, with the gradient of a batch of `pendingExamples` examples. */
export function* applyUpdate(
  worker: WorkerContext,
  { alpha, pendingExamples, updates, averageFrom, loss }: Extract<Command, { type: 'update' }>,
): Generator<void, BatchResult[]> {
  if (stepLbfgsOnce(worker, { pendingExamples, loss }, true)) return [];
  const clipped = yield* clipGradient(worker, pendingExamples);
  yield* shareTasks(worker, updateTasks(worker, { alpha, pendingExamples, updates, averageFrom, clipped }));
  barrier(worker);
  return [];
}

/** By L-BFGS, the first thread takes the step while the others wait; whether it is by L-BFGS that this network learns. */
function stepLbfgsOnce(
  worker: WorkerContext,
  due: { pendingExamples: number; loss: number },
  isLast: boolean,
): boolean {
  if (!worker.arena.search) return false;
  if (worker.rank === 0 && due.pendingExamples > 0) search(worker, due, isLast);
  barrier(worker);
  return true;
}

/** What clipping leaves of the gradient that waits: its norm over all parameters, in a fixed order, is every thread's to know. */
function* clipGradient(worker: WorkerContext, pendingExamples: number): Generator<void, number> {
  const { arena } = worker;
  if (!arena.squares || pendingExamples === 0) return 1;
  const parts = updateParts(arena.plan);
  yield* shareTasks(
    worker,
    parts.map((part, k) => () => sumPartSquares(worker, part, k)),
  );
  barrier(worker);
  return clippedShare(worker, parts.length, pendingExamples);
}

/**
 * All the examples in GROUPS groups of whole blocks, each with a gradient of its own, summed in the groups' order.
 *
 * @param own the parameters that are this thread's to update
 * @param goesOn whether such another pass follows at once: each thread updates those parameters whose gradients it summed itself, so
 *   that there is no need to meet
 */
function* overGroups(
  worker: WorkerContext,
  { examples }: Descend,
  count: number,
  update: Update,
  { own, iteration, goesOn }: { own: readonly Part[]; iteration: number; goesOn: boolean },
): Generator<void, BatchResult> {
  const { arena, kernels, memory, rank } = worker;
  const { plan } = arena;
  const { blocks2x2 } = examples;
  const inputs = plan.sizes[0]!;
  const blocks = Math.ceil(count / BLOCK_EXAMPLES);
  const groups = Math.min(GROUPS, blocks);
  const context = kernelContext(worker, rank);

  for (const part of own) updatePart(worker, update, part);
  barrier(worker);

  if (blocks2x2) quantizeWeights(context, blocks2x2);
  for (let g = kernels.nextTask(arena.barrier); g < groups; g = kernels.nextTask(arena.barrier)) {
    const gradients = arena.groupGradients + g * plan.bytes;
    const first = Math.floor((g * blocks) / groups);
    const end = Math.floor(((g + 1) * blocks) / groups);
    let [loss, correct] = [0, 0];
    for (let b = first; b < end; b++) {
      const from = b * BLOCK_EXAMPLES;
      const size = Math.min(BLOCK_EXAMPLES, count - from);
      const block = groupedBlock(examples, blocks2x2, from, size);
      const pass = { iteration, first: from };
      if (blocks2x2) blocks2x2Forward(context, blocks2x2, block, pass);
      else for (const [s, slab] of plan.slabs.entries()) slabForward(context, s, slab, block, pass);
      columnsForward(context, block, 0, block.cols, pass);
      loss += kernels.sumLosses(context.scratch.losses, size);
      correct += kernels.countCorrect(context.scratch.answers, block.labels, size);
      columnsBackward(context, block, 0, block.cols);
      for (const [k, { units }] of plan.dense.entries()) {
        denseGradient(context, k, block, 0, units, gradients, b > first);
      }
      firstBiasGradient(context, block, gradients, b > first);
      if (blocks2x2) {
        const transposedRows = blocks2x2.transposedRows + 8 * b * Math.ceil(inputs / 2);
        blocks2x2Gradient(context, block, transposedRows, gradients, b > first);
      } else {
        for (const [s, slab] of plan.slabs.entries()) {
          gatherGradient(
            context,
            s,
            slab,
            block,
            examples.transposedRows + 8 * b * inputs,
            gradients,
            b > first,
          );
        }
      }
      yield;
    }
    writeResult(memory, arena.results + g * RESULT_BYTES, loss, correct);
  }
  barrier(worker);

  for (const { offset, bytes } of own) {
    kernels.sumParts(arena.groupGradients + offset, groups, plan.bytes, arena.gradients + offset, bytes);
  }
  yield;
  const result = sumResults(memory, arena.results, groups, count);
  if (!goesOn || !Number.isFinite(result.loss)) barrier(worker);
  return result;
}

/** Batch k in blocks, one after the other, whose units and columns the threads share out. */
function* overBlocks(
  worker: WorkerContext,
  command: Descend,
  k: number,
  update: Update,
  iteration: number,
): Generator<void, BatchResult> {
  const { arena, kernels, memory, threads } = worker;
  const { plan } = arena;
  const { examples, order, batches } = command;
  const { from, to } = batches[k]!;
  const inputs = plan.sizes[0]!;
  const context = kernelContext(worker, 0);
  const { scratch } = context;
  const { augmentation } = scratch;
  let [loss, correct] = [0, 0];
  for (let start = from; start < to; start += BLOCK_EXAMPLES) {
    const block = blockOf(scratch, start, to);
    const { count, cols } = block;
    const accumulate = start > from;

    const pass = { iteration, first: start - from };

    // First what the block is: the runs of its examples. Every thread needs them; unless they are made anew, the first lays them out.
    if (!plan.augments) {
      if (worker.rank === 0) {
        kernels.collectBatch(
          order,
          start,
          count,
          cols,
          examples.sparseRows,
          examples.labels,
          block.sparseRows,
          block.labels,
        );
      }
      barrier(worker);
    } else if (k === 0 && start === from) {
      yield* shareTasks(worker, augmentationTasks(worker, command, k, iteration));
      barrier(worker);
    }

    // Then the first layer forward, slab by slab, each slab's parameters updated first; and the pixels' runs, to be ready for the way back.
    yield* shareTasks(worker, [
      () => {
        if (augmentation) {
          new Uint8Array(memory.buffer).copyWithin(
            block.labels,
            augmentation.labels,
            augmentation.labels + cols,
          );
        }
        kernels.transposeRows(
          block.sparseRows,
          count,
          inputs,
          plan.pixelStep,
          plan.exampleStep,
          ROW_CAPACITY,
          scratch.transposedGroups,
          scratch.transposedRows,
          scratch.transposedFill,
        );
      },
      ...plan.slabs.map((slab, s) => () => {
        if (start === from) updateSlab(worker, update, s);
        slabForward(context, s, slab, block, pass);
      }),
      ...(start === from ? updateTasks(worker, update, ({ offset }) => offset > plan.firstBias) : []),
    ]);
    barrier(worker);

    // Examples are independent from here to dZ of the first layer: threads share out the columns. The runs are no longer needed, so whoever
    // is done makes the next block's.
    const share8 = roundUp(Math.ceil(cols / Math.max(1, threads)), 8);
    const next = start + BLOCK_EXAMPLES;
    yield* shareTasks(worker, [
      ...range(0, cols, share8).map((column) => () => {
        const end = Math.min(column + share8, cols);
        columnsForward(context, block, column, end, pass);
        columnsBackward(context, block, column, end);
      }),
      ...(next < to
        ? augmentationTasks(worker, command, k, iteration, next)
        : augmentationTasks(worker, command, k + 1, iteration + 1)),
    ]);
    barrier(worker);

    // Last the gradients: unit by unit.
    yield* shareTasks(worker, [
      ...plan.slabs.map(
        (slab, s) => () =>
          gatherGradient(context, s, slab, block, scratch.transposedRows, arena.gradients, accumulate),
      ),
      ...plan.dense.flatMap(({ units }, l) =>
        range(0, units, UNITS_PER_TASK).map(
          (unit) => () =>
            denseGradient(
              context,
              l,
              block,
              unit,
              Math.min(unit + UNITS_PER_TASK, units),
              arena.gradients,
              accumulate,
            ),
        ),
      ),
      () => firstBiasGradient(context, block, arena.gradients, accumulate),
    ]);
    loss += kernels.sumLosses(scratch.losses, count);
    correct += kernels.countCorrect(scratch.answers, block.labels, count);
    barrier(worker);
  }
  return { examples: to - from, loss: loss / (to - from), correct };
}

/** The block of a batch that ends at `to`; in a scratch there is one at a time. */
function blockOf({ sparseRows, labels }: Scratch, start: number, to: number): Block {
  const count = Math.min(BLOCK_EXAMPLES, to - start);
  return { sparseRows, labels, count, cols: roundUp(count, 8) };
}

/** What makes a block of batch k anew, its first or the one that begins at `next`, if there is such a batch and batches are so made. */
function augmentationTasks(
  worker: WorkerContext,
  command: Descend,
  k: number,
  iteration: number,
  next?: number,
): (() => void)[] {
  const { plan, scratches } = worker.arena;
  const batch = command.batches[k];
  if (!plan.augments || !batch) return [];
  const start = next ?? batch.from;
  const place = { iteration, first: start - batch.from, start };
  const block = blockOf(scratches[0]!, start, batch.to);
  return range(0, block.cols, EXAMPLES_PER_TASK).map((i) => () => {
    augmentExamples(worker, command, place, block, i, Math.min(i + EXAMPLES_PER_TASK, block.cols));
  });
}

function kernelContext({ arena, kernels, rank }: WorkerContext, scratch: number): KernelContext {
  return {
    kernels,
    plan: arena.plan,
    parameters: arena.parameters,
    scratch: arena.scratches[scratch]!,
    panels: arena.scratches[rank]!.panels,
  };
}

function updateTasks(worker: WorkerContext, update: Update, isWanted = (_: Part) => true): (() => void)[] {
  return updateParts(worker.arena.plan)
    .filter(isWanted)
    .map((part) => () => updatePart(worker, update, part));
}

/** The weights and biases of slab s. */
function updateSlab(worker: WorkerContext, update: Update, s: number): void {
  const { regions, slabs } = worker.arena.plan;
  const { firstUnit, vectors } = slabs[s]!;
  const [weights, biases] = [regions[s]!, regions[slabs.length]!];
  const { offset, ld, rows } = weights;
  updatePart(worker, update, { region: weights, offset, rows, bytes: rows * ld });
  const before = 4 * firstUnit;
  const bytes = Math.min(16 * vectors, biases.ld - before);
  updatePart(worker, update, { region: biases, offset: biases.offset + before, rows: 1, bytes });
}

function range(from: number, to: number, step: number): number[] {
  const places: number[] = [];
  for (let place = from; place < to; place += step) places.push(place);
  return places;
}

/** Does those of the tasks that no other thread has drawn. */
function* shareTasks(
  { kernels, arena }: WorkerContext,
  tasks: readonly (() => void)[],
): Generator<void, void> {
  for (let t = kernels.nextTask(arena.barrier); t < tasks.length; t = kernels.nextTask(arena.barrier)) {
    tasks[t]!();
    yield;
  }
}

function barrier({ kernels, arena, threads }: WorkerContext): void {
  kernels.barrier(arena.barrier, threads);
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
