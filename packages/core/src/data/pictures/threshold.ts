import { STEPS } from './passes/planes.js';
import { countSteps } from './passes.js';

/** A threshold, and how far apart the two classes are. */
export interface Threshold {
  /** Values from here on are of the upper class. */
  readonly threshold: number;
  /** The variance between the means of the two classes. */
  readonly separation: number;
}

/**
 * The threshold that separates values into two classes with the largest variance between their means (Otsu
 * 1979, "A threshold selection method from gray-level histograms").
 *
 * @param most the largest value that occurs; the smallest is 0
 */
export function otsuThreshold(values: Float32Array, most: number): Threshold {
  const counts = countSteps(values, most);
  const total = counts.reduce((sum, count, bin) => sum + bin * count, 0);
  let [below, sumBelow, best, at] = [0, 0, 0, 0];
  for (let bin = 0; bin < STEPS - 1; bin++) {
    below += counts[bin]!;
    sumBelow += bin * counts[bin]!;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const apart = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * apart * apart;
    if (between > best) [best, at] = [between, bin];
  }
  return {
    threshold: ((at + 1) * most) / STEPS,
    separation: (best / (values.length * values.length)) * ((most * most) / (STEPS * STEPS)),
  };
}
