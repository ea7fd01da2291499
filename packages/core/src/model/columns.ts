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
  // In the order of the rows: an error names the first one.
  checkValues(table, names);
  return names.map((name, column) => {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < among.length; k++) {
      const value = table.at(among[k]!, column);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return { name, min, max };
  });
}

/**
 * Rows as bytes, one for each column.
 *
 * @throws DataError when a value is no finite number
 */
export function columnBytes(
  table: Table,
  features: readonly Feature[],
  from = 0,
  to = table.length,
): Uint8Array {
  const { columns } = table;
  const bytes = new Uint8Array((to - from) * columns);
  for (let row = from, at = 0; row < to; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const feature = features[column]!;
      bytes[at] = byteOf(finite(table, row, column, feature.name), feature);
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

/** @throws DataError when a row has another number of columns than the model */
export function checkColumns({ columns }: Table, { length }: readonly Feature[]): void {
  if (columns !== length) {
    throw new DataError(`a row of ${columns} numbers: the model was trained on ${length} columns`);
  }
}

/** @throws DataError that names the first value that is no finite number */
function checkValues(table: Table, names: readonly string[]): void {
  for (let row = 0; row < table.length; row++) {
    for (let column = 0; column < table.columns; column++) finite(table, row, column, names[column]!);
  }
}

function finite(table: Table, row: number, column: number, name: string): number {
  const value = table.at(row, column);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const found = value === undefined ? 'nothing' : written(value);
  throw new DataError(`row ${row}, column ${column} (${name}): expected a finite number, found ${found}`);
}
