import type { Forward } from './forward.js';
import { hadamard, type Matrix, map, scale } from './matrix.js';
import { multiply, scaleColumns, sumOverExamples, transpose } from './matrix-products.js';
import type { Network } from './network.js';

/** The gradient of the mean loss with respect to one layer, in the shapes of its Z, W and b. */
export interface LayerGradient {
  /** The gradient of the loss *summed* over the examples, as on the board: nₗ × m. */
  readonly dZ: Matrix;
  /** nₗ × nₗ₋₁. */
  readonly dW: Matrix;
  /** nₗ × 1: a sum over examples, one value per unit. */
  readonly db: Matrix;
}

/**
 * Backward propagation: the gradient of every layer, from the results of `forward` and the labels Y
 * (n_L × m).
 *
 * @param w the weight of each example, if they do not all count the same (`meanLoss`). Column j of the
 *   last dZ is then wⱼ (A − Y), and every other gradient follows from it
 */
export function backward(
  { layers, output }: Network,
  { Z, A, D }: Forward,
  Y: Matrix,
  w?: ArrayLike<number>,
): LayerGradient[] {
  const m = Y.cols;
  const gradients: LayerGradient[] = [];
  let dZ = output.delta(A[layers.length]!, Y);
  if (w) dZ = scaleColumns(dZ, w);
  for (let l = layers.length - 1; l >= 0; l--) {
    const dW = scale(multiply(dZ, transpose(A[l]!)), 1 / m);
    const db = scale(sumOverExamples(dZ), 1 / m);
    gradients[l] = { dZ, dW, db };
    if (l > 0) {
      const below = layers[l - 1]!;
      dZ = hadamard(multiply(transpose(layers[l]!.W), dZ), map(Z[l - 1]!, below.g.derivative));
      if (D?.[l - 1]) dZ = hadamard(dZ, D[l - 1]!);
    }
  }
  return gradients;
}
