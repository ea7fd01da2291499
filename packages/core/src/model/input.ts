import type { Picture } from '../data/pictures/picture.js';
import { DataError } from '../errors.js';
import type { ModelRecord } from '../formats/model.js';
import { checkColumns, columnBytes, farOutside } from './columns.js';
import type { ByteBlocks } from './compute.js';
import { isListLike, kindOf } from './labels.js';
import { type CanvasLike, type ImageDataLike, pictureFrames } from './picture-input.js';
import { checkPixels, pixelBytes } from './pixels.js';
import { type Row, type Rows, readRows } from './rows.js';

/**
 * What a model takes as one example. A model of pictures: a canvas, an ImageData or another picture,
 * which is framed unless it has the model's own size; or pixels, bytes row by row. A model of
 * columns: a row of numbers, one for each column, in their own units.
 */
export type Input = CanvasLike | ImageDataLike | Picture | Row;

/** Examples as the network takes them. */
export interface InputBytes extends ByteBlocks {
  /** A clause that says how an example differs from all that was trained on, if it does. */
  unlike(example: number): string | undefined;
}

/**
 * One input. A picture can become several frames: the answer is the mean of the answers for them.
 *
 * @throws DataError when the input is none that this model takes
 */
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
  const frames = pictureFrames(input, record);
  const { length } = frames[0]!;
  return {
    length: frames.length,
    bytes: (from, to) => joined(frames.slice(from, to), length),
    unlike: () => undefined,
  };
}

/**
 * The bytes of rows, which are made when they are asked for.
 *
 * @throws DataError when a row is none that this model takes
 */
export function readInputs(rows: Rows, { width, height, features }: ModelRecord): InputBytes {
  const table = readRows(rows, width * height);
  const { length } = table;
  if (!features) {
    const first = (isListLike(rows[0]) ? rows[0] : rows) as Row;
    checkPixels(table, width * height, first);
    return { length, bytes: (from, to) => pixelBytes(table, from, to), unlike: () => undefined };
  }
  checkColumns(table, features);
  return {
    length,
    bytes: (from, to) => columnBytes(table, features, from, to),
    unlike: (row) => farOutside(table, row, features),
  };
}

function joined(frames: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(frames.length * length);
  for (const [k, frame] of frames.entries()) bytes.set(frame, k * length);
  return bytes;
}

function isPicture(input: unknown): input is CanvasLike | ImageDataLike | Picture {
  if (typeof input !== 'object' || input === null) return false;
  const { width, height } = input as { width?: unknown; height?: unknown };
  return (
    typeof width === 'number' && typeof height === 'number' && ('getContext' in input || 'data' in input)
  );
}
