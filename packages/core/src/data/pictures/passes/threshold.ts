import type { Passes } from '../passes-types.js';
import { otsuThreshold, STEPS } from '../threshold.js';

/**
 * Where ink begins among the values above the floor: Otsu's threshold, or half the ink's level where pale
 * pixels would drive it up. Undefined for fewer values than these.
 */
export let inkThreshold = (values: Float32Array, floor: number, fewest: number): number | undefined => {
  const above = values.filter((value) => value > floor);
  if (above.length < fewest) return undefined;
  const { threshold } = otsuThreshold(countSteps(above, 1), above.length, 1);
  // Where there are none, NaN.
  const level = meanOf(above.filter((value) => value >= threshold)) || threshold;
  return Math.max(floor, Math.min(threshold, level / 2));
};

/** How many values are in each of 256 steps from 0 to `most`. */
export function countSteps(values: Float32Array, most: number): Float64Array {
  const counts = new Float64Array(STEPS);
  for (const value of values) counts[Math.max(0, Math.min(STEPS - 1, Math.floor((value / most) * STEPS)))]!++;
  return counts;
}

/** NaN without values. */
export function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Lets something else do this pass, with the same bits. */
export function useThreshold(by: Pick<Passes, 'inkThreshold'>): void {
  ({ inkThreshold } = by);
}
