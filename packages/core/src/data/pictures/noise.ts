import { laplacians } from './passes.js';
import type { Grid } from './picture.js';

/** At most about so many pixels are looked at. */
const SAMPLES = 20_000;
/** A normal distribution's median distance from its mean, in standard deviations. */
const MEDIAN_OF_NORMAL = 0.6745;

/**
 * The standard deviation of a picture's grain, in its values. The difference of two Laplacians leaves neither
 * constant regions nor slopes, only noise, six times as strong (Immerkær 1996, "Fast noise variance
 * estimation"); its median leaves out strokes.
 */
export function grainOf(grid: Grid): number {
  const step = Math.max(1, Math.floor(grid.data.length / SAMPLES));
  const values = laplacians(grid, step);
  return (values.sort()[values.length >> 1] ?? 0) / (6 * MEDIAN_OF_NORMAL);
}
