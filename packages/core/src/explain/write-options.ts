/** How numbers and sums are written: `WriteOutOptions` with the defaults filled in. */
export interface WriteOptions {
  readonly digits: number;
  readonly most: number;
}
