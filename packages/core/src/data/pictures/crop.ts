import type { Grid } from './picture.js';

/** A part of a picture, in whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
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
