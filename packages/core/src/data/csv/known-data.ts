import { DataError } from '../../errors.js';
import type { Dataset } from '../dataset.js';
import { type CsvColumns, shown } from './header.js';

/**
 * What data must have so that a model can use it, or so that it fits other data. A model's record
 * and a dataset both have it.
 */
export type KnownData = Pick<Dataset, 'width' | 'height' | 'classNames' | 'features' | 'origin'>;

/**
 * For each column, the index of its feature; −1 for the labels.
 *
 * @throws DataError if the columns are not those on which a model was trained
 */
export function placeColumns(
  { names, label }: CsvColumns,
  name: string,
  known: KnownData | undefined,
): Int32Array {
  const count = names.length - 1;
  const expected = known ? known.width * known.height : count;
  if (!known?.features) {
    if (count === expected)
      return Int32Array.from(names, (_, c) => (c === label ? -1 : c - Number(c > label)));
    throw new DataError(
      `${name}: line 1: ${count} columns beside the label (${names[label]}), but ${expected} were trained on`,
    );
  }
  const wanted = known.features.map((feature) => feature.name);
  const missing = wanted.find((title) => !names.includes(title));
  if (missing !== undefined) {
    throw new DataError(`${name}: line 1: the column ${shown(missing)} is missing, which was trained on`);
  }
  return Int32Array.from(names, (title, column) => {
    const place = wanted.indexOf(title);
    if (place < 0 && column !== label) {
      throw new DataError(
        `${name}: line 1, column ${column + 1}: ${shown(title)} was not trained on: leave it out`,
      );
    }
    return place;
  });
}
