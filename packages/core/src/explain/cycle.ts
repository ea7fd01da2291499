import { EntryError } from '../errors.js';
import { backward, type LayerGradient } from '../maths/backward.js';
import { type Forward, forward, meanLoss } from '../maths/forward.js';
import type { Matrix } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import type { Entry } from './explanation.js';
import { formatReference, type QuantityName, type Reference } from './reference.js';

/** What an iteration of training starts from. */
export interface CycleInputs {
  /** n₀ × m. */
  readonly X: Matrix;
  /** n_L × m. Without labels there are no loss and no gradients. */
  readonly Y?: Matrix | undefined;
  /** The learning rate. Without it the parameters are given and not updated. */
  readonly alpha?: number | undefined;
  /**
   * The result of `forward` for X, if it is known: then it is not computed again for every entry.
   */
  readonly computed?: Forward | undefined;
  /** The result of `backward` for it, if it is known. */
  readonly gradients?: readonly LayerGradient[] | undefined;
}

/** One iteration: forward, backward and update. Only what is asked for is computed. */
export interface Cycle {
  readonly network: Network;
  readonly m: number;
  readonly alpha: number | undefined;
  readonly forward: Forward;
  /** The entry's value; for W and b, the one before the update. */
  readonly read: (reference: Reference) => number;
  readonly entry: (quantity: QuantityName, layer: number, row: number, column: number) => Entry;
  /** The activation that is an input of a layer; for layer 1, an input of the network. */
  readonly inputOf: (layer: number, row: number, column: number) => Entry;
}

/** @throws ShapeError when X, Y and the network do not fit together */
export function createCycle(network: Network, inputs: CycleInputs): Cycle {
  const { X, Y, alpha, computed = forward(network, X) } = inputs;
  let { gradients } = inputs;

  function matrixOf(reference: Reference): Matrix {
    const { quantity, layer } = reference;
    if (quantity === 'X') return X;
    if (quantity === 'Z') return computed.Z[layer - 1]!;
    if (quantity === 'A') return computed.A[layer]!;
    if (quantity === 'W' || quantity === 'b') return network.layers[layer - 1]![quantity];
    const labels = labelsFor(reference);
    if (quantity === 'Y') return labels;
    if (quantity === 'J')
      return { rows: 1, cols: 1, data: Float64Array.of(meanLoss(network, computed, labels)) };
    gradients ??= backward(network, computed, labels);
    return gradients[layer - 1]![quantity];
  }

  function labelsFor(reference: Reference): Matrix {
    if (Y) return Y;
    throw new EntryError(`${formatReference(reference)}: needs labels: there is no Y for these examples`);
  }

  function read(reference: Reference): number {
    const { cols, data } = matrixOf(reference);
    return data[reference.row * cols + reference.column]!;
  }

  function entry(quantity: QuantityName, layer: number, row: number, column: number): Entry {
    const reference = { quantity, layer, row, column };
    return { reference, value: read(reference) };
  }

  return {
    network,
    m: X.cols,
    alpha,
    forward: computed,
    read,
    entry,
    inputOf: (layer, row, column) => entry(layer === 1 ? 'X' : 'A', layer - 1, row, column),
  };
}
