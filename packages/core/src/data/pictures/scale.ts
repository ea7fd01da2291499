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
  return transpose(scaleRows(transpose(scaleRows(grid, width)), height));
}

/** Scales every row to this many pixels: a multiplication by a sparse matrix. */
function scaleRows({ width, height, data }: Grid, to: number): Grid {
  if (to === width) return { width, height, data };
  const taps = to < width ? areas(width, to) : neighbors(width, to);
  const scaled = new Float32Array(to * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < to; x++) {
      const { from, weights } = taps[x]!;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[y * width + from + k]!;
      scaled[y * to + x] = sum;
    }
  }
  return { width: to, height, data: scaled };
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

function transpose({ width, height, data }: Grid): Grid {
  const turned = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x]!;
  }
  return { width: height, height: width, data: turned };
}
