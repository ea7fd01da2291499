import type { Dataset } from './dataset.js';

/** What is suspicious about data. */
export type WarningSubject =
  | 'one class'
  | 'empty classes'
  | 'same pictures'
  | 'blank'
  | 'sorted'
  | 'class sizes';

/** Something suspicious about data that one should know before training. */
export interface DataWarning {
  /** Which kind of warning it is. */
  readonly about: WarningSubject;
  /** One line for a person, without a full stop. */
  readonly text: string;
}

/** How warnings are written. */
export interface WarningOptions {
  /** How to write the advice to give every class the same weight; default `classWeight: 'balanced'`. */
  readonly balanced?: string;
}

/** Of the largest and smallest class, from which on their sizes are far apart. */
const FAR_APART = 10;
/** The share of blank pictures from which on they are worth a word. */
const MANY_BLANK = 0.01;
/** Fewer examples are sorted by accident. */
const FEW_EXAMPLES = 20;
const NAMES_SHOWN = 3;

/**
 * What is suspicious about data, for whoever is about to train on them: examples of one class alone, pictures that are all
 * the same or blank, a file sorted by class, class sizes far apart. Good data give an empty list.
 */
export function warningsOf(
  dataset: Dataset,
  { balanced = "classWeight: 'balanced'" }: WarningOptions = {},
): DataWarning[] {
  const { length, classNames } = dataset;
  if (length === 0) return [];
  const counts = new Uint32Array(classNames.length);
  let changes = 0;
  for (let i = 0; i < length; i++) {
    counts[dataset.label(i)]!++;
    if (i > 0 && dataset.label(i) !== dataset.label(i - 1)) changes++;
  }
  const present = classNames.flatMap((_, label) => (counts[label]! > 0 ? [label] : []));
  const thing = dataset.features ? 'example' : 'picture';
  const warnings: DataWarning[] = [];
  if (present.length === 1) {
    const name = classNames[present[0]!]!;
    warnings.push({
      about: 'one class',
      text: `all ${count(length)} examples belong to one class (${name}): a network learns to answer ${name} always`,
    });
  } else if (present.length < classNames.length) {
    const empty = classNames.filter((_, label) => counts[label] === 0);
    warnings.push({
      about: 'empty classes',
      text: `${empty.length} of ${classNames.length} classes have no example: ${some(empty)}`,
    });
  }
  if (areAllSame(dataset)) {
    warnings.push({
      about: 'same pictures',
      text: `all ${thing}s are the same: there is nothing to learn from them`,
    });
  } else if (!dataset.features) {
    const blank = blankPictures(dataset);
    if (blank >= MANY_BLANK * length) {
      const share = `${count(blank)} of ${count(length)} pictures are`;
      warnings.push({ about: 'blank', text: `${share} blank: all their pixels have the same value` });
    }
  }
  if (present.length > 1 && length >= FEW_EXAMPLES && changes === present.length - 1) {
    warnings.push({
      about: 'sorted',
      text:
        'the examples are sorted by class: Longhand shuffles them before it splits them; if you split the file ' +
        'yourself, shuffle it first',
    });
  }
  const sizes = present.map((label) => ({ label, size: counts[label]! })).sort((a, b) => b.size - a.size);
  const [largest, smallest] = [sizes[0]!, sizes.at(-1)!];
  if (largest.size >= FAR_APART * smallest.size && length >= FEW_EXAMPLES) {
    const of = ({ label, size }: typeof largest) => `${count(size)} of class ${classNames[label]}`;
    warnings.push({
      about: 'class sizes',
      text:
        `class sizes are far apart: ${of(largest)}, ${of(smallest)}. With ${balanced} every class counts the same; ` +
        'look at the balanced accuracy',
    });
  }
  return warnings;
}

function areAllSame(dataset: Dataset): boolean {
  if (dataset.length < 2) return false;
  const first = dataset.pixels(0);
  for (let i = 1; i < dataset.length; i++) {
    const pixels = dataset.pixels(i);
    for (let p = 0; p < first.length; p++) if (pixels[p] !== first[p]) return false;
  }
  return true;
}

function blankPictures(dataset: Dataset): number {
  let blank = 0;
  for (let i = 0; i < dataset.length; i++) {
    const pixels = dataset.pixels(i);
    let p = 1;
    while (p < pixels.length && pixels[p] === pixels[0]) p++;
    if (pixels.length > 1 && p === pixels.length) blank++;
  }
  return blank;
}

function some(names: readonly string[]): string {
  return `${names.slice(0, NAMES_SHOWN).join(', ')}${names.length > NAMES_SHOWN ? ', …' : ''}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
