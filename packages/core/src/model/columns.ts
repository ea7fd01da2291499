import { byteOf, type Feature } from '../data/feature.js';
import { DataError, written } from '../errors.js';
import type { Table } from './rows.js';

/**
 * How far outside the trained range a value may lie before the answer is in doubt, as a fraction of
 * that range.
 */
const FAR_OUTSIDE = 0.5;

/**
 * Learns how the values of each column become bytes, from some of the rows.
 *
 * @param names of the columns
 * @param among the rows to learn from
 * @throws DataError that names the first value that is no finite number
 */
export function learnColumns(table: Table, names: readonly string[], among: ArrayLike<number>): Feature[] {
  return names.map((name, column) => {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < among.length; k++) {
      const value = finite(table, among[k]!, column, name);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return { name, min, max };
  });
}

/**
 * All rows as bytes, one for each column.
 *
 * @throws DataError when a row has another number of columns, or a value is no finite number
 */
export function columnBytes(table: Table, features: readonly Feature[]): Uint8Array {
  const { length, columns } = table;
  checkColumns(columns, features.length);
  const bytes = new Uint8Array(length * columns);
  for (let row = 0; row < length; row++) {
    for (let column = 0; column < columns; column++) {
      const feature = features[column]!;
      bytes[row * columns + column] = byteOf(finite(table, row, column, feature.name), feature);
    }
  }
  return bytes;
}

/** A clause about the first value of a row that is far outside the range that was trained on. */
export function farOutside(table: Table, row: number, features: readonly Feature[]): string | undefined {
  for (const [column, { name, min, max }] of features.entries()) {
    const value = table.at(row, column);
    const reach = FAR_OUTSIDE * (max - min);
    if (value < min - reach || value > max + reach) {
      return `${name} is ${value}, far outside the range that the network was trained on, ${min} to ${max}`;
    }
  }
  return undefined;
}

function checkColumns(found: number, expected: number): void {
  if (found !== expected) {
    throw new DataError(`a row of ${found} numbers: the model was trained on ${expected} columns`);
  }
}

function finite(table: Table, row: number, column: number, name: string): number {
  const value = table.at(row, column);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const found = value === undefined ? 'nothing' : written(value);
  throw new DataError(`row ${row}, column ${column} (${name}): expected a finite number, found ${found}`);
}
