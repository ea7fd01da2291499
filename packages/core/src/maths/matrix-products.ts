// What works with rows and columns. Apart from matrix.ts: a page that trains needs no products of its own.
import { ShapeError } from '../errors.js';
import { type Matrix, matrix, shape } from './matrix.js';

/**
 * The product A (n×k) · B (k×m) → (n×m).
 *
 * @throws ShapeError when A does not have as many columns as B has rows
 */
export function multiply(A: Matrix, B: Matrix): Matrix {
  if (A.cols !== B.rows) {
    throw new ShapeError(`cannot multiply ${shape(A)} by ${shape(B)}: ${A.cols} columns, ${B.rows} rows`);
  }
  const { cols: m, data: b } = B;
  const C = matrix(A.rows, m);
  for (let i = 0; i < A.rows; i++) {
    const row = C.data.subarray(i * m, (i + 1) * m);
    for (let k = 0; k < A.cols; k++) {
      const a = A.data[i * A.cols + k]!;
      const offset = k * m;
      for (let j = 0; j < m; j++) row[j]! += a * b[offset + j]!;
    }
  }
  return C;
}

/** Aᵀ: (n×m) → (m×n). */
export function transpose(A: Matrix): Matrix {
  const T = matrix(A.cols, A.rows);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.cols; j++) T.data[j * A.rows + i] = A.data[i * A.cols + j]!;
  }
  return T;
}

/**
 * Z + b: the column b (n×1) is added to every column of Z (n×m).
 *
 * @throws ShapeError when b is not n×1
 */
export function addColumn(Z: Matrix, b: Matrix): Matrix {
  if (b.rows !== Z.rows || b.cols !== 1) {
    throw new ShapeError(`cannot add a column of ${shape(b)} to ${shape(Z)}: it must be ${Z.rows} × 1`);
  }
  return matrix(
    Z.rows,
    Z.cols,
    Z.data.map((z, index) => z + b.data[Math.floor(index / Z.cols)]!),
  );
}

/**
 * Every column times its own number: (n×m) with m numbers → (n×m). On the board, A diag(w).
 *
 * @throws ShapeError when there is not one number for each column
 */
export function scaleColumns(A: Matrix, w: ArrayLike<number>): Matrix {
  requireWeights(w, A.cols);
  return matrix(
    A.rows,
    A.cols,
    A.data.map((a, index) => a * w[index % A.cols]!),
  );
}

/** @throws ShapeError when there is not one weight for each of m examples */
export function requireWeights(w: ArrayLike<number>, m: number): void {
  if (w.length !== m) throw new ShapeError(`${w.length} weights for ${m} examples: each needs one`);
}

/** The sum over the examples, which are the columns: (n×m) → (n×1), one value per unit. */
export function sumOverExamples(A: Matrix): Matrix {
  const sums = matrix(A.rows, 1);
  for (let i = 0; i < A.rows; i++) {
    let sum = 0;
    for (let j = 0; j < A.cols; j++) sum += A.data[i * A.cols + j]!;
    sums.data[i] = sum;
  }
  return sums;
}
