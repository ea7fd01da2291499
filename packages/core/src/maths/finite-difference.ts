import { identity } from './activation.js';
import { type Forward, forward, meanLoss } from './forward.js';
import { type Matrix, map, matrix } from './matrix.js';
import type { Network } from './network.js';

/** The loss around one parameter θ, all else as it was. */
export interface FiniteDifference {
  /** dJ/dθ by the five-point stencil. */
  readonly slope: number;
  /** Whether the weighted sum of a hidden unit that bends at 0, such as a ReLU, touches or crosses 0 between θ − 2ε and θ + 2ε, for any example. */
  readonly hasKink: boolean;
}

/** One unit with parameters of its own to move: w (1×n) and b (1×1) are copies. */
export interface Unit {
  readonly w: Matrix;
  readonly b: Matrix;
  /** Forward through the network with w and b as they are now. */
  readonly probe: () => Probe;
}

interface Probe {
  /** Mean over the examples, in nats. */
  readonly loss: number;
  /** The weighted sums of hidden units with a kink that this unit can move: its own and all in the layers above. */
  readonly bent: readonly Matrix[];
}

/**
 * Unit `row` of layer `l` (from 0) of a network whose forward propagation is known. Only what the unit can change is
 * computed again, and by `forward` itself: the unit alone, as a network of one, then the layers above it.
 */
export function isolateUnit(
  { layers, output }: Network,
  { Z, A }: Forward,
  Y: Matrix,
  l: number,
  row: number,
): Unit {
  const { W, b, g } = layers[l]!;
  const unit = { W: rowOf(W, row), b: rowOf(b, row), g: identity };
  const above = { layers: layers.slice(l + 1), output };
  const bends = layers.slice(l, -1).map((layer) => layer.g.hasKink);

  function probe(): Probe {
    const z = forward({ layers: [unit], output }, A[l]!).Z[0]!;
    if (above.layers.length === 0) {
      return { loss: meanLoss(above, { Z: [withRow(Z[l]!, row, z)], A: [] }, Y), bent: [] };
    }
    const computed = forward(above, withRow(A[l + 1]!, row, map(z, g.f)));
    return {
      loss: meanLoss(above, computed, Y),
      bent: [z, ...computed.Z].filter((_, layer) => bends[layer]),
    };
  }

  return { w: unit.W, b: unit.b, probe };
}

/**
 * dJ/dθ for one of the unit's parameters by two central differences, with steps ε and 2ε, extrapolated to cancel
 * their error of the order ε² (Richardson; the same as the five-point stencil):
 *
 *     dJ/dθ ≈ (8 (J(θ+ε) − J(θ−ε)) − (J(θ+2ε) − J(θ−2ε))) / 12ε
 *
 * As long as no ReLU bends, every weighted sum is an affine function of the one θ that moves, so its two outer values
 * tell whether it meets 0 anywhere between.
 *
 * @param parameters the unit's own `w` or `b`, of which entry `index` moves; it is put back
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
    hasKink: farBelow.bent.some((Z, layer) => crossesZero(Z, farAbove.bent[layer]!)),
  };
}

/** Whether some entry that moved from one matrix to the other touched or crossed 0. */
function crossesZero(from: Matrix, to: Matrix): boolean {
  return from.data.some((start, index) => {
    const end = to.data[index]!;
    return start !== end && Math.min(start, end) <= 0 && Math.max(start, end) >= 0;
  });
}

/** Row i of A (n×m) as a matrix of its own (1×m), copied. */
function rowOf(A: Matrix, i: number): Matrix {
  return matrix(1, A.cols, A.data.slice(i * A.cols, (i + 1) * A.cols));
}

/** A (n×m) with another row i (1×m). */
function withRow(A: Matrix, i: number, row: Matrix): Matrix {
  const data = A.data.slice();
  data.set(row.data, i * A.cols);
  return matrix(A.rows, A.cols, data);
}
