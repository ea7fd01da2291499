/**
 * A column of a table of numbers, and how its values become bytes: 0 at `min`, 255 at `max`, evenly between. Columns that were bytes
 * already have 0 and 255, which changes nothing.
 */
export interface Feature {
  readonly name: string;
  /** The least and the largest value in the training data, in the column's own unit. */
  readonly min: number;
  readonly max: number;
}

/** The byte that stands for a value: one of 256 even steps. What lies outside becomes the nearer end; a constant column is 0. */
export function byteOf(value: number, { min, max }: Feature): number {
  const share = max > min ? (value - min) / (max - min) : 0;
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}
