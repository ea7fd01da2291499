/** A set of pixels that touch, also at corners. */
export interface Mark {
  /** From 1, as in `markOf`. */
  readonly number: number;
  /** In pixels. */
  readonly area: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** How many of its pixels lie on the picture's border. */
  readonly onBorder: number;
}

/** The marks of a picture, and which one each pixel belongs to; 0 for none. */
export interface Marks {
  readonly marks: readonly Mark[];
  readonly markOf: Int32Array;
}
