import type { Dataset } from '../data/dataset.js';
import { DataError } from '../errors.js';
import { paletteOf, shadeOf } from './colors.js';
import { encodePng } from './png.js';
import { imageAt, type Shown, shown, textAt } from './svg.js';

/** Pixels of the screen for one pixel of a picture, alone and on a sheet. */
const [ALONE, ON_SHEET] = [8, 2];
/** Space below a picture on a sheet, for its label. */
const LABEL_HEIGHT = 16;
const GAP = 6;
const TITLE_HEIGHT = 24;

/**
 * One picture, enlarged.
 *
 * @param pixels 0–255, row by row
 * @param label what is written below it
 */
export function showDigit(
  pixels: ArrayLike<number>,
  { width = 28, height = 28, label = '' }: { width?: number; height?: number; label?: string } = {},
): Shown {
  if (pixels.length !== width * height) {
    throw new DataError(`expected ${width} × ${height} = ${width * height} pixels, found ${pixels.length}`);
  }
  const [w, h] = [ALONE * width, ALONE * height];
  const title = label || `a picture of ${width} × ${height} pixels`;
  return shown(title, w, h + (label ? TITLE_HEIGHT : 0), [
    imageAt(0, 0, w, h, pngOf(pixels, width, height)),
    ...(label ? [textAt(w / 2, h + 16, label, 'middle')] : []),
  ]);
}

/**
 * A sheet with a dataset's first examples and their labels.
 *
 * @param count how many; default 40
 */
export function showDataset(dataset: Dataset, { count = 40, columns = 10 } = {}): Shown {
  const { width, height, classNames, length } = dataset;
  const some = Math.min(count, length);
  const [w, h] = [ON_SHEET * width, ON_SHEET * height];
  const across = Math.max(1, Math.min(columns, some));
  const parts = [textAt(0, 15, titleOf(dataset))];
  for (let i = 0; i < some; i++) {
    const x = (i % across) * (w + GAP);
    const y = TITLE_HEIGHT + Math.floor(i / across) * (h + LABEL_HEIGHT + GAP);
    parts.push(imageAt(x, y, w, h, pngOf(dataset.pixels(i), width, height)));
    parts.push(textAt(x + w / 2, y + h + 12, classNames[dataset.label(i)]!, 'middle'));
  }
  const rows = Math.ceil(some / across);
  return shown(
    titleOf(dataset),
    Math.max(across * (w + GAP) - GAP, 320),
    TITLE_HEIGHT + rows * (h + LABEL_HEIGHT + GAP),
    parts,
  );
}

function titleOf({ length, width, height, classNames }: Dataset): string {
  return `${length.toLocaleString('en-US')} examples of ${width} × ${height} pixels in ${classNames.length} classes`;
}

function pngOf(pixels: ArrayLike<number>, width: number, height: number): Uint8Array {
  const shades = Array.from(pixels, (pixel) => shadeOf('ink', pixel, 255));
  return encodePng(width, height, shades, paletteOf('ink'));
}
