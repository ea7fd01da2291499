import type { Random } from '../../random.js';

/** The side of MNIST's frame, in pixels. */
export const SIDE = 28;
/** The longer side of a digit in it. */
const DIGIT_SIDE = 20;

/** Across and down. */
export type Point = readonly [x: number, y: number];

/** A picture, 0–1, row by row. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A number between two. */
export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random.uniform();
}

/** One of the entries. */
export function oneOf<Entry>(random: Random, entries: readonly Entry[]): Entry {
  return entries[random.below(entries.length)]!;
}

/**
 * Brings ink into the frame as MNIST's digits are: its longer side has 20 pixels, its center of mass is in the
 * middle.
 *
 * @returns nothing when there is hardly any ink
 */
export function fitInFrame({ width, height, data }: Ink): Float32Array | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! <= 0.1) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (right < 0) return undefined;
  const scale = DIGIT_SIDE / Math.max(right - left + 1, bottom - top + 1);
  const wide = Math.max(1, Math.round((right - left + 1) * scale));
  const high = Math.max(1, Math.round((bottom - top + 1) * scale));
  const scaled = new Float32Array(wide * high);
  // Of points inside each pixel, so many each way that none of the source is left out.
  const points = Math.max(1, Math.min(4, Math.ceil(1.5 / scale)));
  let [mass, xs, ys] = [0, 0, 0];
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      let sum = 0;
      for (let k = 0; k < points * points; k++) {
        const u = left + (x + ((k % points) + 0.5) / points) / scale - 0.5;
        const v = top + (y + (Math.floor(k / points) + 0.5) / points) / scale - 0.5;
        sum += at({ width, height, data }, u, v);
      }
      const value = sum / (points * points);
      scaled[y * wide + x] = value;
      mass += value;
      xs += value * (x + 0.5);
      ys += value * (y + 0.5);
    }
  }
  const offsetX = Math.max(0, Math.min(SIDE - wide, Math.round(SIDE / 2 - xs / mass)));
  const offsetY = Math.max(0, Math.min(SIDE - high, Math.round(SIDE / 2 - ys / mass)));
  const darkest = scaled.reduce((most, value) => Math.max(most, value), 0);
  const frame = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      frame[(y + offsetY) * SIDE + x + offsetX] = scaled[y * wide + x]! / darkest;
    }
  }
  return frame;
}

/** Between four pixels; outside is 0. */
function at({ width, height, data }: Ink, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [a, b] = [x - column, y - row];
  const pixel = (u: number, v: number) =>
    u < 0 || v < 0 || u >= width || v >= height ? 0 : data[v * width + u]!;
  const above = (1 - a) * pixel(column, row) + a * pixel(column + 1, row);
  const below = (1 - a) * pixel(column, row + 1) + a * pixel(column + 1, row + 1);
  return (1 - b) * above + b * below;
}
