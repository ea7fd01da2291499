import { DataError, Dataset } from '@longhand/core';
import { type KnownData, knownClassNames, numberedClasses, readClassNames } from '@longhand/core/files';
import type { KnownFile } from '../../recognize/known-file.js';
import { MAX_RATIO, mostUnpacked } from '../../source/gunzipped.js';
import { baseOf } from '../../source/input-file.js';
import { bytesOf } from '../../source/read-bytes.js';
import { labelAmong } from '../choices.js';
import { type KnownSet, knownSetOf } from '../known-sets.js';
import type { DataOptions, ReadData } from '../read-result.js';
import { type ArrayLabels, labelsOfArray } from './array-labels.js';
import { type ArrayPixels, pixelsOf } from './array-pixels.js';
import { type ArraySource, sizeOf } from './array-source.js';
import { idxSource } from './idx.js';
import { siblingsOf } from './idx-siblings.js';
import { type Pair, pairArrays } from './pair-arrays.js';

/** The names of the classes, one per line, beside the files. */
const CLASSES = 'classes.txt';
const MAX_CLASSES_BYTES = 1e6;

/** Reads IDX files: a pair of pictures and labels, or one for training and one for the test. */
export async function readIdxFiles(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const given = files.filter(({ kind }) => kind?.name === 'idx');
  const found = files.length === 1 && options.beside ? await siblingsOf(given[0]!, options.beside) : [];
  const sources: ArraySource[] = [];
  for (const file of [...given, ...found]) sources.push(await idxSource(file));
  const read = await readArrays(sources, {
    ...{ kind: 'idx', files: [...files, ...found], options, keepsRows: true },
  });
  if (found.length === 0) return read;
  const names = found.map(({ path }) => baseOf(path)).join(', ');
  return { ...read, notes: [`${names}: taken from the same folder`, ...read.notes] };
}

/** Where arrays are from, and how they are read. */
export interface ArrayRequest {
  readonly kind: string;
  /** All files of the data: one of them may name the classes. */
  readonly files: readonly KnownFile[];
  readonly options: DataOptions;
  /** Whether rows of bytes are rows, even if they could be square pictures. */
  readonly keepsRows: boolean;
  /** The classes, if the file says what they are. */
  readonly classes?: Names;
  /** Whether the file's form says that the pictures lie on their side. */
  readonly isTransposed?: boolean;
}

/** Makes data of arrays of pictures and labels. */
export async function readArrays(sources: readonly ArraySource[], request: ArrayRequest): Promise<ReadData> {
  const { kind, options, files } = request;
  if (sources.length === 0) {
    const names = files.map(({ path }) => path).slice(0, 3);
    throw new DataError(`${names.join(', ')}: holds no arrays: expected pictures and labels`);
  }
  const label = labelAmong(
    sources.map(({ title }) => title),
    options,
  );
  const pairs = pairArrays(sources, { ...options, label });
  const { training: pair } = pairs;
  checkUnpacked([pair, ...(pairs.test ? [pairs.test] : [])], files);
  const set = knownSetOf(pair.pictures.name);
  const { known } = options;
  const isTransposed = request.isTransposed ?? set?.isTransposed ?? false;
  const ways = { isTransposed, keepsRows: request.keepsRows };
  // Labels first: a wrong one is found before the pictures are unpacked.
  const labels = pair.labels && (await labelsOfArray(pair.labels));
  const testLabels = pairs.test && (await labelsOfArray(pairs.test.labels!));
  const pixels = await pixelsOf(pair.pictures, { ...ways, known });
  const notes = [...pairs.notes, ...pixels.notes];
  if (isTransposed)
    notes.push(`${set?.name ?? 'EMNIST'}: its pictures lie on their side; they were turned upright`);
  if (known?.origin?.transposed && !isTransposed) {
    notes.push(
      `${pair.pictures.name}: the model's pictures were turned upright on the way in, as EMNIST's; these are taken as they are`,
    );
  }
  if (!pair.labels || !labels) {
    const { width, height, features } = pixels;
    const unlabeled = { pixels: pixels.pixels, width, height, ...(features && { features }) };
    return { kind, notes, unlabeled };
  }
  notes.push(...labels.notes);
  const test = pairs.test &&
    testLabels && {
      pair: pairs.test,
      pixels: await pixelsOf(pairs.test.pictures, { ...ways, known: formOf(pixels), isTest: true }),
      labels: testLabels,
    };
  if (test && (test.pixels.width !== pixels.width || test.pixels.height !== pixels.height)) {
    throw new DataError(
      `${folderOf(pair.pictures.path)}: the training pictures are ${pixels.width} × ${pixels.height}, the test pictures ${test.pixels.width} × ${test.pixels.height}: do the files belong together?`,
    );
  }
  const names = await namesOf(pair, labels, set, request);
  if (names.firstLabel === 1 && names.classNames[0] === '1') {
    const last = names.classNames.length;
    const digit = last === 10 ? '; in some files 10 stands for the digit 0, in others 1 does' : '';
    notes.push(`${pair.labels.name}: the labels are 1 to ${last}, and the classes are called so${digit}`);
  }
  const of = (one: ArrayPixels, classes: ArrayLabels, name: string) =>
    datasetOf(one, indices(classes, names, name), names, isTransposed);
  return {
    kind,
    label: pair.labels.title,
    notes,
    training: of(pixels, labels, pair.labels.name),
    ...(test && { test: of(test.pixels, test.labels, test.pair.labels!.name) }),
  };
}

