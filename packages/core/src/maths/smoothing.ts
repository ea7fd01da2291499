import { type Matrix, map } from './matrix.js';

/**
 * Label smoothing (Szegedy et al. 2016, https://arxiv.org/abs/1512.00567): Y (n×m) := (1 − ε) Y +
 * ε/n. Every column of Y still sums to 1, so the equations of the loss and of dZ = A − Y stay the
 * same.
 */
export function smoothLabels(Y: Matrix, epsilon: number): Matrix {
  return epsilon === 0 ? Y : map(Y, (y) => (1 - epsilon) * y + epsilon / Y.rows);
}
