import { DataError } from '@longhand/core';
import { type KnownFile, recognizeFile } from '../recognize/known-file.js';
import { baseOf, type InputFile } from '../source/input-file.js';
import { filesOfZip } from '../source/zip.js';
import { withChoices } from './choices.js';
import type { DataReader } from './data-reader.js';
import { lyingWarning } from './orientation/lying.js';
import type { DataOptions, ReadData } from './read-result.js';
import { DATA_READERS } from './readers.js';

/** Files that systems leave in folders and archives. */
const HIDDEN = /(^|\/)(\.[^/]+|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

/** Files whose heads are read at a time. */
const AT_ONCE = 64;

/** How deep zips in zips are unpacked. */
const MAX_DEPTH = 2;

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
  const read = withChoices(await reader.read(known, options), options);
  const dataset = read.training ?? read.test;
  const warning = dataset && lyingWarning(dataset);
  return warning ? { ...read, warnings: [...(read.warnings ?? []), warning] } : read;
}

/** The files that may be data, each with what it is. A zip stands for the files in it. */
async function knownFiles(files: readonly InputFile[]): Promise<readonly KnownFile[]> {
  const known: KnownFile[] = [];
  const add = async (some: readonly InputFile[], folder: string, depth: number) => {
    const shown = some.filter(({ path }) => !HIDDEN.test(path.slice(folder.length)));
    for await (const one of recognized(shown)) {
      if (one.kind?.name !== 'zip') known.push(one);
      else if (depth === MAX_DEPTH)
        throw new DataError(`${one.path}: a zip in a zip in a zip: unpack it yourself`);
      else await add(await filesOfZip(one), `${one.path}/`, depth + 1);
    }
  };
  const folder = files.length === 1 ? files[0]!.path : commonFolder(files.map(({ path }) => path));
  await add(files, folder, 0);
  return known;
}

/** What files are, in their order: a disk answers many questions at once. */
async function* recognized(files: readonly InputFile[]): AsyncGenerator<KnownFile> {
  const started: Promise<KnownFile>[] = [];
  for (const [k] of files.entries()) {
    for (let next = k + started.length; next < Math.min(files.length, k + AT_ONCE); next++) {
      const one = recognizeFile(files[next]!);
      // Whoever comes to it gets the error; until then it is nobody's.
      one.catch(() => undefined);
      started.push(one);
    }
    yield await started.shift()!;
  }
}

/** What all paths begin with, up to a `/`: it may have hidden folders, such as `.cache`. */
function commonFolder(paths: readonly string[]): string {
  let common = paths[0] ?? '';
  for (const path of paths) while (!path.startsWith(common)) common = common.slice(0, -1);
  return common.slice(0, common.lastIndexOf('/') + 1);
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
