import { DataError } from '@longhand/core';
import { MAX_CLASSES } from '@longhand/core/files';
import type { KnownFile } from '../../recognize/known-file.js';
import { type ArraySource, elementsOf, sizeOf } from '../arrays/array-source.js';
import { LABEL_WORD } from '../arrays/pair-arrays.js';
import { type Names, readArrays } from '../arrays/read-arrays.js';
import type { DataOptions, ReadData } from '../read-result.js';
import { type MatArray, matArrays } from './mat-arrays.js';

/** EMNIST's table of classes: the label, and the codes of its characters. */
const MAPPING = /(^|\.)mapping$/i;
const OTHERS_SHOWN = 3;
/** Pixels of 8 × 8, the smallest square that is taken for a picture. */
const SMALLEST_PICTURE = 64;
/** A picture so many times as wide as it is high is none. */
const LONGEST = 3;

/** Reads a MATLAB file: EMNIST's struct, or any arrays of pictures and labels. */
export async function readMatFiles(files: readonly KnownFile[], options: DataOptions): Promise<ReadData> {
  const sources: ArraySource[] = [];
  const notes: string[] = [];
  let mapping: Names | undefined;
  const others: string[] = [];
  for (const file of files.filter(({ kind }) => kind?.name === 'mat')) {
    const found = await matArrays(file);
    others.push(...found.others);
    const table = found.arrays.find(isMapping);
    if (table) mapping ??= await mappingOf(table, file.path);
    const arrays = found.arrays.filter((one) => one !== table && sizeOf(one.sizes) > 1);
    const counts = countsOf(arrays);
    for (const array of arrays) {
      const { source, note } = sourceOf(array, file.path, counts);
      sources.push(source);
      if (note) notes.push(note);
    }
  }
  if (sources.length === 0 && others.length > 0) {
    const some = others.slice(0, OTHERS_SHOWN).join(', ');
    throw new DataError(
      `${files[0]!.path}: holds no arrays of numbers, but ${some}: save the pictures and the labels as arrays`,
    );
  }
  checkNoneForEachClass(sources);
  const read = await readArrays(sources, {
    ...{ kind: 'mat', files, options, keepsRows: false },
    ...(mapping && { classes: mapping, isTransposed: true }),
  });
  return { ...read, notes: [...notes, ...read.notes] };
}

/** @throws DataError for the digits' form `train0` … `train9`, `test0` …, and for USPS's: pixels × examples × classes */
function checkNoneForEachClass(sources: readonly ArraySource[]): void {
  const [only] = sources;
  const [classes = 0, examples = 0, pixels = 0] = only?.shape ?? [];
  const areSquares = pixels >= SMALLEST_PICTURE && Number.isInteger(Math.sqrt(pixels));
  const isAlone = only !== undefined && sources.length === 1 && only.shape.length === 3;
  if (isAlone && areSquares && examples > LONGEST * pixels) {
    throw new DataError(
      `${only.path}: ${only.title}: ${pixels} pixels × ${examples} examples × ${classes} classes: lay the classes one after the other, an example a row, and save them as X with a vector y of their labels`,
    );
  }
  const first = sources.find(({ title, shape }) => shape.length === 2 && /\D0$/.test(title));
  const name = first?.title.slice(0, -1);
  if (!first || !sources.some(({ title }) => title === `${name}1`)) return;
  throw new DataError(
    `${first.path}: an array for each class (${name}0, ${name}1, …): stack them into one array X, an example a row, and save it with a vector y of their labels`,
  );
}

function isMapping({ title, sizes }: MatArray): boolean {
  const [classes = 0, columns = 0] = sizes;
  return MAPPING.test(title) && sizes.length === 2 && classes >= 2 && classes <= MAX_CLASSES && columns >= 2;
}

/** @throws DataError when the labels do not count up, or a code is no character's */
async function mappingOf(array: MatArray, path: string): Promise<Names> {
  const [classes = 0] = array.sizes;
  const cells: number[] = [];
  for await (const part of elementsOf(asSource(array, path, array.sizes, false))) cells.push(...part);
  const firstLabel = cells[0]!;
  const codes = cells.slice(classes, 2 * classes);
  const isTable = codes.every(
    (code, k) => cells[k] === firstLabel + k && Number.isInteger(code) && code > 0x20 && code < 0x3000,
  );
  if (!isTable || firstLabel < 0 || !Number.isInteger(firstLabel)) {
    throw new DataError(
      `${path}: ${array.title}: expected a row for each class: its label, and the code of its character`,
    );
  }
  return { classNames: codes.map((code) => String.fromCharCode(code)), firstLabel };
}

/** How many labels there may be: of vectors, and of what is called labels the side that pictures have, too. */
function countsOf(arrays: readonly MatArray[]): ReadonlySet<number> {
  const isTable = ({ title, sizes }: MatArray) =>
    sizes.length === 2 && LABEL_WORD.test(title) && Math.min(...sizes) <= MAX_CLASSES;
  const isLabels = (one: MatArray) => isVector(one.sizes) || isTable(one);
  const sides = new Set(
    arrays.filter((one) => !isLabels(one)).flatMap(({ sizes }) => [sizes[0]!, sizes.at(-1)!]),
  );
  return new Set(
    arrays.filter(isLabels).map(({ sizes }) => {
      const shared = isVector(sizes) ? [] : sizes.filter((size) => sides.has(size));
      return shared.length === 1 ? shared[0]! : Math.max(...sizes);
    }),
  );
}

function isVector(sizes: readonly number[]): boolean {
  return sizes.filter((size) => size !== 1).length === 1;
}

/**
 * An array as its examples lie. MATLAB's first index runs fastest, so where the examples are the last index, one follows
 * another, each picture column by column.
 */
function sourceOf(array: MatArray, path: string, counts: ReadonlySet<number>) {
  const { title, sizes } = array;
  if (isVector(sizes)) return { source: asSource(array, path, [Math.max(...sizes)], false) };
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  // Pictures of MATLAB have the examples last; rows have them first.
  const areLast = counts.has(last) ? !counts.has(first) : sizes.length > 2 && !counts.has(first);
  if (!areLast) return { source: asSource(array, path, sizes, true) };
  const note = `${title}: of ${sizes.join(' × ')} numbers, the last index counts the examples`;
  const isPicture = sizes.length > 2;
  return {
    source: { ...asSource(array, path, sizes.toReversed(), false), isByColumns: isPicture },
    note,
  };
}

function asSource(
  { title, type, elementSize, isLittleEndian, open }: MatArray,
  path: string,
  shape: readonly number[],
  isFortran: boolean,
): ArraySource {
  return {
    name: `${path}: ${title}`,
    title,
    path,
    shape,
    type,
    elementSize,
    isLittleEndian,
    isFortran,
    open,
  };
}
