import type { Sign } from '../pictures/passes-types.js';
import type { Grid } from '../pictures/picture.js';

/** Where ink is, 1, and how much each pixel differs from its paper. */
export interface InkMask {
  readonly mask: Uint8Array;
  readonly difference: Float32Array;
}

/** The passes of reading pages. */
export interface PagePasses {
  /**
   * What differs from the paper, which is what is left after these extremes. Undefined if hardly anything.
   */
  readonly inkMask: (gray: Grid, signs: readonly Sign[], radius: number) => InkMask | undefined;
  readonly darkness: (difference: Grid, mask: Uint8Array, radius: number) => Grid;
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
