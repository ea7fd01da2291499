import { scaleRows } from './passes.js';
import type { Taps } from './passes-types.js';
import type { Grid } from './picture.js';

/**
 * Scales the grid so that its longer side has `side` pixels, with the same aspect ratio to the
 * nearest pixel. When it gets smaller, a pixel is the mean of the area that it covers. When it gets
 * larger, values are interpolated between the centers of pixels.
 */
export function scaleToSide(grid: Grid, side: number): Grid {
  const factor = side / Math.max(grid.width, grid.height);
  const width = Math.max(1, Math.round(grid.width * factor));
  const height = Math.max(1, Math.round(grid.height * factor));
  return scaleAndTurn(scaleAndTurn(grid, width), height);
}

/** Scales every row to this many pixels. Rows become columns. */
function scaleAndTurn(grid: Grid, to: number): Grid {
  const { width } = grid;
  return scaleRows(grid, to < width ? areas(width, to) : neighbors(width, to));
}

/**
 * Scaled pixel i covers [i · width / to, (i + 1) · width / to). The weight of each pixel is the
 * part of it that is covered.
 */
export function areas(width: number, to: number): Taps[] {
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
export function neighbors(width: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, i) => {
    const center = Math.max(0, Math.min(width - 1, ((i + 0.5) * width) / to - 0.5));
    const from = Math.floor(center);
    const part = center - from;
    return { from, weights: part === 0 ? [1] : [1 - part, part] };
  });
}
