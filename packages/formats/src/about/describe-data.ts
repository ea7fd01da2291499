import { DataError } from '@longhand/core/errors';
import type { ReadData } from '../data/index.js';
import { orientationOf } from '../data/orientation/orientation.js';
import { columnsOf } from './columns.js';
import type { DataDescription, Specimen } from './description.js';
import { duplicateFinder } from './duplicates.js';
import { type Examples, setsOf, spread } from './examples.js';
import { type FindingOptions, findingsOf } from './findings.js';
import { neighborsOf } from './neighbors.js';
import { addExample, emptyTotals, meanOf, valuesOf } from './totals.js';

/** Examples of each class that are shown. */
const SPECIMENS = 12;
/** With more classes, fewer of each. */
const SPECIMENS_IN_ALL = 400;
/** Examples without labels that are shown. */
const UNLABELED_SPECIMENS = 60;
/** Examples between two calls of `onProgress`. */
const STEP = 2000;
/** The share of the time that the search for neighbors takes. */
const LAST = 0.75;

/** Data as they were read. */
export type DescribedData = Pick<
  ReadData,
  'training' | 'test' | 'unlabeled' | 'kind' | 'label' | 'notes' | 'warnings'
>;

/** How data are described. */
export interface DescribeOptions extends FindingOptions {
  /** Called with the share that is done, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Describes data: sizes, classes, values, duplicates, leakage, columns, how digits lie, and which classes look alike.
 *
 * @throws DataError if there are no examples
 */
export function describeData(read: DescribedData, options: DescribeOptions = {}): DataDescription {
  const { onProgress } = options;
  const sets = setsOf(read).filter((set) => set.length > 0);
  const first = read.training ?? read.test ?? read.unlabeled;
  if (!first || sets.length === 0) throw new DataError('there are no examples to describe');
  const { width, height } = first;
  const dataset = read.training ?? read.test;
  const classNames = dataset?.classNames ?? [];
  const totals = emptyTotals(width * height, classNames.length);
  const finder = duplicateFinder();
  const all = sets.reduce((sum, set) => sum + set.length, 0);
  let done = 0;
  for (const set of sets) {
    for (let i = 0; i < set.length; i++) {
      addExample(totals, set, i);
      finder.add(set, i);
      if (++done % STEP === 0) onProgress?.((LAST * done) / all);
    }
  }
  const isPicture = width > 1 && height > 1 && !dataset?.features;
  const each = Math.max(
    3,
    Math.min(SPECIMENS, Math.floor(SPECIMENS_IN_ALL / Math.max(1, classNames.length))),
  );
  const shown = sets[0]!;
  const classes = classNames.map((name, label) => ({
    name,
    training: totals.training[label]!,
    test: totals.test[label]!,
    mean: meanOf(totals, label),
    specimens: isPicture ? specimensOf(shown, each, (i) => shown.label(i) === label) : [],
  }));
  const constant = totals.lowest.reduce((sum, low, p) => sum + (low === totals.highest[p] ? 1 : 0), 0);
  const orientation = isPicture ? orientationOf(classes, width, height) : undefined;
  onProgress?.(LAST);
  const neighbors = dataset && neighborsOf(dataset);
  onProgress?.(1);
  const description = {
    kind: read.kind,
    ...(read.label !== undefined && { label: read.label }),
    parts: sets.map(({ name, length }) => ({ name, examples: length })),
    ...{ width, height, isPicture, classes },
    values: valuesOf(totals),
    constantInputs: constant,
    ...(dataset?.features && { columns: columnsOf(dataset) }),
    duplicates: finder.result(),
    ...(orientation && { orientation }),
    ...(neighbors && { neighbors }),
    specimens: shown.name === 'unlabeled' && isPicture ? specimensOf(shown, UNLABELED_SPECIMENS) : [],
  };
  return { ...description, findings: findingsOf(description, read.training, read, options) };
}

function specimensOf(set: Examples, wanted: number, take?: (i: number) => boolean): Specimen[] {
  return spread(set.length, wanted, take).map((index) => ({ index, pixels: set.pixels(index).slice() }));
}
