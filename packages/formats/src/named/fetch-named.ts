import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';
import { dataCacheFolder } from './cache-folder.js';
import { fetchFile } from './fetch-file.js';
import { checkFile } from './hash-file.js';
import { lock } from './lock.js';
import type { Mirror, NamedData, NamedFile } from './named-data.js';
import { remoteZip } from './remote-zip.js';

/** Milliseconds without a byte after which the next mirror is tried. */
const STALL_MS = 30_000;
/** The hashes of files for which the table has none, as they were at the first download. */
const PINS = 'sha256.json';

/** What happens while data are fetched. Numbers are bytes, of all files together. */
export interface FetchProgress {
  /** Bytes that are there. */
  readonly have: number;
  /** Undefined as long as it is not known. */
  readonly total: number | undefined;
  /** The file that is fetched. */
  readonly file: string;
  /** The server that gives it. */
  readonly mirror: string;
}

/** How a dataset is fetched. */
export interface FetchOptions {
  /** The folder of the cache; default `dataCacheFolder()`. */
  readonly cache?: string;
  /** Where to look, in place of the row's own list. */
  readonly mirrors?: readonly Mirror[];
  /** Stops. What has arrived stays, and the next call goes on from there. */
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte after which a mirror is given up; default 30,000. */
  readonly stallMs?: number;
  /** Called when something is fetched. If all is in the cache, it is not called. */
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Called with what a person should know, a sentence each. */
  readonly onNote?: (note: string) => void;
}

/** Data in the cache. */
export interface FetchedData {
  /** The folder that holds the files, and nothing else of interest. */
  readonly folder: string;
  /** The paths of the files, in the order of the table. */
  readonly files: readonly string[];
  /** How many files were fetched: 0 if all were in the cache. */
  readonly fetched: number;
}

/**
 * The files of a dataset: from the cache, or fetched once. Every file is checked each time. Several processes may ask for
 * the same data: one fetches, the others wait.
 *
 * @throws DataError if no mirror has a file, with the reason of each; or the cache cannot be written
 */
export async function fetchNamed(data: NamedData, options: FetchOptions = {}): Promise<FetchedData> {
  const folder = folderOf(data, options.cache);
  const files = data.files.map(({ name }) => path.join(folder, name));
  const missing = await missingFiles(data, folder, options.onNote);
  if (missing.length === 0) return { folder, files, fetched: 0 };
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw unwritable(error, folder);
  });
  const release = await lock(path.join(folder, 'lock'), {
    signal: options.signal,
    onWait: () => options.onNote?.(`${data.name}: another process is fetching it: waiting`),
  }).catch((error: unknown) => {
    throw unwritable(error, folder);
  });
  try {
    // Another process may have fetched them in the meantime.
    const left = await missingFiles(data, folder);
    await fetchFiles(data, folder, left, options);
    return { folder, files, fetched: left.length };
  } catch (error) {
    throw unwritable(error, folder);
  } finally {
    await release();
  }
}

/** The folder of a dataset in the cache. */
function folderOf({ name }: NamedData, cache = dataCacheFolder()): string {
  return path.join(cache, name);
}

/** Files that are not in the cache, or are not what they should be. */
async function missingFiles(
  data: NamedData,
  folder: string,
  onNote?: (note: string) => void,
): Promise<NamedFile[]> {
  const pins = await readPins(folder);
  const missing: NamedFile[] = [];
  for (const file of data.files) {
    const target = path.join(folder, file.name);
    if (!(await exists(target))) {
      missing.push(file);
      continue;
    }
    const check = await checkFile(target, file, pins[file.name]);
    if (check.is === 'right') continue;
    onNote?.(
      `${target}: was damaged in the cache (${check.found}, expected ${check.expected}): fetching it again`,
    );
    missing.push(file);
  }
  return missing;
}

async function fetchFiles(
  data: NamedData,
  folder: string,
  missing: readonly NamedFile[],
  { mirrors = data.mirrors, signal, stallMs = STALL_MS, onProgress, onNote }: FetchOptions,
): Promise<void> {
  const zips = new Map<string, ReturnType<typeof remoteZip>>();
  const zipOf = (url: string) => {
    const zip = zips.get(url) ?? remoteZip(url);
    zips.set(url, zip);
    return zip;
  };
  const pins = await readPins(folder);
  // Sizes that are not in the table are known once a server says them.
  const sizes = new Map(missing.map((file) => [file, file.size]));
  const sumOf = () => {
    const known = [...sizes.values()];
    return known.some((size) => size === undefined)
      ? undefined
      : known.reduce<number>((sum, size) => sum + size!, 0);
  };
  let before = 0;
  for (const file of missing) {
    let last = 0;
    const result = await fetchFile(path.join(folder, file.name), file, {
      mirrors,
      zipOf,
      pinned: pins[file.name],
      signal,
      stallMs,
      onBytes: (have, total, mirror) => {
        last = have;
        if (total !== undefined) sizes.set(file, total);
        onProgress?.({ have: before + have, total: sumOf(), file: file.name, mirror });
      },
      onFailure: (reason) => onNote?.(`${data.name}: ${reason}`),
    });
    if ('reasons' in result) throw unavailable(data, file, result.reasons);
    if (result.pinned && !pins[file.name]) {
      pins[file.name] = result.sha256;
      await writePins(folder, pins);
      onNote?.(
        `${data.name}: ${file.name}: no SHA-256 of it is known here. Its own, ${result.sha256}, is kept, and ` +
          `it is compared with that from now on${file.md5 ? '. Its MD5 is the known one' : ''}`,
      );
    }
    before += last;
  }
}

function unavailable(data: NamedData, file: NamedFile, reasons: readonly string[]): DataError {
  return new DataError(
    `${data.name}: cannot fetch ${file.name}: ${reasons.join('; ')}. What has arrived is kept: try again later, or ` +
      `download the files from ${data.home} yourself and pass their folder`,
  );
}

/** An error of the file system as a DataError; any other as it is. */
function unwritable(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'you have no permission to write there',
    EPERM: 'you have no permission to write there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of this path is a file',
    EEXIST: 'a part of this path is a file',
  };
  const reason = reasons[code ?? ''];
  if (!reason) return error;
  return new DataError(
    `${folder}: cannot keep fetched data there: ${reason}: name another folder with --data-cache`,
    {
      cause: error,
    },
  );
}

async function readPins(folder: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(path.join(folder, PINS), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

async function writePins(folder: string, pins: Readonly<Record<string, string>>): Promise<void> {
  const file = path.join(folder, PINS);
  await writeFile(`${file}.new`, `${JSON.stringify(pins, undefined, 2)}\n`, { flush: true });
  await rename(`${file}.new`, file);
}

/** Bytes of the files of a dataset that are in the cache, and whether all are. Nothing is fetched or checked. */
export async function cachedFiles(
  data: NamedData,
  cache?: string,
): Promise<{ readonly folder: string; readonly bytes: number; readonly complete: boolean }> {
  const folder = folderOf(data, cache);
  const sizes = await Promise.all(
    data.files.map(({ name }) =>
      stat(path.join(folder, name)).then(
        ({ size }) => size,
        () => undefined,
      ),
    ),
  );
  return {
    folder,
    bytes: sizes.reduce<number>((sum, size = 0) => sum + size, 0),
    complete: sizes.every((size) => size !== undefined),
  };
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    (status) => status.isFile(),
    () => false,
  );
}
