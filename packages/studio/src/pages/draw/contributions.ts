import { type Forward, forward, type Matrix, matrix, type Network } from '@longhand/core';

/** Everything a network computes for one picture, in 64-bit. */
export interface Computed extends Forward {
  readonly network: Network;
}

/** What one output's weighted sum z is made of. */
export interface Contributions {
  readonly z: number;
  /** Of each pixel: its value times ∂z/∂pixel. */
  readonly pixels: Float64Array;
  /** Of each unit of the first hidden layer: its activation times ∂z/∂activation. Without a hidden layer, empty. */
  readonly units: Float64Array;
}

/** @param pixels bytes, as many as the network has inputs */
export function compute(network: Network, pixels: Uint8Array, pixelScale: number): Computed {
  const X = matrix(
    pixels.length,
    1,
    Float64Array.from(pixels, (byte) => pixelScale * byte),
  );
  return { network, ...forward(network, X) };
}

/**
 * Each input times the gradient of z with respect to it: through ReLUs the gradient is the sum over all active paths, a
 * constant, so that the contributions and what comes of the biases add up to z exactly. With one hidden layer, a unit's
 * contribution is w·a. With sigmoid or tanh it is a first-order account.
 *
 * @param output which output's z
 */
export function contributionsTo(output: number, { network: { layers }, Z, A }: Computed): Contributions {
  const last = layers.at(-1)!;
  let gradient: Float64Array = last.W.data.slice(output * last.W.cols, (output + 1) * last.W.cols);
  let units = new Float64Array();
  for (let l = layers.length - 2; l >= 0; l--) {
    if (l === 0) units = gradient.map((value, unit) => value * A[1]!.data[unit]!);
    const { W, g } = layers[l]!;
    gradient = throughLayer(
      W,
      gradient.map((value, unit) => value * g.derivative(Z[l]!.data[unit]!)),
    );
  }
  const pixels = gradient.map((value, pixel) => value * A[0]!.data[pixel]!);
  return { z: Z.at(-1)!.data[output]!, pixels, units };
}

/** Wᵀ · gradient, over the units whose gradient is not 0: W (n×k), gradient (n) → (k). */
function throughLayer(W: Matrix, gradient: Float64Array): Float64Array {
  const back = new Float64Array(W.cols);
  for (const [unit, value] of gradient.entries()) {
    if (value === 0) continue;
    const from = unit * W.cols;
    for (let k = 0; k < W.cols; k++) back[k]! += value * W.data[from + k]!;
  }
  return back;
}

/** The places of the `count` largest positive values, the largest first. */
export function topOf(values: ArrayLike<number>, count: number): number[] {
  return Array.from({ length: values.length }, (_, place) => place)
    .filter((place) => values[place]! > 0)
    .sort((a, b) => values[b]! - values[a]!)
    .slice(0, count);
}

/** The sum. */
export function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
