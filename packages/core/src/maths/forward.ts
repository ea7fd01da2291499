import { hadamard, type Matrix, map } from './matrix.js';
import { addColumn, multiply, requireWeights } from './matrix-products.js';
import type { Network } from './network.js';

/**
 * The results of forward propagation. Entry l − 1 of `Z` belongs to layer l; entry l − 1 of `A` is
 * its input.
 */
export interface Forward {
  /** Weighted sums: `Z[l]` is nₗ₊₁ × m. */
  readonly Z: readonly Matrix[];
  /** Activations: `A[0]` is X (n₀ × m), the last is the network's output. */
  readonly A: readonly Matrix[];
  /** The dropout mask D of each hidden layer, nₗ × m, where units dropped out. */
  readonly D?: readonly Matrix[];
}

/**
 * Forward propagation: X (n₀ × m) through every layer.
 *
 * @param D the dropout mask of each hidden layer, which its activations are multiplied by
 *   (dropout.ts)
 */
export function forward({ layers, output }: Network, X: Matrix, D?: readonly Matrix[]): Forward {
  const Z: Matrix[] = [];
  const A: Matrix[] = [X];
  for (const [l, { W, b, g }] of layers.entries()) {
    Z[l] = addColumn(multiply(W, A[l]!), b);
    A[l + 1] = l === layers.length - 1 ? output.activate(Z[l]!) : map(Z[l]!, g.f);
    if (D?.[l]) A[l + 1] = hadamard(A[l + 1]!, D[l]!);
  }
  return { Z, A, ...(D ? { D } : {}) };
}

/**
 * The mean loss over the examples, in nats, from the last weighted sums and the labels Y (n_L × m).
 *
 * @param w the weight of each example, if they do not all count the same: then it is J = 1/m Σ wⱼ ℓⱼ.
 *   It is divided by m, not by the sum of the weights.
 * @throws ShapeError when there is not one weight for each example
 */
export function meanLoss({ output }: Network, { Z }: Forward, Y: Matrix, w?: ArrayLike<number>): number {
  const losses = output.losses(Z[Z.length - 1]!, Y);
  if (w) requireWeights(w, losses.length);
  return losses.reduce((sum, loss, j) => sum + (w ? w[j]! * loss : loss), 0) / losses.length;
}
