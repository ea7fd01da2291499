import { BLOCK_EXAMPLES, roundUp, type UpdatePart } from '../layout/plan.js';
import { AUGMENTED_PER_TASK, ROW_CAPACITY } from '../layout/scratch.js';
import type { WorkerContext } from '../layout/worker-context.js';
import { augmentExamples } from './augment.js';
import { type Block, collectedBlock, type TrainingStep } from './block.js';
import type { DescendCommand } from './command.js';
import { columnsBackward, columnsForward, denseGradient } from './dense-layers.js';
import { firstBiasGradient, slabForward, slabGradient } from './first-layer.js';
import { type KernelContext, kernelContext } from './kernel-context.js';
import type { BatchResult } from './results.js';
import { range, shareTasks, waitForAll } from './tasks.js';
import { type Update, updatePart } from './update.js';

/** Units of a dense layer whose dW is one task. */
const UNITS_PER_TASK = 40;

/**
 * One thread's part of batch k: its blocks, one after the other. All threads share each block, in
 * three phases: the first layer by slabs, the middle by columns, the gradients by units.
 *
 * @param pass `k`: the number of the batch in the command. `iteration`: updates before its pass.
 */
export function* miniBatch(
  worker: WorkerContext,
  command: DescendCommand,
  update: Update,
  { k, iteration }: { readonly k: number; readonly iteration: number },
): Generator<void, BatchResult> {
  const { arena, kernels, threads } = worker;
  const { plan } = arena;
  const { from, to } = command.batches[k]!;
  const context = kernelContext(worker, 0);
  const { scratch } = context;
  let [loss, correct] = [0, 0];
  for (let start = from; start < to; start += BLOCK_EXAMPLES) {
    const block = collectedBlock(scratch, command.examples, start, to);
    const { count, cols } = block;
    const isFirst = start === from;
    const step = { iteration, first: start - from };

    // The block's examples. Only the first block of all is not there yet when batches are augmented.
    if (!plan.augments) {
      if (worker.rank === 0) collect(worker, command, start, block);
      waitForAll(worker);
    } else if (k === 0 && isFirst) {
      yield* shareTasks(worker, augmentationTasks(worker, command, k, iteration));
      waitForAll(worker);
    }

    // The first layer forward, slab by slab. A slab's parameters are updated right before. One task
    // transposes the sparse rows for the gradients, one collects the examples' weights.
    yield* shareTasks(worker, [
      () => transpose(worker, block),
      ...(block.weights ? [() => collectWeights(worker, command, start, block)] : []),
      ...plan.slabs.map((slab, s) => () => {
        if (isFirst) updateSlab(worker, update, s);
        slabForward(context, s, slab, block, step);
      }),
      ...(isFirst ? updateTasks(worker, update, ({ offset }) => offset > plan.firstBias) : []),
    ]);
    waitForAll(worker);

    // From here to dZ¹ each example is by itself: threads share the columns. The sparse rows are no
    // longer needed, so a thread that is done augments examples of the next block.
    const columnsPerTask = roundUp(Math.ceil(cols / threads), 8);
    const next = start + BLOCK_EXAMPLES;
    yield* shareTasks(worker, [
      ...range(0, cols, columnsPerTask).map((column) => () => {
        const end = Math.min(column + columnsPerTask, cols);
        columnsForward(context, block, column, end, step);
        columnsBackward(context, block, column, end);
      }),
      ...(next < to
        ? augmentationTasks(worker, command, k, iteration, next)
        : augmentationTasks(worker, command, k + 1, iteration + 1)),
    ]);
    waitForAll(worker);

    yield* shareTasks(worker, gradientTasks(worker, context, block, !isFirst));
    loss += kernels.sumLosses(scratch.losses, count);
    correct += kernels.countCorrect(scratch.answers, block.labels, count);
    waitForAll(worker);
  }
  return { examples: to - from, loss: loss / (to - from), correct };
}

/** The update of those parts of the parameters that are wanted, as tasks. */
export function updateTasks(
  worker: WorkerContext,
  update: Update,
  isWanted = (_: UpdatePart) => true,
): (() => void)[] {
  const parts = worker.arena.plan.updateParts.filter(isWanted);
  return parts.map((part) => () => updatePart(worker, update, part));
}

