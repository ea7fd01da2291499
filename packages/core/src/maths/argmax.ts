import type { Matrix } from './matrix.js';

/** The index of the largest value, the first of equal ones. Values that are not a number never win. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** The most likely class of example j: the row of the largest entry in column j, the first of equal ones. */
export function mostLikely({ rows, cols, data }: Matrix, j: number): number {
  let best = 0;
  for (let i = 1; i < rows; i++) if (data[i * cols + j]! > data[best * cols + j]!) best = i;
  return best;
}
