import { DataError } from '@longhand/core';
import { type KnownFile, recognizeFile } from '../recognize/known-file.js';
import { baseOf, type InputFile } from '../source/input-file.js';
import type { DataReader } from './data-reader.js';
import type { DataOptions, ReadData } from './read-result.js';
import { DATA_READERS } from './readers.js';

/** Files that systems leave in folders and archives. */
const HIDDEN = /(^|\/)(\.[^/]+|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

/**
 * Reads data, whatever files they are in. What a file is comes from its bytes; a name decides where the bytes do not.
 *
 * @param files all files of the data, those of a folder or one alone. Hidden files are left out.
 * @throws DataError in one line: what was found, what was expected and what to do
 */
export async function readData(files: readonly InputFile[], options: DataOptions = {}): Promise<ReadData> {
  const known = await knownFiles(files);
  const reader = DATA_READERS.find(({ takes }) => takes(known));
  if (!reader) throw nothingToRead(known);
  return reader.read(known, options);
}

/** The files that may be data, each with what it is. */
export async function knownFiles(files: readonly InputFile[]): Promise<readonly KnownFile[]> {
  const known: KnownFile[] = [];
  for (const file of files) if (!HIDDEN.test(file.path)) known.push(await recognizeFile(file));
  return known;
}

function nothingToRead(files: readonly KnownFile[]): DataError {
  const expected = `expected data (${DATA_READERS.map(({ label }: DataReader) => label).join(', ')})`;
  const [first] = files;
  if (!first) return new DataError(`${expected}, found no file`);
  if (files.length > 1) return new DataError(`${folderOf(first.path)}: ${expected}, found ${list(files)}`);
  const { kind } = first;
  const found = kind ? `, found ${kind.label}` : '';
  const advice = kind?.advice ? `: ${kind.advice}` : '';
  return new DataError(`${first.path}: ${expected}${found}${advice}`);
}

function list(files: readonly KnownFile[]): string {
  const some = files.slice(0, 3).map(({ path }) => baseOf(path));
  return `${some.join(', ')}${files.length > some.length ? ` and ${files.length - some.length} more` : ''}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
}
