/**
 * A column of a table of numbers, and how its values become bytes: `min` becomes 0, `max` becomes
 * 255, and the steps between are even. Columns that are bytes already have 0 and 255, which changes
 * nothing.
 */
export interface Feature {
  /** The name of the column. */
  readonly name: string;
  /** The smallest and largest value in the training data, in the column's own unit. */
  readonly min: number;
  /** The largest value in the training data. */
  readonly max: number;
}

/**
 * The byte for a value: the nearest of 256 even steps. A value outside the range becomes the nearer
 * end. A constant column becomes 0.
 */
export function byteOf(value: number, { min, max }: Feature): number {
  const share = max > min ? (value - min) / (max - min) : 0;
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}
