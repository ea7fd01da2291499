import { identity } from './activation.js';
import { type Forward, forward, meanLoss } from './forward.js';
import { type Matrix, map, matrix } from './matrix.js';
import type { Network } from './network.js';

/** How the loss depends on one parameter θ when nothing else changes. */
export interface FiniteDifference {
  /** dJ/dθ by the five-point stencil. */
  readonly slope: number;
  /**
   * Whether, for any example, the weighted sum of a hidden unit with a kink (such as ReLU) touches
   * or crosses 0 between θ − 2ε and θ + 2ε.
   */
  readonly hasKink: boolean;
}

/** One unit whose parameters can be changed: w (1×n) and b (1×1) are copies. */
export interface Unit {
  /** The weights, one for each input. */
  readonly w: Matrix;
  /** The bias. */
  readonly b: Matrix;
  /** Forward propagation through the network with the present w and b. */
  readonly probe: () => Probe;
}

interface Probe {
  /** Mean over the examples, in nats. */
  readonly loss: number;
  /**
   * Weighted sums of the hidden units with a kink that depend on this unit: its own and all in
   * later layers.
   */
  readonly sumsAtKinks: readonly Matrix[];
}

/**
 * Unit `row` of layer `l` (from 0), after forward propagation. `probe` computes again only what
 * depends on the unit, and does so with `forward` itself: first the unit as a network of its own,
 * then the layers above it.
 *
 * @param w the weight of each example in the loss
 */
export function isolateUnit(
  { layers, output }: Network,
  { Z, A }: Forward,
  Y: Matrix,
  l: number,
  row: number,
  w?: ArrayLike<number>,
): Unit {
  const { W, b, g } = layers[l]!;
  const unit = { W: rowOf(W, row), b: rowOf(b, row), g: identity };
  const above = { layers: layers.slice(l + 1), output };
  const kinks = layers.slice(l, -1).map((layer) => layer.g.hasKink);

  function probe(): Probe {
    const z = forward({ layers: [unit], output }, A[l]!).Z[0]!;
    if (above.layers.length === 0) {
      return { loss: meanLoss(above, { Z: [withRow(Z[l]!, row, z)], A: [] }, Y, w), sumsAtKinks: [] };
    }
    const computed = forward(above, withRow(A[l + 1]!, row, map(z, g.f)));
    return {
      loss: meanLoss(above, computed, Y, w),
      sumsAtKinks: [z, ...computed.Z].filter((_, layer) => kinks[layer]),
    };
  }

  return { w: unit.W, b: unit.b, probe };
}

/**
 * dJ/dθ for one of the unit's parameters from two central differences, with steps ε and 2ε.
 * Combined as below, their errors of order ε² cancel (Richardson extrapolation; the same as the
 * five-point stencil):
 *
 *     dJ/dθ ≈ (8 (J(θ+ε) − J(θ−ε)) − (J(θ+2ε) − J(θ−2ε))) / 12ε
 *
 * As long as no ReLU switches, every weighted sum is an affine function of θ. So its two outer
 * values tell whether it is 0 anywhere between them.
 *
 * @param parameters the unit's `w` or `b`; entry `index` changes and is restored
 */
export function differentiate(
  { probe }: Unit,
  parameters: Matrix,
  index: number,
  epsilon: number,
): FiniteDifference {
  const theta = parameters.data[index]!;
  const [farBelow, below, above, farAbove] = [-2, -1, 1, 2].map((steps) => {
    parameters.data[index] = theta + steps * epsilon;
    return probe();
  }) as [Probe, Probe, Probe, Probe];
  parameters.data[index] = theta;
  return {
    slope: (8 * (above.loss - below.loss) - (farAbove.loss - farBelow.loss)) / (12 * epsilon),
    hasKink: farBelow.sumsAtKinks.some((Z, layer) => crossesZero(Z, farAbove.sumsAtKinks[layer]!)),
  };
}

/** Whether some entry that differs between the two matrices touches or crosses 0 on the way. */
function crossesZero(from: Matrix, to: Matrix): boolean {
  return from.data.some((start, index) => {
    const end = to.data[index]!;
    return start !== end && Math.min(start, end) <= 0 && Math.max(start, end) >= 0;
  });
}

/** Row i of A (n×m) as a matrix (1×m), copied. */
function rowOf(A: Matrix, i: number): Matrix {
  return matrix(1, A.cols, A.data.slice(i * A.cols, (i + 1) * A.cols));
}

/** A (n×m) with row i replaced by `row` (1×m). */
function withRow(A: Matrix, i: number, row: Matrix): Matrix {
  const data = A.data.slice();
  data.set(row.data, i * A.cols);
  return matrix(A.rows, A.cols, data);
}
