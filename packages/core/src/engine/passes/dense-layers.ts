import { LD, NO_ACTIVATION, roundUp } from '../layout/plan.js';
import { PACKED_BYTES } from '../layout/scratch.js';
import type { Block, TrainingStep } from './block.js';
import { activateForTraining, hiddenActivationBackward } from './hidden-activation.js';
import type { KernelContext } from './kernel-context.js';

/**
 * The layers after the first forward, for the examples from `from` up to `to` (multiples of 8); then
 * softmax and the loss of each example.
 *
 * @param step in training; undefined when nothing is learned from the block
 */
export function columnsForward(
  context: KernelContext,
  block: Block,
  from: number,
  to: number,
  step?: TrainingStep,
): void {
  const { kernels, plan, parameters, scratch, panels: packed } = context;
  const panels = packed + PACKED_BYTES;
  const cols = to - from;
  const A = (l: number) => scratch.A[l]! + 4 * from;
  const keepsZ = step !== undefined && plan.keepsDerivatives;
  for (const [k, { W, b, ldW, units, inputs }] of plan.dense.entries()) {
    if (keepsZ && k > 0) {
      activateForTraining(context, { l: k, firstUnit: 0, units: inputs, from, cols }, step);
    }
    kernels.packPanels(A(k), LD, inputs, cols, panels);
    kernels.multiply({
      A: parameters + W,
      aRow: ldW,
      aCol: 4,
      panels,
      K: inputs,
      C: A(k + 1),
      ldC: LD,
      rows: units,
      cols,
      accumulate: false,
      packed,
    });
    kernels.activate({
      // With derivatives kept, `activateForTraining` needs Z. The output layer has no activation.
      kind: keepsZ ? NO_ACTIVATION : plan.activationCodes[k + 1]!,
      Z: A(k + 1),
      ld: LD,
      b: parameters + b,
      rows: units,
      cols,
    });
    if (step) {
      kernels.packTransposed({
        B: A(k),
        ld: LD,
        K: cols,
        cols: roundUp(inputs, 8),
        out: scratch.transposed[k + 1]! + 32 * from,
        panelStep: 32 * block.cols,
      });
    }
  }
  outputForward(context, block, from, cols, step !== undefined);
}

/**
 * Softmax and the losses. In training, each loss includes its share of label smoothing and is
 * multiplied by the example's weight.
 */
function outputForward(
  { kernels, plan, scratch, panels }: KernelContext,
  block: Block,
  from: number,
  cols: number,
  learns: boolean,
): void {
  const { labelSmoothing } = plan.training;
  const smooths = learns && labelSmoothing > 0;
  const losses = scratch.losses + 4 * from;
  const smoothingLosses = scratch.smoothingLosses + 4 * from;
  const Z = scratch.A[plan.dense.length]! + 4 * from;
  const classes = plan.sizes.at(-1)!;
  const labels = block.labels + from;
  if (smooths) {
    const out = smoothingLosses;
    kernels.smoothedLosses({ Z, ld: LD, classes, cols, labels, epsilon: labelSmoothing, out });
  }
  const answers = scratch.answers + from;
  kernels.softmax({ Z, ld: LD, classes, cols, labels, answers, losses, room: panels });
  if (smooths) kernels.addLosses(losses, smoothingLosses, cols);
  if (learns && block.weights) {
    kernels.scaleColumns({ M: losses, ld: LD, rows: 1, cols, weights: block.weights + 4 * from });
  }
}

/** dZ of every layer, from the last to the first, for the examples from `from` up to `to`. */
export function columnsBackward(context: KernelContext, block: Block, from: number, to: number): void {
  const { kernels, plan, parameters, scratch, panels: packed } = context;
  const panels = packed + PACKED_BYTES;
  const cols = to - from;
  const dZ = (l: number) => scratch.dZ[l]! + 4 * from;
  outputBackward(context, block, from, cols);
  for (let k = plan.dense.length - 1; k >= 0; k--) {
    const { W, ldW, units, inputs } = plan.dense[k]!;
    kernels.packPanels(dZ(k + 1), LD, units, cols, panels);
    kernels.multiply({
      // Wᵀ
      A: parameters + W,
      aRow: 4,
      aCol: ldW,
      panels,
      K: units,
      C: dZ(k),
      ldC: LD,
      rows: inputs,
      cols,
      accumulate: false,
      packed,
    });
    hiddenActivationBackward(context, { l: k, units: inputs, from, cols });
  }
}

/** dZ of the output layer: A − Y, each column times the example's weight, in place of A. */
function outputBackward(
  { kernels, plan, scratch }: KernelContext,
  block: Block,
  from: number,
  cols: number,
): void {
  const { labelSmoothing } = plan.training;
  const dZ = scratch.dZ[plan.dense.length]! + 4 * from;
  const classes = plan.sizes.at(-1)!;
  const labels = block.labels + from;
  const count = Math.min(Math.max(block.count - from, 0), cols);
  kernels.subtractLabels({ A: dZ, ld: LD, classes, count, cols, labels });
  if (labelSmoothing > 0) {
    kernels.smoothLabels({ dZ, ld: LD, classes, count, labels, epsilon: labelSmoothing });
  }
  if (block.weights) {
    kernels.scaleColumns({ M: dZ, ld: LD, rows: classes, cols, weights: block.weights + 4 * from });
  }
}

/** Which units of which dense layer, and where their gradient goes. */
export interface DenseGradient {
  /** The layer as an index of `Plan.dense`. */
  readonly k: number;
  readonly fromUnit: number;
  readonly toUnit: number;
  readonly gradients: number;
  readonly accumulate: boolean;
}

/** dW = dZ Aᵀ and db of some units of a layer after the first. */
export function denseGradient(
  { kernels, plan, scratch, panels: packed }: KernelContext,
  { cols }: Block,
  { k, fromUnit, toUnit, gradients, accumulate }: DenseGradient,
): void {
  const { W, b, ldW } = plan.dense[k]!;
  const dZ = scratch.dZ[k + 1]! + fromUnit * LD;
  const rows = toUnit - fromUnit;
  kernels.multiply({
    A: dZ,
    aRow: LD,
    aCol: 4,
    panels: scratch.transposed[k + 1]!,
    K: cols,
    C: gradients + W + fromUnit * ldW,
    ldC: ldW,
    rows,
    cols: ldW / 4,
    accumulate,
    packed,
  });
  kernels.sumRows({ M: dZ, ld: LD, rows, cols, out: gradients + b + 4 * fromUnit, accumulate });
}
