import type { Grid } from '../pictures/picture.js';

/** The passes of reading pages. */
export interface PagePasses {
  readonly differenceOf: (a: Float32Array, b: Float32Array) => Float32Array;
  readonly relativeTo: (
    differences: Float32Array,
    values: Float32Array,
    paper: Float32Array,
    darkest: number,
  ) => Float32Array;
  /** The values of pixels that are set in the mask or beside such a one; 0 elsewhere. */
  readonly besideMask: (grid: Grid, mask: Uint8Array) => Float32Array;
  readonly sharesOf: (values: Float32Array, darkest: Float32Array, bare: number) => Float32Array;
  readonly edgesOf: (ink: Grid, markOf: Int32Array) => Int32Array;
  readonly thinRuns: (columns: Columns, thickness: number) => Int32Array;
}

/** A mask, read along its rows or its columns. */
export interface Columns {
  readonly mask: Uint8Array;
  /** Pixels along a line, and how far apart they are in the mask. */
  readonly length: number;
  readonly step: number;
  /** Lines side by side, and how far apart they are. */
  readonly count: number;
  readonly next: number;
}
