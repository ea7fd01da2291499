import { createReadStream, type Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import { fileOf, type InputFile } from '@longhand/formats';
import { unreadable } from './read-bytes.js';
import { readPipe } from './read-stream.js';

/** Bytes of a file that are in memory at a time. A smaller file is read at once. */
const CHUNK = 1 << 20;
/** More files than the largest published sets of pictures have. */
const MAX_FILES = 1_000_000;

/** Files that the system is asked about at a time. */
const AT_ONCE = 64;

/** What comes through a pipe is held in memory, in bytes. */
const MAX_PIPED = 2 ** 30;

/** The name that stands for standard input. */
const STDIN = '-';

/**
 * The files at a path: the file itself, or all files of a folder and of the folders in it, in the
 * order of their names, numbers by their value. `-` is standard input.
 *
 * @param expected what should be there, for the errors: `a CSV file`
 * @throws DataError if there is nothing, it cannot be read, or it is neither a file nor a folder
 */
export async function filesBelow(name: string, expected: string): Promise<readonly InputFile[]> {
  if (name === STDIN) return [await piped(name, 'standard input', expected)];
  const status = await stat(name).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DataError(`${name}: no such file or folder: expected ${expected}`);
    throw unreadable(error, name, expected);
  });
  if (status.isFIFO()) return [await piped(name, slashed(name), expected)];
  if (status.isFile()) return [fileAt(name, slashed(name), status.size, expected)];
  if (!status.isDirectory())
    throw new DataError(`${name}: is neither a file nor a folder: expected ${expected}`);
  const files: InputFile[] = [];
  await collect(name, slashed(name).replace(/\/+$/, ''), files, expected);
  return files;
}

/**
 * A file that a list names, by its path from the list's folder; undefined if there is none.
 *
 * @param list the path of the list
 */
export async function fileBeside(list: string, listed: string): Promise<InputFile | undefined> {
  const name = path.resolve(path.dirname(list), listed);
  const status = await stat(name).catch(() => undefined);
  return status?.isFile() ? fileAt(name, listed, status.size, 'a picture') : undefined;
}

/**
 * The other files of a file's folder whose names are wanted, in the order of their names.
 *
 * @throws DataError if the folder cannot be read
 */
export async function filesBeside(
  name: string,
  isWanted: (name: string) => boolean,
): Promise<readonly InputFile[]> {
  if (name === STDIN) return [];
  const folder = path.dirname(name);
  const entries = await readdir(folder).catch((error: unknown) => {
    throw unreadable(error, folder, 'a folder of data');
  });
  const wanted = entries.filter((entry) => entry !== path.basename(name) && isWanted(entry)).sort();
  const files: InputFile[] = [];
  for (const entry of wanted) {
    const place = path.join(folder, entry);
    const status = await stat(place).catch(() => undefined);
    if (status?.isFile()) files.push(fileAt(place, slashed(place), status.size, 'an IDX file'));
  }
  return files;
}

/** Folders are not followed through symbolic links: a link to a folder above would never end. */
async function collect(folder: string, shown: string, files: InputFile[], expected: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(error, folder, expected);
  });
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const statuses: (Stats | undefined)[] = [];
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    statuses.push(
      ...(await Promise.all(some.map(({ name }) => stat(path.join(folder, name)).catch(() => undefined)))),
    );
  }
  for (const [k, entry] of entries.entries()) {
    const inside = path.join(folder, entry.name);
    const place = `${shown}/${entry.name}`;
    if (entry.isDirectory()) await collect(inside, place, files, expected);
    else {
      const status = statuses[k];
      if (status?.isFile()) files.push(fileAt(inside, place, status.size, expected));
    }
    if (files.length > MAX_FILES)
      throw new DataError(
        `${shown}: more than ${MAX_FILES.toLocaleString('en-US')} files: expected ${expected}`,
      );
  }
}

function fileAt(name: string, shown: string, size: number, expected: string): InputFile {
  return {
    path: shown,
    size,
    async *open() {
      try {
        if (size > CHUNK) yield* createReadStream(name, { highWaterMark: CHUNK });
        else {
          const { buffer, byteOffset, byteLength } = await readFile(name);
          yield new Uint8Array(buffer, byteOffset, byteLength);
        }
      } catch (error) {
        throw unreadable(error, shown, expected);
      }
    },
  };
}

/** What comes through a pipe is kept: it can be read once, and a reader may need it twice. */
async function piped(name: string, shown: string, expected: string): Promise<InputFile> {
  return fileOf(shown, await readPipe(name, expected, MAX_PIPED));
}

/** A path as messages show it: Windows separates its parts by `\`. */
function slashed(name: string): string {
  return path.sep === '\\' ? name.replaceAll('\\', '/') : name;
}