/**
 * A byte is kept for each value of the pictures.
 *
 * @throws DataError when they are far more than the files have
 */
function checkUnpacked(pairs: readonly Pair[], files: readonly KnownFile[]): void {
  const given = files.reduce((sum, { packed, size }) => sum + (packed ?? size ?? 0), 0);
  const kept = pairs.reduce((sum, { pictures }) => sum + sizeOf(pictures.shape), 0);
  if (kept <= mostUnpacked(given)) return;
  throw new DataError(
    `${pairs[0]!.pictures.name}: ${kept.toLocaleString('en-US')} values, more than ${MAX_RATIO} times the bytes of the file: if that is right, save it without compression`,
  );
}

/** What the test set must have in common with the training set. */
function formOf({ width, height, features, valueRange }: ArrayPixels): Partial<KnownData> {
  return {
    ...{ width, height },
    ...(features && { features }),
    ...{ origin: valueRange ? { valueRange } : {} },
  };
}

function datasetOf(
  { pixels, width, height, features, valueRange }: ArrayPixels,
  labels: Uint8Array,
  { classNames }: Names,
  isTransposed: boolean,
): Dataset {
  const isOwn = valueRange !== undefined || isTransposed;
  const origin = isOwn && {
    origin: { ...(valueRange && { valueRange }), ...(isTransposed && { transposed: true as const }) },
  };
  return new Dataset({ pixels, labels, width, height, classNames, ...(features && { features }), ...origin });
}

/** The classes, and which label is the first of them. */
export interface Names {
  readonly classNames: readonly string[];
  readonly firstLabel: number;
}

async function namesOf(
  { labels: source }: Pair,
  labels: ArrayLabels,
  set: KnownSet | undefined,
  { kind, files, options, classes }: ArrayRequest,
): Promise<Names> {
  const listed = files.find(({ path }) => baseOf(path) === CLASSES);
  if (listed) {
    const text = new TextDecoder().decode(await bytesOf(listed, MAX_CLASSES_BYTES));
    return { classNames: readClassNames(text, listed.path), firstLabel: 0 };
  }
  if (classes) return classes;
  if ('texts' in labels) {
    const classNames = options.known?.classNames ?? [...new Set(labels.texts)].sort();
    return { classNames: readClassNames(classNames.join('\n'), source!.name), firstLabel: 0 };
  }
  const { numbers } = labels;
  const isOf = ({ classNames, firstLabel }: KnownSet) =>
    numbers.every((label) => label >= firstLabel && label < firstLabel + classNames.length);
  if (set && isOf(set)) return set;
  const fromOne = kind === 'mat' ? countedFromOne(numbers) : undefined;
  if (fromOne && (options.known?.classNames ?? fromOne).join() === fromOne.join()) {
    return { classNames: fromOne, firstLabel: 1 };
  }
  const classNames =
    (await knownClassNames(asLabelFile(numbers))) ??
    options.known?.classNames ??
    numberedClasses(numbers, source!.name);
  return { classNames, firstLabel: 0 };
}

/**
 * MATLAB counts from 1: the classes of labels from 1 to 10 or more, none of which is missing. Which digit 10
 * stands for differs from file to file, so the classes are called what the file calls them.
 */
function countedFromOne(numbers: Uint8Array): string[] | undefined {
  const found = new Set(numbers);
  const highest = Math.max(...found);
  if (highest < 10 || found.has(0) || found.size !== highest) return undefined;
  return Array.from({ length: highest }, (_, k) => String(k + 1));
}

/** The IDX file of the labels: published ones are known by its SHA-256. */
function asLabelFile(labels: Uint8Array): Uint8Array {
  const file = new Uint8Array(8 + labels.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x0801);
  view.setUint32(4, labels.length);
  file.set(labels, 8);
  return file;
}

function indices(labels: ArrayLabels, { classNames, firstLabel }: Names, name: string): Uint8Array {
  if ('texts' in labels) {
    const places = new Map(classNames.map((className, c) => [className, c]));
    return Uint8Array.from(labels.texts, (text, i) => {
      const found = places.get(text.trim());
      if (found !== undefined) return found;
      const some = classNames.slice(0, 12).join(', ');
      throw new DataError(`${name}: label ${JSON.stringify(text)} of example ${i}: expected one of ${some}`);
    });
  }
  const { numbers } = labels;
  const last = firstLabel + classNames.length - 1;
  const wrong = numbers.findIndex((label) => label < firstLabel || label > last);
  if (wrong >= 0) {
    throw new DataError(
      `${name}: label ${numbers[wrong]} of example ${wrong}: expected a class from ${firstLabel} to ${last}: do the files belong together?`,
    );
  }
  return firstLabel === 0 ? numbers : numbers.map((label) => label - firstLabel);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) || path;
}
