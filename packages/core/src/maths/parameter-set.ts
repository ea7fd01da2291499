import type { Matrix } from './matrix.js';
import type { Network } from './network.js';

/**
 * One number for every parameter of a network, in matrices of the same shapes: a gradient, or an
 * optimizer's state.
 */
export type ParameterSet = readonly { readonly W: Matrix; readonly b: Matrix }[];

/** The network with other weights and biases, of the same shapes. */
export function withParameters(network: Network, values: ParameterSet): Network {
  const layers = network.layers.map((layer, l) => ({ ...layer, W: values[l]!.W, b: values[l]!.b }));
  return { ...network, layers };
}
