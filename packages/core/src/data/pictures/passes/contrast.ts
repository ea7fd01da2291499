import type { Passes, Sign } from '../passes-types.js';
import type { Grid } from '../picture.js';
import { extremesAround } from './extremes.js';
import { grainOf, meanAround, smooth } from './noise.js';

/**
 * Strokes are narrower than this share of the picture's longer side; what is wider is paper, table or
 * shadow.
 */
export const WIDEST_STROKE = 0.2;
/** Below this lightness, 0–255, contrast is measured as on paper of this lightness: it would be grain. */
export const DARKEST_PAPER = 60;

/** How often grain of so many gray levels is smoothed. */
export function timesOf(grain: number): number {
  return grain > 8 ? 6 : grain > 3 ? 3 : Number(grain > 1);
}

/**
 * How much each pixel, with its grain smoothed, differs from the paper, as a share of the lighter of both:
 * for each kind of paper, what is left of the picture after these extremes.
 */
export let paperContrast = (
  gray: Grid,
  kinds: readonly (readonly Sign[])[],
  radius: number,
): readonly [contrasts: readonly Float32Array[], grain: number, left: number] => {
  const grain = grainOf(gray);
  const plane = smooth(gray, timesOf(grain));
  const contrasts = kinds.map((signs) => {
    const paper = extremesAround(plane, radius, signs).data;
    return plane.data.map(
      (value, i) => Math.abs(value - paper[i]!) / Math.max(value, paper[i]!, DARKEST_PAPER),
    );
  });
  return [contrasts, grain, grainOf(plane)];
};

/**
 * Of how much each pixel is lighter than its surroundings. Ink is rarer than paper: below 0 it is dark,
 * above 0 light. Large regions of different lightness do not count.
 */
export let skewness = (gray: Grid): number => {
  const { width, height, data } = gray;
  const means = meanAround(gray, Math.max(2, Math.round((WIDEST_STROKE * Math.max(width, height)) / 2))).data;
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const difference = data[i]! - means[i]!;
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  return squares > 0 ? (cubes / (squares * Math.sqrt(squares))) * Math.sqrt(data.length) : 0;
};

/** Lets something else do these passes, with the same bits. */
export function useContrast(by: Pick<Passes, 'paperContrast' | 'skewness'>): void {
  ({ paperContrast, skewness } = by);
}
