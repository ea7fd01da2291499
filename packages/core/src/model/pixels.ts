import { DataError, written } from '../errors.js';
import { kindOf } from './labels.js';
import type { Row, Table } from './rows.js';

/** @throws DataError when rows are no pictures of so many bytes */
export function checkPixels({ columns }: Table, inputs: number, givenAs?: Row): void {
  if (columns !== inputs) throw new DataError(`a picture of ${columns} pixels: the model takes ${inputs}`);
  if (isFloatArray(givenAs)) {
    throw new DataError(
      `pixels: expected bytes from 0 to 255, found ${kindOf(givenAs)}: make it a Uint8Array, with values from 0 to 1 multiplied by 255`,
    );
  }
}

/**
 * Rows as the bytes of pictures.
 *
 * @throws DataError that names the first value that is no byte
 */
export function pixelBytes(table: Table, from = 0, to = table.length): Uint8Array {
  const { columns } = table;
  const bytes = new Uint8Array((to - from) * columns);
  for (let row = from, at = 0; row < to; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = table.at(row, column);
      if (!(Number.isInteger(value) && value >= 0 && value <= 255)) {
        throw new DataError(
          `pixels: picture ${row}, pixel ${column}: expected a byte, an integer from 0 to 255, found ${written(value)}`,
        );
      }
      bytes[at] = value;
    }
  }
  return bytes;
}

/** Numbers from 0 to 1 come in such arrays: as bytes nearly all of them would be 0. */
function isFloatArray(value: unknown): boolean {
  return ArrayBuffer.isView(value) && /^Float/.test(kindOf(value).slice(2));
}
