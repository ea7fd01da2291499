import { Dataset } from '../data/dataset.js';
import { DataError } from '../errors.js';
import { createRandom, permutation } from '../random.js';
import { columnBytes, learnColumns } from './columns.js';
import { readInputs } from './input.js';
import { type Labels, readLabels, requireOneForEachRow } from './labels.js';
import type { Model } from './model.js';
import { checkPixels, pixelBytes } from './pixels.js';
import { type Row, type Rows, readRows } from './rows.js';

/** What the numbers of the rows are. */
export interface RowsOptions {
  /**
   * The names of the columns, for messages, or how many there are: rows in one flat array need that.
   */
  readonly columns?: number | readonly string[];
  /** Of rows that are pictures, in pixels: then their numbers are bytes, 0–255, row by row. */
  readonly width?: number;
  /** The rows of a picture, where a row of numbers is one. */
  readonly height?: number;
}

/** A dataset of rows and labels, with what it cannot say itself. */
export interface FitData {
  readonly dataset: Dataset;
  readonly classesAreWords: boolean;
}

/**
 * Turns rows and labels into a dataset. How the values of a column become bytes is learnt from the
 * rows that will be trained on, not from those that are held out.
 *
 * @param held how many rows the seed will hold out
 * @throws DataError that names the first row or label that cannot be used
 */
export function datasetOfRows(
  rows: Rows,
  given: Labels,
  { columns, width, height, held, seed }: RowsOptions & { readonly held: number; readonly seed: number },
): FitData {
  const { labels, classNames, classesAreWords } = readLabels(given);
  if (classNames.length < 2) {
    throw new DataError(
      `labels: all are ${JSON.stringify(classNames[0])}: a network needs at least two classes`,
    );
  }
  const count = typeof columns === 'object' ? columns.length : columns;
  if (width !== undefined || height !== undefined) {
    const size = { width: side('width', width), height: side('height', height) };
    const table = readRows(rows, size.width * size.height);
    requireOneForEachRow(table.length, labels.length);
    const first = (typeof rows[0] === 'number' ? rows : rows[0]) as Row;
    checkPixels(table, size.width * size.height, first);
    const pixels = pixelBytes(table);
    return { dataset: new Dataset({ pixels, labels, ...size, classNames }), classesAreWords };
  }
  const table = readRows(rows, count);
  requireOneForEachRow(table.length, labels.length);
  const names =
    typeof columns === 'object' ? columns : Array.from({ length: table.columns }, (_, c) => `x${c}`);
  const order = permutation(table.length, createRandom(seed, 'split'));
  const features = learnColumns(table, names, order.subarray(held));
  const pixels = columnBytes(table, features);
  const size = { width: table.columns, height: 1 };
  return { dataset: new Dataset({ pixels, labels, ...size, classNames, features }), classesAreWords };
}

/**
 * The same for a model that is trained further: its own classes, and its own scales of the columns.
 *
 * @throws DataError also for a label that the model does not know
 */
export function datasetForModel(rows: Rows, given: Labels, { record }: Pick<Model, 'record'>): Dataset {
  const { width, height, classNames, features } = record;
  const { length, bytes } = readInputs(rows, record);
  const { labels } = readLabels(given, classNames);
  requireOneForEachRow(length, labels.length);
  const pixels = bytes(0, length);
  return new Dataset({ pixels, labels, width, height, classNames, ...(features && { features }) });
}

/** @throws DataError when a dataset's columns or classes are not those of a model */
export function checkSameKind({ features, classNames }: Dataset, { record }: Pick<Model, 'record'>): void {
  if (JSON.stringify(features) !== JSON.stringify(record.features)) {
    throw new DataError(
      'the columns of the data are scaled otherwise than those that the model was trained on',
    );
  }
  if (classNames.join('\n') !== record.classNames.join('\n')) {
    throw new DataError(
      `the data have the classes ${classNames.join(', ')}: the model was trained on ${record.classNames.join(', ')}`,
    );
  }
}

function side(name: string, value: number | undefined): number {
  if (Number.isInteger(value) && value! > 0) return value!;
  throw new DataError(`${name}: expected a positive integer, found ${value}: pictures need width and height`);
}
