import { type Matrix, matrix } from '../maths/matrix.js';
import type { Dataset } from './dataset.js';
import { PIXEL_SCALE } from './pixel-scale.js';

/** Examples as on the board: each is a column. */
export interface DesignMatrix {
  /** Pixels, each divided by 255: n₀ × m. */
  readonly X: Matrix;
  /** One-hot labels: classes × m. */
  readonly Y: Matrix;
}

/**
 * The examples with these indices, as columns.
 *
 * @param indices indices in the dataset; m is their number
 * @param pixelScale the factor for each byte; default 1/255
 */
export function toDesignMatrix(
  dataset: Dataset,
  indices: ArrayLike<number>,
  pixelScale = PIXEL_SCALE,
): DesignMatrix {
  const m = indices.length;
  const X = matrix(dataset.inputs, m);
  for (let j = 0; j < m; j++) {
    const pixels = dataset.pixels(indices[j]!);
    for (let i = 0; i < pixels.length; i++) X.data[i * m + j] = pixels[i]! * pixelScale;
  }
  const labels = Array.from({ length: m }, (_, j) => dataset.label(indices[j]!));
  return { X, Y: oneHot(labels, dataset.classNames.length) };
}

/** One-hot columns: labels → Y (classes × m), y = 1 in the row of the label. */
export function oneHot(labels: ArrayLike<number>, classes: number): Matrix {
  const Y = matrix(classes, labels.length);
  for (let j = 0; j < labels.length; j++) Y.data[labels[j]! * labels.length + j] = 1;
  return Y;
}
