import { ShapeError } from '../errors.js';

/**
 * A matrix of 64-bit floats, row by row: entry (i, j) is `data[i * cols + j]`. A vector is a matrix
 * with one column.
 */
export interface Matrix {
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly cols: number;
  /** All entries, row by row. */
  readonly data: Float64Array;
}

/**
 * A matrix of the numbers in `data` (row by row; a Float64Array is not copied), or of zeros.
 *
 * @throws ShapeError when `data` does not have `rows × cols` entries
 */
export function matrix(rows: number, cols: number, data?: Float64Array | readonly number[]): Matrix {
  if (data !== undefined && data.length !== rows * cols) {
    throw new ShapeError(`a matrix of ${rows} × ${cols} needs ${rows * cols} entries, found ${data.length}`);
  }
  if (data instanceof Float64Array) return { rows, cols, data };
  return { rows, cols, data: data ? Float64Array.from(data) : new Float64Array(rows * cols) };
}

/** `10 × 784`: how the board writes a shape under a symbol. */
export function shape({ rows, cols }: Matrix): string {
  return `${rows} × ${cols}`;
}

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
 * A + B, entry by entry: (n×m) and (n×m). This and the next two throw a ShapeError when the shapes
 * differ.
 */
export function add(A: Matrix, B: Matrix): Matrix {
  return zip('add', A, B, (a, b) => a + b);
}

/** A − B, entry by entry. */
export function subtract(A: Matrix, B: Matrix): Matrix {
  return zip('subtract', A, B, (a, b) => a - b);
}

/** A ⊙ B: the product entry by entry. */
export function hadamard(A: Matrix, B: Matrix): Matrix {
  return zip('multiply entry by entry', A, B, (a, b) => a * b);
}

/** s A. */
export function scale(A: Matrix, s: number): Matrix {
  return map(A, (a) => s * a);
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

/** f of every entry. */
export function map(A: Matrix, f: (a: number) => number): Matrix {
  return matrix(A.rows, A.cols, A.data.map(f));
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

/** Whether every entry is finite: neither NaN nor ±∞. */
export function isFiniteMatrix(A: Matrix): boolean {
  return A.data.every(Number.isFinite);
}

/** @throws ShapeError when the shapes differ; it names both */
export function requireSameShape(verb: string, A: Matrix, B: Matrix): void {
  if (A.rows !== B.rows || A.cols !== B.cols) {
    throw new ShapeError(`cannot ${verb} ${shape(A)} and ${shape(B)}: the shapes must be the same`);
  }
}

function zip(verb: string, A: Matrix, B: Matrix, f: (a: number, b: number) => number): Matrix {
  requireSameShape(verb, A, B);
  return matrix(
    A.rows,
    A.cols,
    A.data.map((a, index) => f(a, B.data[index]!)),
  );
}
