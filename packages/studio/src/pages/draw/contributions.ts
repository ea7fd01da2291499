import { type Forward, forward, type Layer, type Matrix, matrix, type Network } from '@longhand/core';

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
export function contributionsTo(output: number, computed: Computed): Contributions {
  const { network, Z, A } = computed;
  const toFirst = gradientToFirst(output, computed);
  const [first] = network.layers;
  const toPixels = network.layers.length === 1 ? toFirst : throughLayer(first!, Z[0]!, toFirst);
  return {
    z: Z.at(-1)!.data[output]!,
    pixels: toPixels.map((value, pixel) => value * A[0]!.data[pixel]!),
    units: unitsTo(output, computed),
  };
}

/** The units' part of {@link contributionsTo} alone, which is little work. */
export function unitsTo(output: number, computed: Computed): Float64Array {
  if (computed.network.layers.length === 1) return new Float64Array();
  const { data } = computed.A[1]!;
  return gradientToFirst(output, computed).map((value, unit) => value * data[unit]!);
}

/** ∂z/∂a of the first hidden layer's activations; without a hidden layer, of the pixels. */
function gradientToFirst(output: number, { network: { layers }, Z }: Computed): Float64Array {
  const { W } = layers.at(-1)!;
  let gradient: Float64Array = W.data.slice(output * W.cols, (output + 1) * W.cols);
  for (let l = layers.length - 2; l >= 1; l--) gradient = throughLayer(layers[l]!, Z[l]!, gradient);
  return gradient;
}

/** From ∂z/∂a of a layer's activations to that of its inputs, Wᵀ (gradient ⊙ g′(Z)): W (n×k), gradient (n) → (k). */
function throughLayer({ W, g }: Layer, Z: Matrix, gradient: Float64Array): Float64Array {
  const back = new Float64Array(W.cols);
  for (let unit = 0; unit < W.rows; unit++) {
    const value = gradient[unit]! * g.derivative(Z.data[unit]!);
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
