import { type Box, boxOfInk } from './crop.js';
import type { Grid } from './picture.js';

/**
 * A pixel fainter than this fraction of the largest distance may be background with an artifact.
 */
const FAINT = 0.25;
/**
 * How many pixels around the strokes' box are examined. MNIST's frame leaves 4 on each side of a
 * digit.
 */
const BAND = 4;
/**
 * In a clean picture, at least this fraction of the band is empty. The rest are soft edges of
 * strokes.
 */
const BARE = 0.9;
/**
 * This many times the distance below which that fraction of the band lies still counts as
 * background.
 */
const REACH = 3;
/**
 * But at most this fraction of the largest distance: around a soft drawing, faint pixels are ink.
 */
const MOST = 0.125;

/**
 * How far the JPEG artifacts around strokes are from the background's color; 0 for a clean picture.
 * The constants were chosen with MNIST's digits saved as JPEG of quality 75 and 90.
 *
 * @param distances the distance of every pixel from the background
 * @param farthest the largest distance
 */
export function jpegArtifactLevel({ width, height, data }: Grid, farthest: number): number {
  const strokes = boxOfInk({ width, height, data: data.map((d) => (d < FAINT * farthest ? 0 : d)) });
  const band: number[] = [];
  for (let y = strokes.y - BAND; y < strokes.y + strokes.height + BAND; y++) {
    for (let x = strokes.x - BAND; x < strokes.x + strokes.width + BAND; x++) {
      if (contains(strokes, x, y)) continue;
      // Beyond its edge, a picture would continue empty.
      const inPicture = contains({ x: 0, y: 0, width, height }, x, y);
      band.push(inPicture ? data[y * width + x]! : 0);
    }
  }
  band.sort((a, b) => a - b);
  return Math.min(REACH * band[Math.floor(BARE * band.length)]!, MOST * farthest);
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
