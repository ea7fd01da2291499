import { dropoutThreshold, hashSeed } from '../../random.js';
import type { Kernels } from '../bindings/kernels.js';
import { LD, MAX_INT16, NO_ACTIVATION, type Plan, roundUp, type Slab } from '../layout/plan.js';
import { PACKED_BYTES, type Scratch } from '../layout/scratch.js';
import type { Blocks2x2, PackedExamples } from '../threads/command.js';

/** What the steps of a block work on. All numbers are addresses. */
export interface KernelContext {
  readonly kernels: Kernels;
  readonly plan: Plan;
  /** The parameters. */
  readonly parameters: number;
  readonly scratch: Scratch;
  /** Where this thread packs panels: its own, where threads share the rest of the scratch. */
  readonly panels: number;
}

/** A block of examples: their runs and labels; `cols` is their number rounded up to a multiple of 8. */
export interface Block {
  readonly sparseRows: number;
  readonly labels: number;
  readonly count: number;
  readonly cols: number;
}

/** The examples from `from` on, in quads or as they were loaded. */
export function groupedBlock(
  examples: PackedExamples,
  blocks2x2: Blocks2x2 | undefined,
  from: number,
  count: number,
): Block {
  return {
    sparseRows: blocks2x2 ? blocks2x2.pairRows + 4 * from : examples.sparseRows + 8 * from,
    labels: (blocks2x2 ?? examples).labels + from,
    count,
    cols: roundUp(count, 8),
  };
}

/** The ink forward, and A of a slab's units: their sums over every example's ink, X being the bytes themselves, are used while they are in cache. */
export function slabForward(context: KernelContext, s: number, slab: Slab, block: Block, pass?: Pass): void {
  const { kernels, parameters, scratch } = context;
  gather(kernels, slab)(
    block.sparseRows,
    block.cols,
    parameters + slab.offset,
    scratch.exampleRows[s]!,
    false,
  );
  activateSlab(context, s, slab, block, pass);
}

/** A of a slab's units, from their sums. */
function activateSlab(
  context: KernelContext,
  s: number,
  slab: Slab,
  { cols }: Block,
  pass: Pass | undefined,
): void {
  const { kernels, plan, parameters, scratch } = context;
  const { firstUnit, rowBytes, vectors } = slab;
  const keepsZ = pass !== undefined && plan.keepsDerivatives && plan.dense.length > 0;
  kernels.activateFirst(
    // Where slopes are kept, A is Z until `activateWithDropout`.
    keepsZ ? NO_ACTIVATION : plan.activationCodes[0]!,
    scratch.exampleRows[s]!,
    rowBytes,
    pass ? plan.trainingScale : plan.pixelScale,
    parameters + plan.firstBias + 4 * firstUnit,
    scratch.A[0]! + firstUnit * LD,
    LD,
    4 * vectors,
    cols,
  );
  if (keepsZ)
    activateWithDropout(
      context,
      0,
      firstUnit,
      Math.min(4 * vectors, plan.sizes[1]! - firstUnit),
      0,
      cols,
      pass,
    );
}

/** Bends Z of some units of layer l + 1, and some examples, in place, as it is to learn from it. */
function activateWithDropout(
  { kernels, plan, scratch }: KernelContext,
  l: number,
  firstUnit: number,
  units: number,
  from: number,
  cols: number,
  { iteration, first }: Pass,
): void {
  const { dropout, seed } = plan.training;
  const at = firstUnit * LD + 4 * from;
  kernels.activateWithDropout(
    plan.activationCodes[l]!,
    scratch.A[l]! + at,
    scratch.derivatives[l]! + at,
    LD,
    firstUnit,
    units,
    cols,
    hashSeed({ seed, iteration }, l + 1),
    first + from,
    dropoutThreshold(dropout),
    1 / (1 - dropout),
  );
}

