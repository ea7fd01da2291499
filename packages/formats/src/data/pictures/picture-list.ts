import { DataError } from '@longhand/core';
import type { KnownFile } from '../../recognize/known-file.js';
import { cellsOf, namesPicture, separatorOf } from '../../recognize/picture-list.js';
import { bytesOf } from '../../source/read-bytes.js';
import { labelAmong } from '../choices.js';
import type { DataOptions } from '../read-result.js';

/** A list of so many pictures is shorter. */
const MAX_LIST_BYTES = 64e6;
/** More are put into folders: a list and its rows are in memory at once. */
const MAX_LISTED = 200_000;
/** What the column of labels is called, the likeliest first. */
const LABEL_NAMES = [
  'label',
  'labels',
  'class',
  'target',
  'digit',
  'category',
  'y',
  'classname',
  'class_name',
];
/** What the column is called that says which rows are for testing. */
const SPLIT_NAME = /^(split|set|subset|part|fold)$/i;

/** A row of a list. */
interface ListedPicture {
  /** From the list's folder, with `/` between its parts. */
  readonly path: string;
  /** Undefined where the list has no labels. */
  readonly className?: string;
  /** What the row says that it is for, such as `train`. */
  readonly split?: string;
}

/** What a list holds. */
export interface PictureList {
  readonly rows: readonly ListedPicture[];
  /** How its columns were understood, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a table of the paths of pictures and their labels.
 *
 * @throws DataError if a row names no picture, or it is not clear which column is the label
 */
export async function readPictureList(file: KnownFile, options: DataOptions): Promise<PictureList> {
  const text = new TextDecoder().decode(await bytesOf(file, MAX_LIST_BYTES)).replace(/^\ufeff/, '');
  const lines = text.split(/\r?\n/, MAX_LISTED + 2);
  if (lines.length > MAX_LISTED + 1) {
    const most = MAX_LISTED.toLocaleString('en-US');
    throw new DataError(
      `${file.path}: lists more than ${most} pictures: put those of each class into a folder of its own`,
    );
  }
  const isRow = (line: string) => line.trim() !== '';
  const top = lines.findIndex(isRow);
  const separator = separatorOf(lines[top]!);
  const first = cellsOf(lines[top]!, separator);
  const header = first.some(namesPicture) ? undefined : first;
  const start = header ? lines.findIndex((line, k) => k > top && isRow(line)) : top;
  const pathColumn = cellsOf(lines[start]!, separator).findIndex(namesPicture);
  const splitColumn = header?.findIndex((name) => SPLIT_NAME.test(name)) ?? -1;
  const label = labelAmong(header ?? [], options);
  const labelColumn = labelColumnOf(file.path, header, first.length, pathColumn, splitColumn, label);
  const called = (column: number) => (header ? `“${header[column]}”` : `number ${column + 1}`);
  const read: ListedPicture[] = [];
  for (let k = start; k < lines.length; k++) {
    if (!isRow(lines[k]!)) continue;
    const cells = cellsOf(lines[k]!, separator);
    const path = cells[pathColumn] ?? '';
    const className = labelColumn === undefined ? undefined : cells[labelColumn];
    if (!namesPicture(path) || className === '') {
      const what = namesPicture(path)
        ? 'the label is empty'
        : `expected the name of a picture, found “${path}”`;
      throw new DataError(`${file.path}: line ${k + 1}: ${what}`);
    }
    read.push({
      path: path.replaceAll('\\', '/').replace(/^(\.\/)+/, ''),
      ...(className !== undefined && { className }),
      ...(splitColumn >= 0 && { split: cells[splitColumn] ?? '' }),
    });
  }
  const labels = labelColumn === undefined ? '' : `, their labels in column ${called(labelColumn)}`;
  return { rows: read, notes: [`The pictures are listed in column ${called(pathColumn)}${labels}.`] };
}

function labelColumnOf(
  list: string,
  header: readonly string[] | undefined,
  columns: number,
  path: number,
  split: number,
  wanted: string | undefined,
): number | undefined {
  const named = (name: string) => header?.findIndex((one) => one.toLowerCase() === name.toLowerCase()) ?? -1;
  if (wanted !== undefined) {
    const column = named(wanted);
    if (column >= 0) return column;
    throw new DataError(`${list}: no column is called “${wanted}”: ${(header ?? []).join(', ')}`);
  }
  const known = LABEL_NAMES.map(named).find((column) => column >= 0);
  if (known !== undefined) return known;
  const others = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => column !== path && column !== split,
  );
  if (others.length === 1) return others[0];
  if (others.length === 0) return undefined;
  const names = header ? `: ${others.map((column) => header[column]).join(', ')}` : '';
  throw new DataError(
    `${list}: ${others.length} columns could be the label${names}: ${header ? 'name it with --label' : 'add a line with the names of the columns'}`,
  );
}
