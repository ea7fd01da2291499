import type { Matrix } from '../maths/matrix.js';
import { paletteOf, SHADES, shadeOf } from './colors.js';
import { encodePng } from './png.js';
import { imageAt, type Shown, shown, textAt } from './svg.js';

/** The longest side of a matrix on the screen, and the largest entry. */
const [LONGEST, LARGEST_ENTRY] = [560, 24];
const LINE = 20;
const SCALE_WIDTH = 120;

/**
 * A matrix in colors, one rectangle for each entry: blue is positive, red is negative, white is 0.
 * Below it are its shape and the scale, whose ends are the size of the largest entry.
 *
 * @param name its symbol, such as `W¹`
 * @param columns shows so many columns at most; default 784
 */
export function showMatrix(
  { rows, cols, data }: Matrix,
  { name = '', columns = 784 }: { name?: string; columns?: number } = {},
): Shown {
  const visible = Math.min(cols, columns);
  let largest = 0;
  for (const value of data) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const shades = Array.from({ length: rows * visible }, (_, k) =>
    shadeOf('signed', data[Math.floor(k / visible) * cols + (k % visible)]!, largest),
  );
  const across = Math.min(LARGEST_ENTRY, LONGEST / visible);
  const down = Math.min(LARGEST_ENTRY, Math.max(across, LONGEST / 4 / rows), LONGEST / rows);
  const [w, h] = [across * visible, down * rows];
  const shape = `${name ? `${name}: ` : ''}${rows} × ${cols}${visible < cols ? `, the first ${visible} columns` : ''}`;
  const end = Number(largest.toPrecision(3));
  const palette = paletteOf('signed');
  const all = Array.from({ length: SHADES }, (_, shade) => shade);
  const width = Math.max(w, 360);
  return shown(shape, width, h + 2 * LINE, [
    imageAt(0, 0, w, h, encodePng(visible, rows, shades, palette)),
    textAt(0, h + 16, shape),
    textAt(0, h + 34, `−${end}`),
    imageAt(60, h + 25, SCALE_WIDTH, 10, encodePng(SHADES, 1, all, palette)),
    textAt(66 + SCALE_WIDTH, h + 34, `${end}`),
  ]);
}
