import { explain } from '@longhand/core/explain';
import { cycleInputs, type Iteration } from '../../../computations/cycle.js';

/** A way through the network: a pixel, a hidden unit and an output. */
export interface Path {
  readonly pixel: number;
  readonly unit: number;
  readonly output: number;
}

export interface Factor {
  readonly name: string;
  readonly symbol: string;
  readonly value: number;
  /** This factor times all before it. */
  readonly product: number;
}

/**
 * The factors along a path, from the output back to a weight of the first layer. They are those
 * that `explain` gives for dZ¹ and dW¹.
 */
export function factorsOf(iteration: Iteration, { pixel, unit, output }: Path): Factor[] {
  const { network, gradients, computed } = iteration;
  const dZ = gradients[1]!.dZ.data[output]!;
  const W = network.layers[1]!.W;
  const delta = explain(network, cycleInputs(iteration, 0.1), {
    ...{ quantity: 'dZ', layer: 1, row: unit, column: 0 },
  });
  const slope = delta.kind === 'hidden-delta' ? delta.slope : Number.NaN;
  const given = [
    { name: 'the error of the output', symbol: 'dz²', value: dZ },
    { name: 'the weight that joins them', symbol: 'w²', value: W.data[output * W.cols + unit]! },
    { name: 'on or off', symbol: 'ReLU′', value: slope },
    { name: 'the pixel', symbol: 'x', value: computed.A[0]!.data[pixel]! },
  ];
  let product = 1;
  return given.map((factor) => {
    product *= factor.value;
    return { ...factor, product };
  });
}

/** The products of the paths to one weight of the first layer, one for each output. */
export function pathsOf(iteration: Iteration, { pixel, unit }: Omit<Path, 'output'>): number[] {
  const { rows } = iteration.gradients[1]!.dZ;
  return Array.from(
    { length: rows },
    (_, output) => factorsOf(iteration, { pixel, unit, output }).at(-1)!.product,
  );
}

/** A path that shows much: the output with the largest error, and the unit and pixel that count most there. */
export function strongestPath({ network, gradients, computed }: Iteration): Path {
  const { dZ } = gradients[1]!;
  const W = network.layers[1]!.W;
  const output = largestOf(dZ.data);
  const active = computed.A[1]!.data;
  const weights = Array.from({ length: W.cols }, (_, unit) =>
    active[unit]! > 0 ? W.data[output * W.cols + unit]! : 0,
  );
  return { output, unit: largestOf(weights), pixel: largestOf(computed.A[0]!.data) };
}

function largestOf(values: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (Math.abs(values[k]!) > Math.abs(values[best]!)) best = k;
  return best;
}
