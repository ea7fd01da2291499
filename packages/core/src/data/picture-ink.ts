import { DataError } from '../errors.js';
import { borderOf, median, type Sheet } from './page.js';
import type { Grid } from './picture.js';

/**
 * How many times the border's usual distance from the page still counts as page. The border's usual distance (its
 * median) is what grain, compression and a shadow across the page amount to; a clean picture has 0.
 */
const GRAIN = 4;

/** Ink that stands out from the page by less than this part of black on white is none. */
const LEAST_CONTRAST = 0.1;

/** From black to white, as the distance of their colours. */
const BLACK_TO_WHITE = 255 * Math.sqrt(3);

/**
 * The ink of every pixel: how far its colour lies from the page's, with 1 for the farthest there is. So dark on light,
 * light on dark and colours of the same lightness come out the same.
 *
 * @param name of the picture, for the error
 * @throws DataError when nothing stands out from the page
 */
export function findInk({ width, height, rgb, page }: Sheet, name: string): Grid {
  const data = new Float32Array(width * height);
  let farthest = 0;
  for (let pixel = 0, at = 0; pixel < data.length; pixel++, at += 3) {
    const red = rgb[at]! - page[0];
    const green = rgb[at + 1]! - page[1];
    const blue = rgb[at + 2]! - page[2];
    const distance = Math.sqrt(red * red + green * green + blue * blue) / BLACK_TO_WHITE;
    data[pixel] = distance;
    if (distance > farthest) farthest = distance;
  }
  const grain = GRAIN * median(borderOf(width, height).map((pixel) => data[pixel]!));
  if (farthest < grain + LEAST_CONTRAST) {
    throw new DataError(`${name}: no digit found: the picture is blank, or its ink is too faint`);
  }
  const range = farthest - grain;
  for (let pixel = 0; pixel < data.length; pixel++) {
    data[pixel] = Math.max(0, Math.min(1, (data[pixel]! - grain) / range));
  }
  return { width, height, data };
}
