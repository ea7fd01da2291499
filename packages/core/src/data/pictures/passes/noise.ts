import type { Grid } from '../picture.js';

/** At most about so many pixels are looked at. */
export const SAMPLES = 20_000;
/** A normal distribution's median distance from its mean, in standard deviations. */
export const MEDIAN_OF_NORMAL = 0.6745;

/**
 * The standard deviation of a picture's grain, in its values. The difference of two Laplacians leaves neither
 * constant regions nor slopes, only noise, six times as strong (Immerkær 1996, "Fast noise variance
 * estimation"); its median leaves out strokes.
 */
export function grainOf(grid: Grid): number {
  const values = laplacians(grid, Math.max(1, Math.floor(grid.data.length / SAMPLES))).sort();
  return (values[values.length >> 1] ?? 0) / (6 * MEDIAN_OF_NORMAL);
}

/** The absolute differences of two Laplacians at every `step`-th pixel, without the border. */
function laplacians({ width, height, data }: Grid, step: number): Float32Array {
  const values = new Float32Array(Math.ceil(data.length / step));
  let count = 0;
  for (let at = width + 1; at < width * (height - 1) - 1; at += step) {
    const x = at % width;
    if (x === 0 || x === width - 1) continue;
    const [above, below] = [at - width, at + width];
    const corners = data[above - 1]! + data[above + 1]! + data[below - 1]! + data[below + 1]!;
    const sides = data[above]! + data[below]! + data[at - 1]! + data[at + 1]!;
    values[count++] = Math.abs(corners - 2 * sides + 4 * data[at]!);
  }
  return values.subarray(0, count);
}

/** Each pixel becomes the mean of 3 × 3, weighted 1 2 1 across and down, so many times. */
export function smooth(grid: Grid, times: number): Grid {
  const { width, height } = grid;
  let { data } = grid;
  for (let time = 0; time < times; time++) {
    const rows = new Float32Array(data.length);
    for (let at = 0; at < data.length; at++) {
      const x = at % width;
      rows[at] = (data[x > 0 ? at - 1 : at]! + 2 * data[at]! + data[x < width - 1 ? at + 1 : at]!) / 4;
    }
    data = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at++) {
      const above = at < width ? at : at - width;
      const below = at + width < rows.length ? at + width : at;
      data[at] = (rows[above]! + 2 * rows[at]! + rows[below]!) / 4;
    }
  }
  return { width, height, data };
}

/** Each pixel becomes the mean of the square window around it, as far as it is in the picture. */
export function meanAround({ width, height, data }: Grid, radius: number): Grid {
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) slideMean(data, rows, y * width, 1, width, radius);
  const result = new Float32Array(data.length);
  for (let x = 0; x < width; x++) slideMean(rows, result, x, width, height, radius);
  return { width, height, data: result };
}

function slideMean(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let [sum, count] = [0, 0];
  for (let i = 0; i < length + radius; i++) {
    if (i < length) {
      sum += from[start + i * step]!;
      count++;
    }
    const place = i - radius;
    if (place < 0) continue;
    if (place > radius) {
      sum -= from[start + (place - radius - 1) * step]!;
      count--;
    }
    to[start + place * step] = sum / count;
  }
}
