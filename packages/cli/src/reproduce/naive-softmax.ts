import type { Matrix } from '@longhand/core';
import { matrix, type Output, softmaxOutput } from '@longhand/core/maths';

/**
 * The softmax of the notebook, `np.exp(Z) / sum(np.exp(Z))`: exp overflows for z > 709, and ∞ / ∞
 * is NaN. A mistake, kept to show what it costs; the correct softmax is in core.
 */
export function naiveSoftmax(Z: Matrix): Matrix {
  const A = matrix(Z.rows, Z.cols, Z.data.map(Math.exp));
  for (let j = 0; j < Z.cols; j++) {
    let sum = 0;
    for (let i = 0; i < Z.rows; i++) sum += A.data[i * Z.cols + j]!;
    for (let i = 0; i < Z.rows; i++) A.data[i * Z.cols + j]! /= sum;
  }
  return A;
}

export const naiveSoftmaxOutput: Output = { ...softmaxOutput, activate: naiveSoftmax };
