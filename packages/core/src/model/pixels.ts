import { DataError, written } from '../errors.js';
import { kindOf } from './labels.js';
import type { Row, Table } from './rows.js';

/**
 * All rows as the bytes of pictures.
 *
 * @throws DataError that names the first value that is no byte
 */
export function pixelBytes(table: Table, inputs: number, givenAs?: Row): Uint8Array {
  const { length, columns } = table;
  if (columns !== inputs) throw new DataError(`a picture of ${columns} pixels: the model takes ${inputs}`);
  if (isFloatArray(givenAs)) {
    throw new DataError(
      `pixels: expected bytes from 0 to 255, found ${kindOf(givenAs)}: make it a Uint8Array, with values from 0 to 1 multiplied by 255`,
    );
  }
  const bytes = new Uint8Array(length * columns);
  for (let row = 0; row < length; row++) {
    for (let column = 0; column < columns; column++) {
      const value = table.at(row, column);
      if (!(Number.isInteger(value) && value >= 0 && value <= 255)) {
        throw new DataError(
          `pixels: picture ${row}, pixel ${column}: expected a byte, an integer from 0 to 255, found ${written(value)}`,
        );
      }
      bytes[row * columns + column] = value;
    }
  }
  return bytes;
}

/** Numbers from 0 to 1 come in such arrays: as bytes nearly all of them would be 0. */
function isFloatArray(value: unknown): boolean {
  return ArrayBuffer.isView(value) && /^Float/.test(kindOf(value).slice(2));
}
