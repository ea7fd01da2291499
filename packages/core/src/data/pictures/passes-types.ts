import type { Box } from './crop.js';
import type { Mark, Marks } from './mark.js';
import type { Grid, OpaquePicture, Picture } from './picture.js';

/** Numbers for red, green and blue. */
export type Color = readonly [red: number, green: number, blue: number];

/** 1 for the largest values, −1 for the smallest. */
export type Sign = 1 | -1;

/** All marks of a mask, those that are kept, and a mask of these. */
export interface ChosenMarks {
  readonly all: readonly Mark[];
  readonly marks: readonly Mark[];
  readonly mask: Uint8Array;
}

/** Passes over all pixels of a picture. */
export interface Passes {
  /**
   * Red, green and blue of each square of `side` pixels: their mean, with the page where they are
   * transparent.
   */
  readonly shrink: (picture: Picture, side: number, page: Color) => Uint8ClampedArray;
  /** For each plane, how many of every `step`-th pixels are in each of 256 steps. */
  readonly countColors: (
    rgb: Uint8ClampedArray,
    step: number,
    planes: readonly Color[],
  ) => readonly Float64Array[];
  /** The weighted sum of red, green and blue, scaled down to this side if it is larger. */
  readonly plane: (sheet: OpaquePicture, weights: Color, side: number) => Grid;
  /** Scales the grid so that its longer side has so many pixels. */
  readonly scaleToSide: (grid: Grid, side: number) => Grid;
  /** `largestAround` and `smallestAround`, one after the other. */
  readonly extremesAround: (grid: Grid, radius: number, signs: readonly Sign[]) => Grid;
  /**
   * The contrast with each kind of paper, what is left after these extremes; and the grain before and after
   * it was smoothed.
   */
  readonly paperContrast: (
    gray: Grid,
    kinds: readonly (readonly Sign[])[],
    radius: number,
  ) => readonly [contrasts: readonly Float32Array[], grain: number, left: number];
  /** Of how much each pixel is lighter than its surroundings. */
  readonly skewness: (gray: Grid) => number;
  /** Undefined if fewer values than these are above the floor. */
  readonly inkThreshold: (values: Float32Array, floor: number, fewest: number) => number | undefined;
  readonly meanWhere: (values: Float32Array, mask: Uint8Array) => number;
  readonly maskAbove: (values: Float32Array, threshold: number) => Uint8Array;
  readonly findMarks: (mask: Uint8Array, width: number, height: number) => Marks;
  /** `choose` must do no passes. */
  readonly chooseFrom: (
    mask: Uint8Array,
    width: number,
    height: number,
    choose: (all: readonly Mark[]) => readonly Mark[],
  ) => ChosenMarks;
  readonly erase: (grid: Grid, threshold: number, kept: Uint8Array, edge: number) => void;
  readonly softInk: (contrast: Grid, mask: Uint8Array, edge: number, from: number, to: number) => Grid;
  readonly outlineOf: (mask: Uint8Array, width: number, height: number) => number;
  readonly widened: (mask: Uint8Array, width: number, height: number, by: number) => Float32Array;
  readonly boxOfInk: (ink: Grid) => Box;
  /** How many pixels of each line are set. */
  readonly countLines: (
    mask: Uint8Array,
    length: number,
    step: number,
    count: number,
    next: number,
  ) => Int32Array;
}
