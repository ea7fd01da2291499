import type { Matrix, Network } from '@longhand/core';
import { differentiate, isolateUnit } from '@longhand/core/check';
import type { Reference } from '@longhand/core/explain';
import { type Forward, matrix } from '@longhand/core/maths';
import type { Iteration } from './cycle.js';

/** One number moved a little in both directions, and how the loss changed. */
export interface FiniteDifference {
  /** What was moved: W or b of a layer, or Z of one example. */
  readonly parameter: Reference;
  readonly value: number;
  readonly epsilon: number;
  readonly lossBelow: number;
  readonly lossAbove: number;
  /** The slope of the loss by finite differences. */
  readonly slope: number;
  /** The gradient by backward propagation. */
  readonly gradient: number;
  /** Whether the kink of a ReLU lies between the two values: then the two need not agree. */
  readonly hasKink: boolean;
  readonly agrees: boolean;
}

/** How far a parameter is moved. */
const EPSILON = 1e-4;
/**
 * The largest difference that counts as agreement, relative to the largest of both slopes and
 * 0.0001.
 */
const TOLERANCE = 1e-5;

/** A part of the examples, with its forward propagation. */
interface Part {
  readonly computed: Forward;
  readonly Y: Matrix;
}

/**
 * Moves a parameter and measures the loss, over parts of the examples whose forward propagation is
 * known.
 */
export function finiteDifference(
  network: Network,
  parts: Iterable<Part>,
  parameter: Reference,
  gradient: number,
): FiniteDifference {
  const { quantity, layer, row, column } = parameter;
  const { W, b } = network.layers[layer - 1]!;
  const value = quantity === 'W' ? W.data[row * W.cols + column]! : b.data[row]!;
  let [m, slope, lossBelow, lossAbove] = [0, 0, 0, 0];
  let hasKink = false;
  for (const { computed, Y } of parts) {
    const unit = isolateUnit(network, computed, Y, layer - 1, row);
    const [parameters, index] = quantity === 'W' ? [unit.w, column] : [unit.b, 0];
    const found = differentiate(unit, parameters, index, EPSILON);
    m += Y.cols;
    slope += found.slope * Y.cols;
    hasKink ||= found.hasKink;
    for (const side of [-1, 1]) {
      parameters.data[index] = value + side * EPSILON;
      const { loss } = unit.probe();
      if (side < 0) lossBelow += loss * Y.cols;
      else lossAbove += loss * Y.cols;
    }
    parameters.data[index] = value;
  }
  slope /= m;
  const difference = Math.abs(slope - gradient);
  const agrees = difference <= TOLERANCE * Math.max(Math.abs(slope), Math.abs(gradient), 1e-4);
  return {
    parameter,
    value,
    epsilon: EPSILON,
    lossBelow: lossBelow / m,
    lossAbove: lossAbove / m,
    slope,
    gradient,
    hasKink,
    agrees,
  };
}

/** The same over an iteration. */
export function finiteDifferenceOf(iteration: Iteration, parameter: Reference): FiniteDifference {
  return finiteDifference(iteration.network, [iteration], parameter, gradientOf(iteration, parameter));
}

/**
 * Moves one weighted sum of one example, and measures the loss of that example. Its bias moves it,
 * as the other examples are left out.
 */
export function finiteDifferenceOfSum(
  { network, computed, Y, gradients }: Iteration,
  { layer, row, column }: Reference,
): FiniteDifference {
  const columnOf = ({ rows, cols, data }: Matrix): Matrix =>
    matrix(
      rows,
      1,
      Float64Array.from({ length: rows }, (_, i) => data[i * cols + column]!),
    );
  const alone = { computed: { Z: computed.Z.map(columnOf), A: computed.A.map(columnOf) }, Y: columnOf(Y) };
  const { cols, data } = gradients[layer - 1]!.dZ;
  const bias: Reference = { quantity: 'b', layer, row, column: 0 };
  const found = finiteDifference(network, [alone], bias, data[row * cols + column]!);
  const value = computed.Z[layer - 1]!.data[row * cols + column]!;
  return { ...found, parameter: { quantity: 'Z', layer, row, column }, value };
}

/** The gradient of a parameter by backward propagation. */
export function gradientOf({ gradients }: Iteration, { quantity, layer, row, column }: Reference): number {
  const { dW, db } = gradients[layer - 1]!;
  return quantity === 'W' ? dW.data[row * dW.cols + column]! : db.data[row]!;
}
