import { DataError } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';
import type { DataOptions } from '../read-result.js';
import type { Dialect } from './dialect.js';
import { MANY, type Survey } from './survey.js';

/** Which columns hold the labels, and which the features. */
export interface Columns {
  /** The column of labels; of one-hot labels, all of them. None where the data have no labels. */
  readonly labels: readonly number[];
  /** The columns of features, in the order of the inputs. */
  readonly features: readonly number[];
  /** What to say about the column of labels. */
  readonly label: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** What a column of labels is called, in order of preference, in capitals or not. */
const LABEL_NAMES = [
  ...['label', 'labels', 'class', 'classes', 'target', 'species', 'outcome', 'category', 'diagnosis'],
  ...['digit', 'letter', 'character', 'class_name', 'class_label', 'group', 'y'],
];
/** From so many rows on, whole numbers in order are no accident. */
const MANY_ROWS = 10;
/** Columns that make up a square picture of 8 × 8, the smallest that is taken for one. */
const SMALLEST_PICTURE = 64;

/** What is known when columns are chosen. */
export interface ColumnRequest {
  readonly dialect: Dialect;
  readonly name: string;
  readonly options: DataOptions;
  /** Undefined before every cell has been looked at: then only names decide. */
  readonly survey: Survey | undefined;
}

/**
 * Chooses the columns.
 *
 * @returns undefined when names do not decide, and there is no survey yet
 * @throws DataError when a column that was named is missing, or there is no column of labels
 */
export function chooseColumns(request: ColumnRequest): Columns | undefined {
  const { dialect, survey } = request;
  const { names } = dialect;
  const places = columnsLeft(request);
  const chosen = chooseLabel(places, request);
  if (!chosen) return undefined;
  const features = places.filter((c) => !chosen.labels.includes(c));
  const notes = [...dialect.notes];
  if (chosen.note) notes.push(chosen.note);
  notes.push(
    ...leftOut(
      (request.options.ignore ?? []).map((title) => names[placeOf(title, names)]!),
      'as asked for',
    ),
    ...leftOut(
      ignoredBefore(request).map((c) => names[c]!),
      'as when the model was trained',
    ),
  );
  const warnings = chosen.warning ? [chosen.warning] : [];
  if (survey && survey.rows >= MANY_ROWS) {
    for (const c of features) {
      if (!survey.areRising[c] && !survey.areIds[c]) continue;
      const why = survey.areRising[c] ? 'whole numbers in order' : 'whole numbers, all different';
      warnings.push(
        `the column ${shown(names[c]!)} numbers the rows (${why}), which tells nothing about new ones: leave it out with --ignore ${quoted(names[c]!)}`,
      );
    }
  }
  if (features.length === 0)
    throw new DataError(`${request.name}: no columns beside the label: expected features`);
  return { labels: chosen.labels, label: chosen.label, features, notes, warnings };
}

function leftOut(titles: readonly string[], why: string): string[] {
  if (titles.length === 0) return [];
  const [noun, verb] = titles.length === 1 ? ['column', 'is'] : ['columns', 'are'];
  return [`the ${noun} ${titles.map(shown).join(', ')} ${verb} left out (${why})`];
}

/**
 * The columns that are not ignored.
 *
 * @throws DataError when one that is named is missing, or none is left
 */
export function columnsLeft(request: Omit<ColumnRequest, 'survey'>): readonly number[] {
  const { dialect, options, name } = request;
  const ignored = new Set((options.ignore ?? []).map((title) => columnNamed(title, request, 'ignore')));
  for (const c of ignoredBefore(request)) ignored.add(c);
  if (dialect.hasRowNames) ignored.add(0);
  const left = dialect.names.map((_, c) => c).filter((c) => !ignored.has(c));
  if (left.length === 0)
    throw new DataError(`${name}: every column is ignored: expected labels and features`);
  return left;
}

/** The columns that were left out when the model was trained that the data are for. They may be missing. */
function ignoredBefore({ dialect: { names }, options }: Omit<ColumnRequest, 'survey'>): readonly number[] {
  const { known, label, ignore = [] } = options;
  const before = known?.origin?.ignored ?? [];
  return before
    .filter((title) => title !== label && !ignore.includes(title))
    .map((title) => placeOf(title, names))
    .filter((c) => c >= 0);
}

interface ChosenLabel {
  readonly labels: readonly number[];
  readonly label: string;
  readonly note?: string;
  readonly warning?: string;
}

function chooseLabel(places: readonly number[], request: ColumnRequest): ChosenLabel | undefined {
  const { dialect, options, survey, name } = request;
  const { names, hasHeader, classNames } = dialect;
  const of = (column: number, why: string): ChosenLabel => ({
    labels: [column],
    label: names[column]!,
    note: `the labels are in the column ${shown(names[column]!)} (${why})`,
  });
  if (options.label !== undefined) return of(columnNamed(options.label, request, 'label'), 'as asked for');
  const { known } = options;
  const before = known?.origin?.label;
  const again = before === undefined ? -1 : names.indexOf(before);
  if (places.includes(again)) return of(again, 'as when the model was trained');
  if (options.unlabeled && known && places.length === known.width * known.height)
    return { labels: [], label: '' };
  if (known?.features) {
    const trained = new Set(known.features.map((feature) => feature.name));
    const others = places.filter((c) => !trained.has(names[c]!));
    if (others.length === 1) return of(others[0]!, 'the model was not trained on it');
  }
  if (hasHeader) {
    const lower = new Map(places.map((c) => [names[c]!.toLowerCase(), c]));
    const found = LABEL_NAMES.find((word) => lower.has(word) && !(word === 'y' && lower.has('x')));
    if (found) return of(lower.get(found)!, 'by its name');
    if (places.every((c) => /^pixel_?\d+(_\d+)?$|^\d+x\d+$/i.test(names[c]!))) {
      if (options.unlabeled) return { labels: [], label: '' };
      throw new DataError(
        `${name}: line 1, column 1: expected a column of labels, found ${shown(names[0]!)}: these rows have no labels, as in the test.csv of a competition`,
      );
    }
  }
  if (!survey) return undefined;
  if (classNames) return of(places.at(-1)!, 'the last, as its first line says');
  const words = places.filter((c) => survey.words[c] === survey.rows && survey.rows > 0);
  if (words.length === 1) return of(words[0]!, 'the only column of words');
  if (words.length > 1) {
    const some = words.slice(0, 4).map((c) => shown(names[c]!));
    throw new DataError(
      `${name}: the columns ${some.join(', ')} hold words: say which are the labels with --label NAME, and leave the others out with --ignore NAME`,
    );
  }
  const hot = survey.oneHot;
  if (hot >= 2 && survey.rows >= MANY_ROWS && places.length > hot && places.at(-1) === names.length - 1) {
    const labels = places.slice(-hot);
    const note = `the labels are the last ${hot} columns, ${shown(names[labels[0]!]!)} to ${shown(names[labels.at(-1)!]!)}: one of them is 1, the others are 0`;
    return { labels, label: `${names[labels[0]!]}–${names[labels.at(-1)!]}`, note };
  }
  if (options.unlabeled && !mayHaveLabels(places.length, known)) return { labels: [], label: '' };
  return byPosition(places, survey, request);
}

/** Whether one of so many columns may be the label: not where all are needed for a picture, or by the model. */
function mayHaveLabels(columns: number, known: KnownData | undefined): boolean {
  if (known) return columns === known.width * known.height + 1;
  return columns < SMALLEST_PICTURE || !Number.isInteger(Math.sqrt(columns));
}

/**
 * The first or the last column: whichever has fewer different whole numbers, two at least. Beside pictures, whose
 * last pixel has few values, the one whose numbers leave no gap. None, if there may be no labels and neither fits.
 */
function byPosition(
  places: readonly number[],
  { kinds, areWhole, min, max }: Survey,
  { dialect: { names }, name, options }: ColumnRequest,
): ChosenLabel {
  const [first, last] = [places[0]!, places.at(-1)!];
  const fits = (column: number, count: number) =>
    areWhole[column] === 1 && count >= 2 && count < MANY ? count : Number.POSITIVE_INFINITY;
  const [few, fewLast] = [fits(first, kinds.first), fits(last, kinds.last)];
  if (Math.min(few, fewLast) === Number.POSITIVE_INFINITY) {
    if (options.unlabeled) return { labels: [], label: '' };
    throw new DataError(
      `${name}: no column is called label, and neither the first nor the last, ${shown(names[first]!)} and ${shown(names[last]!)}, holds up to 256 classes: say which column has the labels with --label NAME`,
    );
  }
  const inputs = places.length - 1;
  const arePictures = inputs >= SMALLEST_PICTURE && Number.isInteger(Math.sqrt(inputs));
  const hasGap = (column: number, count: number) => arePictures && max[column]! - min[column]! + 1 !== count;
  const gaps = [hasGap(first, few), hasGap(last, fewLast)];
  const isFirst = gaps[0] === gaps[1] ? few <= fewLast : !gaps[0];
  const column = isFirst ? first : last;
  const position = column === first ? 'first' : 'last';
  return {
    labels: [column],
    label: names[column]!,
    warning: `the labels were taken from the ${position} column, ${shown(names[column]!)}, since none is called label: if that is wrong, pass --label NAME`,
  };
}

/** @throws DataError when there is no such column */
function columnNamed(
  title: string,
  { dialect: { names }, name }: Omit<ColumnRequest, 'survey'>,
  option: string,
): number {
  const found = placeOf(title, names);
  if (found >= 0) return found;
  const some = names.slice(0, 8).map((other) => shown(other));
  throw new DataError(
    `${name}: no column ${shown(title)}, which --${option} names: expected one of ${some.join(', ')}${names.length > some.length ? ', …' : ''}`,
  );
}

/** Where a column is, in capitals or not; −1 if there is none. */
function placeOf(title: string, names: readonly string[]): number {
  const exact = names.indexOf(title);
  return exact >= 0 ? exact : names.findIndex((other) => other.toLowerCase() === title.toLowerCase());
}

/**
 * The columns of features in the order of a model's inputs.
 *
 * @throws DataError if they are not those on which the model was trained
 */
export function placedColumns(
  { features, label }: Columns,
  names: readonly string[],
  known: KnownData | undefined,
  name: string,
): readonly number[] {
  if (!known) return features;
  const expected = known.width * known.height;
  if (!known.features) {
    if (features.length === expected) return features;
    throw new DataError(
      `${name}: line 1: ${features.length} columns${label ? ` beside the label (${label})` : ''}, but ${expected} were trained on`,
    );
  }
  const wanted = known.features.map((feature) => feature.name);
  const missing = wanted.find((title) => !names.includes(title));
  if (missing !== undefined) {
    throw new DataError(`${name}: line 1: the column ${shown(missing)} is missing, which was trained on`);
  }
  const extra = features.find((c) => !wanted.includes(names[c]!));
  if (extra !== undefined) {
    throw new DataError(
      `${name}: line 1, column ${extra + 1}: ${shown(names[extra]!)} was not trained on: leave it out (--ignore ${quoted(names[extra]!)})`,
    );
  }
  return wanted.map((title) => names.indexOf(title));
}

/** A name for a message. */
export function shown(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);
}

function quoted(title: string): string {
  return /^[\w.-]+$/.test(title) ? title : JSON.stringify(title);
}
