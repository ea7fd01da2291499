import type { Color, Passes } from '../passes-types.js';
import type { Grid, OpaquePicture, Picture } from '../picture.js';
import { countSteps } from './threshold.js';

/** For each plane, how many of every `step`-th pixels are in each of 256 steps. */
export let countColors = (
  rgb: Uint8ClampedArray,
  step: number,
  planes: readonly Color[],
): readonly Float64Array[] => planes.map((weights) => countSteps(sums(rgb, step, weights), 256));

/** The weighted sum of red, green and blue, scaled down to this side if it is larger. */
export let plane = ({ width, height, rgb }: OpaquePicture, weights: Color, side: number): Grid => {
  const gray = { width, height, data: sums(rgb, 1, weights) };
  return Math.max(width, height) > side ? scaleToSide(gray, side) : gray;
};

/**
 * Scales the grid so that its longer side has `side` pixels, with the same aspect ratio to the
 * nearest pixel. When it gets smaller, a pixel is the mean of the area that it covers. When it gets
 * larger, values are interpolated between the centers of pixels.
 */
export let scaleToSide = (grid: Grid, side: number): Grid => {
  const { width, height } = grid;
  const factor = side / Math.max(width, height);
  return scaleRows(
    scaleRows(grid, Math.max(1, Math.round(width * factor))),
    Math.max(1, Math.round(height * factor)),
  );
};

/** The weighted sum of red, green and blue of every `step`-th pixel. */
function sums(rgb: Uint8ClampedArray, step: number, [red, green, blue]: Color): Float32Array {
  const data = new Float32Array(Math.ceil(rgb.length / (3 * step)));
  for (let i = 0, at = 0; i < data.length; i++, at += 3 * step) {
    data[i] = red * rgb[at]! + green * rgb[at + 1]! + blue * rgb[at + 2]!;
  }
  return data;
}

/** Scales every row: a multiplication by a sparse matrix. Rows become columns. */
function scaleRows({ width, height, data }: Grid, to: number): Grid {
  const taps = to < width ? areas(width, to) : neighbors(width, to);
  const scaled = new Float32Array(to * height);
  for (let y = 0; y < height; y++) {
    for (const [x, { from, weights }] of taps.entries()) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[y * width + from + k]!;
      scaled[x * height + y] = sum;
    }
  }
  return { width: height, height: to, data: scaled };
}

/** The pixels that make up one scaled pixel: those from `from` on, with weights that sum to 1. */
interface Taps {
  readonly from: number;
  readonly weights: readonly number[];
}

/**
 * Scaled pixel i covers [i · width / to, (i + 1) · width / to). The weight of each pixel is the
 * part of it that is covered.
 */
function areas(width: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, i) => {
    const start = (i * width) / to;
    const end = ((i + 1) * width) / to;
    const from = Math.floor(start);
    const weights = Array.from({ length: Math.min(width, Math.ceil(end)) - from }, (__, k) => {
      const covered = Math.min(end, from + k + 1) - Math.max(start, from + k);
      return (covered * to) / width;
    });
    return { from, weights };
  });
}

/**
 * The center of scaled pixel i is between the centers of two pixels. The nearer one has the larger
 * weight.
 */
function neighbors(width: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, i) => {
    const center = Math.max(0, Math.min(width - 1, ((i + 0.5) * width) / to - 0.5));
    const from = Math.floor(center);
    const part = center - from;
    return { from, weights: part === 0 ? [1] : [1 - part, part] };
  });
}

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
export function usePlanes(by: Pick<Passes, 'countColors' | 'plane' | 'scaleToSide' | 'shrink'>): void {
  ({ countColors, plane, scaleToSide, shrink } = by);
}
