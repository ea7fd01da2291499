import type { ModelRecord } from '../formats/model.js';

/** What a class is called: a word, or an integer. */
export type Label = string | number;

/**
 * The classes of a model as its answers name them. Class names that all look like integers are
 * numbers, unless the model was trained on such words.
 */
export function classesOf({
  classNames,
  classesAreWords,
}: Pick<ModelRecord, 'classNames' | 'classesAreWords'>) {
  return !classesAreWords && classNames.every(isInteger) ? classNames.map(Number) : classNames;
}

/** `-3`, `0`, `12`, as `String` writes them. */
export function isInteger(name: string): boolean {
  return Number.isSafeInteger(Number(name)) && String(Number(name)) === name;
}
