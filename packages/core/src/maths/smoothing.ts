import { type Matrix, map } from './matrix.js';

/**
 * Label smoothing (Szegedy et al. 2016, https://arxiv.org/abs/1512.00567): Y (n×m) := (1 − ε) Y + ε/n. The columns of Y
 * still sum to 1, so loss and dZ = A − Y stay as they are.
 */
export function smoothLabels(Y: Matrix, epsilon: number): Matrix {
  return epsilon === 0 ? Y : map(Y, (y) => (1 - epsilon) * y + epsilon / Y.rows);
}
