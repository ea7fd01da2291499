import type { Color, Passes, Taps } from '../passes-types.js';
import type { Grid, Picture } from '../picture.js';

/** Steps of a histogram. */
export const STEPS = 256;

/** The weighted sum of red, green and blue of every `step`-th pixel. */
export let plane = (rgb: Uint8ClampedArray, step: number, [red, green, blue]: Color): Float32Array => {
  const data = new Float32Array(Math.ceil(rgb.length / (3 * step)));
  for (let i = 0, at = 0; i < data.length; i++, at += 3 * step) {
    data[i] = red * rgb[at]! + green * rgb[at + 1]! + blue * rgb[at + 2]!;
  }
  return data;
};

/** How many values are in each of 256 steps from 0 to `most`. */
export let countSteps = (values: Float32Array, most: number): Float64Array => {
  const counts = new Float64Array(STEPS);
  for (const value of values) counts[Math.max(0, Math.min(STEPS - 1, Math.floor((value / most) * STEPS)))]!++;
  return counts;
};

/** Scales every row: a multiplication by a sparse matrix. Rows become columns. */
export let scaleRows = ({ width, height, data }: Grid, taps: readonly Taps[]): Grid => {
  const scaled = new Float32Array(taps.length * height);
  for (let y = 0; y < height; y++) {
    for (const [x, { from, weights }] of taps.entries()) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[y * width + from + k]!;
      scaled[x * height + y] = sum;
    }
  }
  return { width: height, height: taps.length, data: scaled };
};

/**
 * Red, green and blue of each square of `side` pixels: their mean, with the page where they are transparent.
 */
export let shrink = (
  { width, height, channels, data }: Picture,
  side: number,
  page: Color,
): Uint8ClampedArray => {
  const [wide, high] = [Math.ceil(width / side), Math.ceil(height / side)];
  const hasAlpha = channels === 2 || channels === 4;
  const green = Number(channels > 2);
  const blue = 2 * green;
  const rgb = new Uint8ClampedArray(3 * wide * high);
  for (let row = 0, to = 0; row < high; row++) {
    const bottom = Math.min((row + 1) * side, height);
    for (let column = 0; column < wide; column++, to += 3) {
      const right = Math.min((column + 1) * side, width);
      let [pixels, r, g, b] = [0, 0, 0, 0];
      for (let y = row * side; y < bottom; y++) {
        for (let x = column * side; x < right; x++) {
          const at = (y * width + x) * channels;
          const alpha = hasAlpha ? data[at + channels - 1]! / 255 : 1;
          r += alpha * (data[at]! - page[0]);
          g += alpha * (data[at + green]! - page[1]);
          b += alpha * (data[at + blue]! - page[2]);
          pixels++;
        }
      }
      rgb[to] = page[0] + r / pixels;
      rgb[to + 1] = page[1] + g / pixels;
      rgb[to + 2] = page[2] + b / pixels;
    }
  }
  return rgb;
};

/** Lets something else do these passes, with the same bits. */
export function usePlanes(by: Pick<Passes, 'countSteps' | 'plane' | 'scaleRows' | 'shrink'>): void {
  ({ countSteps, plane, scaleRows, shrink } = by);
}
