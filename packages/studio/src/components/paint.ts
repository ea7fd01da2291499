import { colorTable, type Hue, shadeOf } from '../theme/colors.js';
import type { EntryLayout } from './entry-layout.js';

/** A matrix, or an array of floats with its shape. */
export interface Values {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
}

/**
 * Paints a matrix on a canvas, one pixel for each entry. CSS enlarges it. Gaps between pictures
 * stay transparent.
 */
export function paintMatrix(
  canvas: HTMLCanvasElement,
  { rows, cols, data }: Values,
  layout: EntryLayout,
  hue: Hue,
  scale: number,
  dark: boolean,
): void {
  const { width, height } = layout;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const table = colorTable(hue, dark);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const entry = layout.entry(x, y);
      if (!entry || entry.row >= rows || entry.column >= cols) continue;
      pixels[y * width + x] = table[shadeOf(hue, data[entry.row * cols + entry.column]!, scale)]!;
    }
  }
  context.putImageData(image, 0, 0);
}
