import type { Passes, Sign } from '../passes-types.js';
import type { Grid } from '../picture.js';

/**
 * For each sign in turn, every pixel becomes the largest value (1) or the smallest (−1) in the window
 * around it.
 */
export let extremesAround = ({ width, height, data }: Grid, radius: number, signs: readonly Sign[]): Grid => {
  const queue = new Int32Array(Math.max(width, height));
  let result = data;
  for (const sign of signs) {
    const rows = new Float32Array(data.length);
    for (let y = 0; y < height; y++) slide(result, rows, y * width, 1, width, radius, sign, queue);
    result = new Float32Array(data.length);
    for (let x = 0; x < width; x++) slide(rows, result, x, width, height, radius, sign, queue);
  }
  return { width, height, data: result };
};

/**
 * The most extreme value within `radius` of each value of a line: those that can still become it wait in a
 * queue, so that every value is looked at twice at most, whatever the radius.
 */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  sign: Sign,
  queue: Int32Array,
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

/** Lets something else do these passes, with the same bits. */
export function useExtremes(by: Pick<Passes, 'extremesAround'>): void {
  ({ extremesAround } = by);
}
