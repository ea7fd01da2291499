/** Steps of a histogram. */
export const STEPS = 256;

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
 * @param counts how many values are in each of 256 steps from 0 to `most`
 */
export function otsuThreshold(counts: Float64Array, count: number, most: number): Threshold {
  const total = counts.reduce((sum, many, bin) => sum + bin * many, 0);
  let [below, sumBelow, best, at] = [0, 0, 0, 0];
  for (let bin = 0; bin < STEPS - 1; bin++) {
    below += counts[bin]!;
    sumBelow += bin * counts[bin]!;
    const above = count - below;
    if (below === 0 || above === 0) continue;
    const apart = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * apart * apart;
    if (between > best) [best, at] = [between, bin];
  }
  return {
    threshold: ((at + 1) * most) / STEPS,
    separation: (best / (count * count)) * ((most * most) / (STEPS * STEPS)),
  };
}
