import { type Matrix, map, matrix } from '../maths/matrix.js';

/** A matrix whose entry (i, j) is f(i, j). */
export function fill(rows: number, cols: number, f: (i: number, j: number) => number): Matrix {
  const filled = matrix(rows, cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) filled.data[i * cols + j] = f(i, j);
  return filled;
}

/** A matrix of one number. */
export function constant(rows: number, cols: number, value: number): Matrix {
  return fill(rows, cols, () => value);
}

/** A matrix that was computed here because a learner did not save it, with the sizes of its terms. */
export interface Derived extends Matrix {
  readonly sizes?: Matrix;
}

/** |A|, entry by entry; of a derived matrix, the sizes of its terms: it may be wrong by their rounding. */
export function absolute(A: Derived): Matrix {
  return A.sizes ?? map(A, Math.abs);
}
