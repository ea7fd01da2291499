import type { Box } from './crop.js';
import type { Marks } from './mark.js';
import type { Grid, Picture } from './picture.js';

/** Numbers for red, green and blue. */
export type Color = readonly [red: number, green: number, blue: number];

/** The pixels that make up one scaled pixel: those from `from` on, with weights that sum to 1. */
export interface Taps {
  readonly from: number;
  readonly weights: readonly number[];
}

/** 1 for the largest values, −1 for the smallest. */
export type Sign = 1 | -1;

/** Passes over all pixels of a picture. */
export interface Passes {
  /**
   * Red, green and blue of each square of `side` pixels: their mean, with the page where they are
   * transparent.
   */
  readonly shrink: (picture: Picture, side: number, page: Color) => Uint8ClampedArray;
  /** The weighted sum of red, green and blue of every `step`-th pixel. */
  readonly plane: (rgb: Uint8ClampedArray, step: number, weights: Color) => Float32Array;
  /** How many values are in each of 256 steps from 0 to `most`. */
  readonly countSteps: (values: Float32Array, most: number) => Float64Array;
  /** Scales the rows, which become columns. */
  readonly scaleRows: (grid: Grid, taps: readonly Taps[]) => Grid;
  /** `largestAround` and `smallestAround`, one after the other. */
  readonly extremesAround: (grid: Grid, radius: number, signs: readonly Sign[]) => Grid;
  readonly meanAround: (grid: Grid, radius: number) => Grid;
  readonly smooth: (grid: Grid, times: number) => Grid;
  /** How far the pixels differ from the slopes around them, at every `step`-th. */
  readonly laplacians: (grid: Grid, step: number) => Float32Array;
  /** The sums of the squares and of the cubes of the differences. */
  readonly moments: (values: Float32Array, means: Float32Array) => readonly [number, number];
  readonly contrastWith: (values: Float32Array, paper: Float32Array, darkest: number) => Float32Array;
  readonly valuesAbove: (values: Float32Array, floor: number) => Float32Array;
  /** The mean of the values from the threshold on; NaN if there are none. */
  readonly meanFrom: (values: Float32Array, threshold: number) => number;
  readonly meanWhere: (values: Float32Array, mask: Uint8Array) => number;
  readonly maskAbove: (values: Float32Array, threshold: number) => Uint8Array;
  readonly maskOfMarks: (markOf: Int32Array, isKept: Uint8Array) => Uint8Array;
  readonly findMarks: (mask: Uint8Array, width: number, height: number) => Marks;
  readonly erase: (grid: Grid, threshold: number, kept: Uint8Array, edge: number) => void;
  readonly ramp: (values: Float32Array, near: Float32Array, from: number, to: number) => Float32Array;
  readonly outlineOf: (mask: Uint8Array, width: number, height: number) => number;
  readonly squaredDistances: (mask: Uint8Array, width: number, height: number, set: 0 | 1) => Grid;
  readonly redraw: (toInk: Float32Array, toPaper: Float32Array, by: number) => Float32Array;
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