/** The ink backward: dW of a slab, over every pixel's run of examples, once dZ of its units is turned over: an example a row. */
export function gatherGradient(
  { kernels, plan, scratch }: KernelContext,
  s: number,
  slab: Slab,
  { cols }: Block,
  transposedRows: number,
  gradients: number,
  accumulate: boolean,
): void {
  const { firstUnit, vectors, rowBytes } = slab;
  const dZ = scratch.dZ[0]! + firstUnit * LD;
  kernels.toExampleRows(dZ, LD, 4 * vectors, cols, scratch.exampleRows[s]!, rowBytes);
  gather(kernels, slab)(
    transposedRows,
    plan.sizes[0]!,
    scratch.exampleRows[s]!,
    gradients + slab.offset,
    accumulate,
  );
}

/** The first layer's weights in whole numbers. */
export function quantizeWeights(
  { kernels, plan, parameters, scratch }: KernelContext,
  { maxWeight }: Blocks2x2,
): void {
  const { W, scalesOfW } = scratch.int16!;
  const pairs = Math.ceil(plan.sizes[0]! / 2);
  kernels.quantizeRows(parameters + plan.slabs[0]!.offset, pairs, maxWeight, W, scalesOfW);
}

/** The ink forward in whole numbers, and A: a block's `sparseRows` are those of its pairs of examples. */
export function blocks2x2Forward(
  context: KernelContext,
  blocks2x2: Blocks2x2,
  block: Block,
  pass?: Pass,
): void {
  sumBlocks2x2(context, blocks2x2, block);
  activateSlab(context, 0, context.plan.slabs[0]!, block, pass);
}

function sumBlocks2x2(
  { kernels, plan, parameters, scratch }: KernelContext,
  { maxVariation }: Blocks2x2,
  { sparseRows, count, cols }: Block,
): void {
  const { W, scalesOfW } = scratch.int16!;
  const sums = scratch.exampleRows[0]!;
  kernels.gatherBlocks2x2(sparseRows, cols / 2, W, scalesOfW, sums, false);
  if (!plan.firstHasKink) return;
  kernels.recomputeNearThreshold(
    sums,
    count,
    sparseRows,
    parameters + plan.slabs[0]!.offset,
    scalesOfW,
    plan.trainingScale,
    // Σ (c − c′) x = Σ c (x′ − x), where c is what rounding leaves of a weight, half a step at most.
    (plan.trainingScale * maxVariation) / 2,
    parameters + plan.firstBias,
  );
}

/** The ink backward in whole numbers. */
export function blocks2x2Gradient(
  { kernels, plan, scratch }: KernelContext,
  { cols }: Block,
  transposedRows: number,
  gradients: number,
  accumulate: boolean,
): void {
  const { dZ, scalesOfDZ } = scratch.int16!;
  kernels.quantizeColumns(scratch.dZ[0]!, LD, cols, MAX_INT16, dZ, scalesOfDZ);
  const pairs = Math.ceil(plan.sizes[0]! / 2);
  kernels.gatherBlocks2x2(
    transposedRows,
    pairs,
    dZ,
    scalesOfDZ,
    gradients + plan.slabs[0]!.offset,
    accumulate,
  );
}

function gather(kernels: Kernels, { vectors }: Slab): Kernels['gather8'] {
  return vectors === 3 ? kernels.gather10 : vectors === 2 ? kernels.gather2 : kernels.gather8;
}

/** A pass in training: which units drop out depends on it. */
export interface Pass {
  /** Updates before it. */
  readonly iteration: number;
  /** The block's first example, in its batch. */
  readonly first: number;
}

/**
 * Every layer after the first forward, for the examples from `from` up to `to`, multiples of 8; then softmax and loss.
 *
 * @param pass none when nothing is to be learnt from it
 */