/** Collects the sparse rows and labels of a block from the order of the examples. */
function collect(
  { kernels }: WorkerContext,
  { examples, order }: DescendCommand,
  start: number,
  { rows, labels, count, cols }: Block,
): void {
  kernels.collectBatch({
    order,
    start,
    count,
    cols,
    sparseRows: examples.sparseRows,
    labels: examples.labels,
    outRows: rows,
    outLabels: labels,
  });
}

/** Collects the weights of a block's examples. They are needed with the losses, after the first layer. */
function collectWeights(
  { kernels }: WorkerContext,
  { examples, order }: DescendCommand,
  start: number,
  { weights, count, cols }: Block,
): void {
  kernels.collectWeights({ order, start, count, cols, weights: examples.weights, out: weights });
}

/** Transposes the block's sparse rows. With augmentation, also copies its labels into place. */
function transpose({ arena, kernels, memory }: WorkerContext, block: Block): void {
  const { plan, scratches } = arena;
  const { augmentation, transposedGroups, transposedRows, transposedFill } = scratches[0]!;
  if (augmentation) {
    const { labels } = augmentation;
    new Uint8Array(memory.buffer).copyWithin(block.labels, labels, labels + block.cols);
  }
  kernels.transposeRows({
    sparseRows: block.rows,
    count: block.count,
    inputs: plan.sizes[0]!,
    scale: plan.pixelStep,
    rowScale: plan.exampleStep,
    capacity: ROW_CAPACITY,
    group: transposedGroups,
    out: transposedRows,
    fill: transposedFill,
  });
}

/** Updates the weights and biases of slab s. */
function updateSlab(worker: WorkerContext, update: Update, s: number): void {
  const { regions, slabs } = worker.arena.plan;
  const { firstUnit, vectors } = slabs[s]!;
  const [weights, biases] = [regions[s]!, regions[slabs.length]!];
  const { offset, ld, rows } = weights;
  updatePart(worker, update, { isBias: false, scale: weights.scale, offset, bytes: rows * ld });
  const before = 4 * firstUnit;
  const bytes = Math.min(16 * vectors, biases.ld - before);
  updatePart(worker, update, { isBias: true, scale: biases.scale, offset: biases.offset + before, bytes });
}

/**
 * The tasks that augment a block of batch k: the one that begins at `next`, or its first. There are
 * none without augmentation, or when there is no batch k.
 */
function augmentationTasks(
  worker: WorkerContext,
  command: DescendCommand,
  k: number,
  iteration: TrainingStep['iteration'],
  next?: number,
): (() => void)[] {
  const { plan, scratches } = worker.arena;
  const batch = command.batches[k];
  if (!plan.augments || !batch) return [];
  const start = next ?? batch.from;
  const place = { iteration, first: start - batch.from, start };
  const block = collectedBlock(scratches[0]!, command.examples, start, batch.to);
  return range(0, block.cols, AUGMENTED_PER_TASK).map((i) => () => {
    augmentExamples(worker, command, place, block, i, Math.min(i + AUGMENTED_PER_TASK, block.cols));
  });
}

/** The gradients of the block's parameters, as tasks: the slabs, then some units of each layer. */
function gradientTasks(
  { arena }: WorkerContext,
  context: KernelContext,
  block: Block,
  accumulate: boolean,
): (() => void)[] {
  const { plan, scratch } = context;
  const { gradients } = arena;
  const { transposedRows } = scratch;
  return [
    ...plan.slabs.map(
      (slab, s) => () => slabGradient(context, s, slab, block, { transposedRows, gradients, accumulate }),
    ),
    ...plan.dense.flatMap(({ units }, k) =>
      range(0, units, UNITS_PER_TASK).map((fromUnit) => () => {
        const toUnit = Math.min(fromUnit + UNITS_PER_TASK, units);
        denseGradient(context, block, { k, fromUnit, toUnit, gradients, accumulate });
      }),
    ),
    () => firstBiasGradient(context, block, gradients, accumulate),
  ];
}
