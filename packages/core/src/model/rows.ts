import { DataError, written } from '../errors.js';
import { isListLike, kindOf } from './labels.js';

/** An array of numbers of any kind. */
export type Row = ArrayLike<number>;

/** Rows of numbers: an array of rows, or all numbers one row after the other. */
export type Rows = readonly Row[] | Row;

/** Rows that were checked to have the same number of columns. */
export interface Table {
  readonly length: number;
  readonly columns: number;
  /** The number in a row and column. */
  at(row: number, column: number): number;
}

/**
 * Reads rows of either form, without a copy.
 *
 * @param columns how many numbers a row has. Rows one after the other need it.
 * @throws DataError for rows of different lengths
 */
export function readRows(rows: Rows, columns?: number): Table {
  if (!isListLike(rows)) {
    throw new DataError(`rows: expected an array of rows of numbers, found ${kindOf(rows)}`);
  }
  const { length } = rows;
  if (length === 0) throw new DataError('rows: there are none');
  if (isListLike(rows[0])) return nestedTable(rows as readonly Row[], columns ?? rows[0].length);
  if (typeof rows[0] === 'object' || typeof rows[0] === 'string') {
    throw new DataError(`row 0: expected an array of numbers, found ${kindOf(rows[0])}`);
  }
  const flat = rows as Row;
  if (columns === undefined) {
    throw new DataError(
      `rows: found ${length} numbers one after the other: say how many a row has, with the option columns`,
    );
  }
  if (!(Number.isInteger(columns) && columns > 0)) {
    throw new DataError(`columns: expected how many numbers a row has, found ${written(columns)}`);
  }
  if (length % columns !== 0) {
    throw new DataError(`rows: ${length} numbers are no whole number of rows of ${columns}`);
  }
  return { length: length / columns, columns, at: (row, column) => flat[row * columns + column]! };
}

function nestedTable(rows: readonly Row[], columns: number): Table {
  for (const [i, row] of rows.entries()) {
    if (!isListLike(row)) throw new DataError(`row ${i}: expected an array of numbers, found ${kindOf(row)}`);
    if (row.length !== columns) {
      throw new DataError(`row ${i}: expected ${columns} numbers, found ${row.length}`);
    }
  }
  return { length: rows.length, columns, at: (row, column) => rows[row]![column]! };
}
