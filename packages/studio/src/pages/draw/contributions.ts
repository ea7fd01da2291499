import type { Layer, Matrix, Network } from '@longhand/core';
import { type Forward, forward, matrix } from '@longhand/core/maths';

/** Everything that a network computes for one picture, in 64 bits. */
export interface Computed extends Forward {
  readonly network: Network;
}

/** What adds up to one output's weighted sum z. */
export interface Contributions {
  readonly z: number;
  /** For each pixel, its value times ∂z/∂pixel. */
  readonly pixels: Float64Array;
  /**
   * For each unit of the first hidden layer, its activation times ∂z/∂activation. Empty without a
   * hidden layer.
   */
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
 * Each input times the gradient of z with respect to it. With piecewise linear activations such as
 * ReLU, the contributions and those of the biases add up to z exactly. With one hidden layer, the
 * contribution of a unit is w·a. With curved activations it is a first-order approximation.
 *
 * @param output the index of the output
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

/** Only the units of {@link contributionsTo}, which is less work. */
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

/**
 * ∂z/∂a of a layer's inputs from that of its activations: Wᵀ (gradient ⊙ g′(Z)), W (n×k), gradient
 * (n) → (k).
 */
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

/** The indices of the `count` largest positive values, the largest first. */
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
