import type { Grid } from './picture.js';

/** A part of a picture, in whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around all ink. Without ink, a box without pixels. */
export function boxOfInk({ width, height, data }: Grid): Box {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The part inside the box. */
export function crop(grid: Grid, { x, y, width, height }: Box): Grid {
  const data = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * grid.width + x;
    data.set(grid.data.subarray(from, from + width), row * width);
  }
  return { width, height, data };
}
