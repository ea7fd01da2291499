import type { Picture } from '../data/pictures/picture.js';
import { DataError } from '../errors.js';
import type { ModelRecord } from '../formats/model.js';
import { columnBytes, farOutside } from './columns.js';
import { isListLike, kindOf } from './labels.js';
import { type CanvasLike, type ImageDataLike, picturePixels } from './picture-input.js';
import { pixelBytes } from './pixels.js';
import { type Row, type Rows, readRows } from './rows.js';

/**
 * What a model takes as one example. A model of pictures: a canvas, an ImageData or another picture,
 * which is framed unless it has the model's own size; or pixels, bytes row by row. A model of
 * columns: a row of numbers, one for each column, in their own units.
 */
export type Input = CanvasLike | ImageDataLike | Picture | Row;

/** Examples as the network takes them. */
export interface InputBytes {
  /** One byte for each input, example after example. */
  readonly bytes: Uint8Array;
  /** A clause that says how an example differs from all that was trained on, if it does. */
  unlike(example: number): string | undefined;
}

/** @throws DataError when the input is none that this model takes */
export function readInput(input: Input, record: ModelRecord): InputBytes {
  if (isListLike(input)) return readInputs([input], record);
  if (!isPicture(input)) {
    const expected = record.features
      ? `a row of ${record.features.length} numbers`
      : 'a canvas, an ImageData or pixels';
    throw new DataError(`expected ${expected}, found ${kindOf(input)}`);
  }
  if (record.features) {
    throw new DataError(
      `found a picture: the model takes rows of ${record.features.length} numbers (${record.features.map(({ name }) => name).slice(0, 3)}…)`,
    );
  }
  return { bytes: picturePixels(input, record), unlike: () => undefined };
}

/** @throws DataError when a row is none that this model takes */
export function readInputs(rows: Rows, { width, height, features }: ModelRecord): InputBytes {
  const table = readRows(rows, width * height);
  if (!features) {
    const first = (isListLike(rows[0]) ? rows[0] : rows) as Row;
    return { bytes: pixelBytes(table, width * height, first), unlike: () => undefined };
  }
  return { bytes: columnBytes(table, features), unlike: (row) => farOutside(table, row, features) };
}

function isPicture(input: unknown): input is CanvasLike | ImageDataLike | Picture {
  if (typeof input !== 'object' || input === null) return false;
  const { width, height } = input as { width?: unknown; height?: unknown };
  return (
    typeof width === 'number' && typeof height === 'number' && ('getContext' in input || 'data' in input)
  );
}
