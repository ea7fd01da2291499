import type { Matrix, Network } from '@longhand/core';
import { multiply } from '@longhand/core/maths';

/** A unit of the first layer: its weights, and its effect on the outputs. */
export interface HiddenUnit {
  readonly unit: number;
  readonly bias: number;
  /** The weight of each pixel, row by row. */
  readonly weights: readonly number[];
  /**
   * How much the weighted sum of each class grows when the unit's activation grows by 1. Absent if
   * the unit is an output itself.
   */
  readonly outputs?: readonly number[];
}

/**
 * The units of the first layer. Their effect on the outputs is exact with one hidden layer. With
 * more, the layers between are treated as linear, which shows the tendency.
 *
 * @param shown the network whose first layer is shown: the same one, or what training changed in it
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

/** The outputs that a unit raises most and lowers most, each with its weight. */
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
