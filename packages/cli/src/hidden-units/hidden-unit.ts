import { type Matrix, multiply, type Network } from '@longhand/core';

/** A unit of the first layer: what it looks for, and what it says when it has found it. */
export interface HiddenUnit {
  readonly unit: number;
  readonly bias: number;
  /** What it makes of each pixel, row by row. */
  readonly weights: readonly number[];
  /** What a step of its activation adds to the weighted sum of each class; absent when the unit is an output itself. */
  readonly outputs?: readonly number[];
}

/**
 * The units of the first layer. What reaches the outputs is read from the weights above: exactly where there is one
 * hidden layer; through more, as if no unit between them bent, which shows the tendency.
 *
 * @param shown whose first layer is shown: the same network, or what training changed in it
 */
export function describeHiddenUnits({ layers }: Network, shown: Network): HiddenUnit[] {
  const { W, b } = shown.layers[0]!;
  const above = layers
    .slice(1)
    .reduce<Matrix | undefined>(
      (product, layer) => (product ? multiply(layer.W, product) : layer.W),
      undefined,
    );
  return Array.from({ length: W.rows }, (_, unit) => ({
    unit,
    bias: b.data[unit]!,
    weights: [...W.data.subarray(unit * W.cols, (unit + 1) * W.cols)],
    ...(above
      ? { outputs: Array.from({ length: above.rows }, (_, c) => above.data[c * above.cols + unit]!) }
      : {}),
  }));
}

/** The classes a unit speaks for most, and against most, each with its weight. */
export function topOutputs(
  { outputs = [] }: HiddenUnit,
  most: number,
): { readonly positive: OutputWeight[]; readonly negative: OutputWeight[] } {
  const weights = outputs
    .map((weight, output): OutputWeight => ({ output, weight }))
    .sort((a, b) => b.weight - a.weight);
  return {
    positive: weights.filter(({ weight }) => weight > 0).slice(0, most),
    negative: weights
      .filter(({ weight }) => weight < 0)
      .reverse()
      .slice(0, most),
  };
}

export interface OutputWeight {
  readonly output: number;
  readonly weight: number;
}
