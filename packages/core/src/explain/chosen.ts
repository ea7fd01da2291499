/** How figures and sums are written: `WriteOutOptions` with its defaults filled in. */
export interface Chosen {
  readonly digits: number;
  readonly most: number;
}
