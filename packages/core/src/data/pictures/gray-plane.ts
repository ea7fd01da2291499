import type { OpaquePicture } from './background.js';
import { countColors, plane } from './passes.js';
import type { Color } from './passes-types.js';
import type { Grid } from './picture.js';
import { otsuThreshold } from './threshold.js';

/** A color channel must separate light from dark this many times as well as lightness does. */
const CLEARLY_BETTER = 1.6;
/** About so many pixels decide which channel it is. */
const SAMPLES = 50_000;

/** What each of red, green and blue counts in a plane. Lightness (Rec. 601) comes first. */
const PLANES: readonly Color[] = [
  [0.299, 0.587, 0.114],
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/**
 * The picture in gray, 0–255: its lightness, or the color channel that separates ink from paper clearly better,
 * as for a red pen on green of the same lightness.
 *
 * @param side the longest side, in pixels; a larger picture is scaled down
 */
export function grayPlane(sheet: OpaquePicture, side: number): Grid {
  const { width, height, rgb } = sheet;
  const step = Math.max(1, Math.floor((width * height) / SAMPLES));
  let chosen = 0;
  let separation = 0;
  for (const [number, counts] of countColors(rgb, step, PLANES).entries()) {
    const better = otsuThreshold(counts, Math.ceil((width * height) / step), 256).separation;
    if (number > 0 && better <= separation) continue;
    chosen = number;
    separation = number === 0 ? CLEARLY_BETTER * better : better;
  }
  return plane(sheet, PLANES[chosen]!, side);
}
