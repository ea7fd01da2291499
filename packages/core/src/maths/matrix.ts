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
export function matrix(
  rows: number,
  cols: number,
  data?: Float64Array | Float32Array | readonly number[],
): Matrix {
  const entries = data ?? new Float64Array(rows * cols);
  if (entries.length !== rows * cols) {
    throw new ShapeError(
      `a matrix of ${rows} × ${cols} needs ${rows * cols} entries, found ${entries.length}`,
    );
  }
  return { rows, cols, data: entries instanceof Float64Array ? entries : Float64Array.from(entries) };
}

/** `10 × 784`: how the board writes a shape under a symbol. */
export function shape({ rows, cols }: Matrix): string {
  return `${rows} × ${cols}`;
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

/** f of every entry. */
export function map(A: Matrix, f: (a: number) => number): Matrix {
  return matrix(A.rows, A.cols, A.data.map(f));
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