export function columnsForward(
  context: KernelContext,
  block: Block,
  from: number,
  to: number,
  pass?: Pass,
): void {
  const { kernels, plan, parameters, scratch, panels: packed } = context;
  const panels = packed + PACKED_BYTES;
  const cols = to - from;
  const A = (l: number) => scratch.A[l]! + 4 * from;
  const keepsZ = pass !== undefined && plan.keepsDerivatives;
  for (const [k, layer] of plan.dense.entries()) {
    if (keepsZ && k > 0) activateWithDropout(context, k, 0, layer.inputs, from, cols, pass);
    kernels.packPanels(A(k), LD, layer.inputs, cols, panels);
    kernels.multiply(
      parameters + layer.W,
      layer.ldW,
      4,
      panels,
      layer.inputs,
      A(k + 1),
      LD,
      layer.units,
      cols,
      false,
      packed,
    );
    // Where slopes are kept, A is Z until `activateWithDropout`, but for the last layer, which has none.
    kernels.activate(
      keepsZ ? NO_ACTIVATION : plan.activationCodes[k + 1]!,
      A(k + 1),
      LD,
      parameters + layer.b,
      layer.units,
      cols,
    );
    if (pass) {
      const step = 32 * block.cols;
      kernels.packTransposed(
        A(k),
        LD,
        cols,
        roundUp(layer.inputs, 8),
        scratch.transposed[k + 1]! + 32 * from,
        step,
      );
    }
  }
  const { labels, answers, losses } = {
    labels: block.labels + from,
    answers: scratch.answers + from,
    losses: scratch.losses + 4 * from,
  };
  const [Z, classes] = [A(plan.dense.length), plan.sizes.at(-1)!];
  const { labelSmoothing } = plan.training;
  const more = scratch.smoothingLosses + 4 * from;
  const smooths = pass !== undefined && labelSmoothing > 0;
  if (smooths) kernels.smoothedLosses(Z, LD, classes, cols, labels, labelSmoothing, more);
  kernels.softmax(Z, LD, classes, cols, labels, answers, losses, packed);
  if (smooths) kernels.addLosses(losses, more, cols);
}

/** dZ of every layer, from the last to the first, for the examples from `from` up to `to`. */
export function columnsBackward(context: KernelContext, block: Block, from: number, to: number): void {
  const { kernels, plan, parameters, scratch, panels: packed } = context;
  const panels = packed + PACKED_BYTES;
  const cols = to - from;
  const dZ = (l: number) => scratch.dZ[l]! + 4 * from;
  const last = plan.dense.length;
  const count = Math.min(Math.max(block.count - from, 0), cols);
  const classes = plan.sizes.at(-1)!;
  const { labelSmoothing } = plan.training;
  kernels.subtractLabels(dZ(last), LD, classes, count, cols, block.labels + from);
  if (labelSmoothing > 0)
    kernels.smoothLabels(dZ(last), LD, classes, count, block.labels + from, labelSmoothing);
  for (let k = last - 1; k >= 0; k--) {
    const { W, ldW, units, inputs } = plan.dense[k]!;
    kernels.packPanels(dZ(k + 1), LD, units, cols, panels);
    kernels.multiply(parameters + W, 4, ldW, panels, units, dZ(k), LD, inputs, cols, false, packed);
    const [kind, A] = [plan.activationCodes[k]!, scratch.A[k]! + 4 * from];
    if (plan.keepsDerivatives) {
      const derivatives = scratch.derivatives[k]! + 4 * from;
      kernels.activationBackwardWithDropout(
        kind,
        A,
        derivatives,
        dZ(k),
        LD,
        inputs,
        cols,
        1 / (1 - plan.training.dropout),
      );
    } else kernels.activationBackward(kind, A, dZ(k), LD, inputs, cols);
  }
}

/** dW and db of some units of a layer after the first. */
export function denseGradient(
  { kernels, plan, scratch, panels: packed }: KernelContext,
  k: number,
  { cols }: Block,
  fromUnit: number,
  toUnit: number,
  gradients: number,
  accumulate: boolean,
): void {
  const { W, b, ldW } = plan.dense[k]!;
  const dZ = scratch.dZ[k + 1]! + fromUnit * LD;
  const units = toUnit - fromUnit;
  const dW = gradients + W + fromUnit * ldW;
  kernels.multiply(dZ, LD, 4, scratch.transposed[k + 1]!, cols, dW, ldW, units, ldW / 4, accumulate, packed);
  kernels.sumRows(dZ, LD, units, cols, gradients + b + 4 * fromUnit, accumulate);
}

/** db of the first layer. */
export function firstBiasGradient(
  { kernels, plan, scratch }: KernelContext,
  { cols }: Block,
  gradients: number,
  accumulate: boolean,
): void {
  kernels.sumRows(scratch.dZ[0]!, LD, plan.sizes[1]!, cols, gradients + plan.firstBias, accumulate);
}
