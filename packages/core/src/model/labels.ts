import { isPrintable, MAX_CLASSES } from '../data/class-names.js';
import { DataError, written } from '../errors.js';
import { isInteger, type Label } from './label.js';

/** One label for each row: words or integers, in an array of any kind. */
export type Labels = ArrayLike<Label>;

/** Labels as a dataset needs them. */
export interface LabelBytes {
  /** The index of each row's class. */
  readonly labels: Uint8Array;
  readonly classNames: readonly string[];
  /** Whether the labels are words that all look like numbers. */
  readonly classesAreWords: boolean;
}

/**
 * Finds the classes: numbers in ascending order, words in the order of their characters.
 *
 * @param known the classes that a model was trained on; no others are allowed then
 * @throws DataError that names the row of the first label that is no class
 */
export function readLabels(given: Labels, known?: readonly string[]): LabelBytes {
  if (!isListLike(given)) {
    throw new DataError(`labels: expected an array of words or integers, found ${kindOf(given)}`);
  }
  const names = Array.from(given, nameOf);
  const classNames = known ?? sortedClasses(names);
  const indices = new Map(classNames.map((name, index) => [name, index]));
  const labels = Uint8Array.from(names, (name, row) => {
    const index = indices.get(name);
    if (index !== undefined) return index;
    const some = classNames.slice(0, 12).join(', ');
    throw new DataError(
      `labels: row ${row}: expected a class that the model knows (${some}${classNames.length > 12 ? ', …' : ''}), found ${JSON.stringify(name)}`,
    );
  });
  const areWords = Array.from(given).some((label) => typeof label === 'string');
  return { labels, classNames, classesAreWords: areWords && classNames.every(isInteger) };
}

/** @throws DataError unless there are as many labels as rows */
export function requireOneForEachRow(rows: number, labels: number): void {
  if (rows !== labels) throw new DataError(`${rows} rows, but ${labels} labels: expected one for each row`);
}

function nameOf(label: unknown, row: number): string {
  if (typeof label === 'number' && Number.isSafeInteger(label)) return String(label);
  if (typeof label === 'string' && label !== '' && isPrintable(label)) return label;
  const advice =
    typeof label === 'number' && Number.isFinite(label)
      ? '. A network of Longhand chooses one of several classes; it cannot predict a quantity'
      : '';
  throw new DataError(`labels: row ${row}: expected a word or an integer, found ${written(label)}${advice}`);
}

function sortedClasses(names: readonly string[]): string[] {
  const found = [...new Set(names)];
  if (found.length > MAX_CLASSES) {
    throw new DataError(
      `labels: expected at most ${MAX_CLASSES} different classes, found ${found.length}: are these the labels?`,
    );
  }
  return found.every(isInteger) ? found.sort((a, b) => Number(a) - Number(b)) : found.sort();
}

/** Whether a value is an array of any kind; a text is not one here. */
export function isListLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** What a value is, for an error: `a Float32Array`, `an object`, `nothing`. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return `${/^[AEIOU]/.test(tag) ? 'an' : 'a'} ${tag === 'Object' ? 'plain object' : tag}`.replace(
    'an plain',
    'a plain',
  );
}
