import { extremesAround } from './passes.js';
import type { Sign } from './passes-types.js';
import type { Grid } from './picture.js';

/**
 * `extremesAround` with these leaves out dark details that are narrower than the window: each pixel becomes
 * the largest value around it, then the smallest of those (gray-scale closing, Serra 1982). Steps between
 * wide regions stay.
 */
export const CLOSING: readonly Sign[] = [1, -1];

/** With these, light details (gray-scale opening). */
export const OPENING: readonly Sign[] = [-1, 1];

/** Every pixel becomes the largest value in the square window around it. */
export function largestAround(grid: Grid, radius: number): Grid {
  return extremesAround(grid, radius, [1]);
}
