import { type Matrix, matrix } from './matrix.js';

/**
 * softmax of every column: Z (n×m) → A (n×m), aᵢ = exp(zᵢ − max z) / Σₖ exp(zₖ − max z).
 * Subtracting the column's maximum changes nothing in exact arithmetic, and exp cannot overflow.
 */
export function softmax(Z: Matrix): Matrix {
  const A = matrix(Z.rows, Z.cols);
  for (let j = 0; j < Z.cols; j++) {
    const max = columnMaximum(Z, j);
    let sum = 0;
    for (let i = 0; i < Z.rows; i++) sum += A.data[i * Z.cols + j] = Math.exp(Z.data[i * Z.cols + j]! - max);
    for (let i = 0; i < Z.rows; i++) A.data[i * Z.cols + j]! /= sum;
  }
  return A;
}

/**
 * logsumexp of every column: Z (n×m) → one value per example, log Σ exp(z) = max z + log Σ exp(z −
 * max z).
 */
export function logSumExp(Z: Matrix): Float64Array {
  return Float64Array.from({ length: Z.cols }, (_, j) => {
    const max = columnMaximum(Z, j);
    let sum = 0;
    for (let i = 0; i < Z.rows; i++) sum += Math.exp(Z.data[i * Z.cols + j]! - max);
    return max + Math.log(sum);
  });
}

function columnMaximum(Z: Matrix, j: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < Z.rows; i++) max = Math.max(max, Z.data[i * Z.cols + j]!);
  return max;
}
