import { DataError } from '../../errors.js';
import { borderOf, median, type OpaquePicture } from './background.js';
import { backgroundColor, fromCenter, type Plane } from './background-color.js';
import { jpegArtifactLevel } from './jpeg-artifacts.js';
import type { Grid } from './picture.js';

/**
 * A pixel still counts as background up to this many times the border's median distance from it,
 * because of grain and compression. For normally distributed noise this is four standard
 * deviations. A clean picture has no such noise.
 */
const GRAIN = 6;

/**
 * Ink must differ from the background by at least this fraction of the difference between black and
 * white.
 */
const LEAST_CONTRAST = 0.1;

/** The distance between black and white, as colors. */
const BLACK_TO_WHITE = 255 * Math.sqrt(3);

/**
 * The ink of every pixel: the distance of its color from the background, where the largest distance
 * in the picture is 1. So it does not matter whether the digit is dark on light, light on dark, or
 * in a color of the same lightness.
 *
 * @param name the picture's name, for the error
 * @throws DataError if nothing differs enough from the background
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

/** 0: the background's color. 1: as different as black and white. */
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
