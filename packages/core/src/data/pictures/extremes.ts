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
  const queue = new Int32Array(Math.max(width, height));
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) slide(data, rows, y * width, 1, width, { radius, sign, queue });
  const result = new Float32Array(data.length);
  for (let x = 0; x < width; x++) slide(rows, result, x, width, height, { radius, sign, queue });
  return { width, height, data: result };
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
  { radius, sign, queue }: { radius: number; sign: 1 | -1; queue: Int32Array },
): void {
  let [head, tail] = [0, 0];
  for (let i = 0; i < length + radius; i++) {
    if (i < length) {
      const value = sign * from[start + i * step]!;
      while (tail > head && sign * from[start + queue[tail - 1]! * step]! <= value) tail--;
      queue[tail++] = i;
    }
    const place = i - radius;
    if (place < 0) continue;
    while (queue[head]! < place - radius) head++;
    to[start + place * step] = from[start + queue[head]! * step]!;
  }
}
