import type { Grid } from './picture.js';

/**
 * The grid without dark details that are narrower than the window: first each pixel becomes the largest value
 * around it, then the smallest of those (gray-scale closing, Serra 1982). Steps between wide regions stay.
 *
 * @param radius of the square window, in pixels: it is 2 × radius + 1 wide
 */
export function closing(grid: Grid, radius: number): Grid {
  return smallestAround(largestAround(grid, radius), radius);
}

/** The grid without light details that are narrower than the window (gray-scale opening). */
export function opening(grid: Grid, radius: number): Grid {
  return largestAround(smallestAround(grid, radius), radius);
}

/** Every pixel becomes the largest value in the square window around it. */
export function largestAround(grid: Grid, radius: number): Grid {
  return extremesAround(grid, radius, 1);
}

function smallestAround(grid: Grid, radius: number): Grid {
  return extremesAround(grid, radius, -1);
}

/** @param sign 1 for the largest values, −1 for the smallest */
function extremesAround({ width, height, data }: Grid, radius: number, sign: 1 | -1): Grid {
  const length = Math.max(width, height);
  const line = {
    values: new Float32Array(length),
    places: new Int32Array(length),
    best: new Float32Array(length),
  };
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) slide(data, rows, y * width, 1, width, radius, sign, line);
  const result = new Float32Array(data.length);
  for (let x = 0; x < width; x++) slide(rows, result, x, width, height, radius, sign, line);
  return { width, height, data: result };
}

/** Memory for one line: its values, those that wait, and their places. */
interface Line {
  readonly values: Float32Array;
  readonly best: Float32Array;
  readonly places: Int32Array;
}

/**
 * The most extreme value within `radius` of each value of a line: those that can still become it wait in a queue,
 * so that every value is looked at twice at most, whatever the radius.
 */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  sign: 1 | -1,
  { values, best, places }: Line,
): void {
  for (let i = 0, at = start; i < length; i++, at += step) values[i] = sign * from[at]!;
  let [head, tail] = [0, 0];
  for (let i = 0, at = start; i < length + radius; i++) {
    if (i < length) {
      const value = values[i]!;
      while (tail > head && best[tail - 1]! <= value) tail--;
      best[tail] = value;
      places[tail++] = i;
    }
    const place = i - radius;
    if (place < 0) continue;
    while (places[head]! < place - radius) head++;
    to[at] = sign * best[head]!;
    at += step;
  }
}
