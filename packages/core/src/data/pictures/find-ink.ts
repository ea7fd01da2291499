import { DataError } from '../../errors.js';
import { borderOf, median, type OpaquePicture } from './background.js';
import { backgroundColor, fromCenter, type Plane } from './background-color.js';
import { jpegArtifactLevel } from './jpeg-artifacts.js';
import type { Grid } from './picture.js';

/**
 * How many times the border's usual distance from the page (the median) still counts as page: what grain and
 * compression amount to. Of normal noise it is four standard deviations. A clean picture has none.
 */
const GRAIN = 6;

/** Ink that stands out from the page by less than this part of black on white is none. */
const LEAST_CONTRAST = 0.1;

/** From black to white, as the distance of their colors. */
const BLACK_TO_WHITE = 255 * Math.sqrt(3);

/**
 * The ink of every pixel: how far its color lies from the page's, with 1 for the farthest there is. So dark on light,
 * light on dark and colors of the same lightness come out the same.
 *
 * @param name of the picture, for the error
 * @throws DataError when nothing stands out from the page
 */
export function findInk(sheet: OpaquePicture, name: string): Grid {
  const { width, height } = sheet;
  const data = distanceFromPage(sheet);
  const farthest = data.reduce((max, value) => Math.max(max, value), 0);
  const grain = GRAIN * median(borderOf(width, height).map((pixel) => data[pixel]!));
  if (farthest < grain + LEAST_CONTRAST) {
    throw new DataError(`${name}: no digit found: the picture is blank, or its ink is too faint`);
  }
  const page = Math.max(grain, jpegArtifactLevel({ width, height, data }, farthest));
  const range = farthest - page;
  for (let pixel = 0; pixel < data.length; pixel++) {
    data[pixel] = Math.max(0, (data[pixel]! - page) / range);
  }
  return { width, height, data };
}

/** 0: the page's color, 1: as far as black from white. */
function distanceFromPage({ width, height, rgb }: OpaquePicture): Float32Array {
  const { red, green, blue } = backgroundColor({ width, height, rgb });
  const distances = new Float32Array(width * height);
  for (let row = 0, pixel = 0; row < height; row++) {
    const y = fromCenter(row, height);
    for (let column = 0; column < width; column++, pixel++) {
      const x = fromCenter(column, width);
      const r = rgb[3 * pixel]! - heightOf(red, x, y);
      const g = rgb[3 * pixel + 1]! - heightOf(green, x, y);
      const b = rgb[3 * pixel + 2]! - heightOf(blue, x, y);
      distances[pixel] = Math.sqrt(r * r + g * g + b * b) / BLACK_TO_WHITE;
    }
  }
  return distances;
}

function heightOf([constant, across, down]: Plane, x: number, y: number): number {
  return constant + across * x + down * y;
}
