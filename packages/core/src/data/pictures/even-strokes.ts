import { maskAbove, outlineOf, widened } from './passes.js';
import type { Grid } from './picture.js';

/** A slanted stroke's outline runs along pixels in steps: it is longer by this factor, in the mean of all slants. */
const STEPS = 1.27;

/** From this on, a pixel is a part of a stroke: hairlines of a few pixels are pale. */
const INKED = 0.3;

/**
 * The ink with strokes of this width, in pixels: each becomes wider or thinner by the same amount, so that their mean
 * width is the wanted one. A hairline and a marker become the same digit.
 */
export function withStrokesOf(ink: Grid, wanted: number): Grid {
  const mask = maskAbove(ink.data, INKED);
  const area = mask.reduce((sum, value) => sum + value, 0);
  if (area === 0) return ink;
  const outline = outlineOf(mask, ink.width, ink.height);
  const by = (wanted - (STEPS * 2 * area) / outline) / 2;
  if (Math.abs(by) < 0.25) return ink;
  const wide = surrounded(ink, Math.ceil(Math.max(0, by)) + 1);
  const { width, height } = wide;
  const data = widened(maskAbove(wide.data, INKED), width, height, by);
  // A stroke that would vanish stays as it is.
  return data.includes(1) ? { width, height, data } : ink;
}

function surrounded({ width, height, data }: Grid, by: number): Grid {
  const wide = { width: width + 2 * by, height: height + 2 * by };
  const ink = new Float32Array(wide.width * wide.height);
  for (let y = 0; y < height; y++) {
    ink.set(data.subarray(y * width, (y + 1) * width), (y + by) * wide.width + by);
  }
  return { ...wide, data: ink };
}
