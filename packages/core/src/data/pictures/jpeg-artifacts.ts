import { type Box, boxOfInk } from './crop.js';
import type { Grid } from './picture.js';

/** Fainter than this part of the farthest, a pixel may be page that compression has spoiled. */
const FAINT = 0.25;
/** How many pixels around the strokes' box are looked at: MNIST's frame leaves a digit 4 on each side. */
const BAND = 4;
/** Of the band of a clean picture, at least this part is bare: the rest are the soft edges of strokes. */
const BARE = 0.9;
/** How many times the distance that this part of the band stays below still counts as page. */
const REACH = 3;
/** But no more than this part of the farthest: around a soft drawing, what is faint is ink. */
const MOST = 0.125;

/**
 * How far from the page's color the faint specks lie with which lossy compression (JPEG) surrounds strokes; 0 of a
 * clean picture. The numbers are chosen on MNIST's digits saved as JPEG of quality 75 and 90.
 *
 * @param distances of every pixel from the page
 * @param farthest of them
 */
export function jpegArtifactLevel({ width, height, data }: Grid, farthest: number): number {
  const strokes = boxOfInk({ width, height, data: data.map((d) => (d < FAINT * farthest ? 0 : d)) });
  const band: number[] = [];
  for (let y = strokes.y - BAND; y < strokes.y + strokes.height + BAND; y++) {
    for (let x = strokes.x - BAND; x < strokes.x + strokes.width + BAND; x++) {
      if (contains(strokes, x, y)) continue;
      // Beyond its edge a picture would go on bare.
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
