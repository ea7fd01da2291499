import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import {
  access,
  constants,
  type FileHandle,
  lstat,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core';

/** A temporary file that nobody has written to for so long has lost its writer: a write takes seconds. */
const STALE_MS = 10 * 60_000;

/**
 * Says before hours of work, not after them, that the file cannot be written. The permission bits do not tell the whole
 * truth (a file system mounted for reading, a full table of files), so a file is really made there, and removed.
 *
 * @throws DataError when the folder is missing, is not writable, or the file itself must not be overwritten
 */
export async function checkWritable(file: string, what = 'the model'): Promise<void> {
  if (file === '') throw new DataError(`${what} cannot be saved under an empty name: name a file`);
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw new DataError(`${file}: is a folder: name a file in it`);
  try {
    if (found) await access(file, constants.W_OK);
    if (found && !found.isFile()) return;
    const folder = await stat(path.dirname(file));
    if (!folder.isDirectory())
      throw new DataError(`${path.dirname(file)}: not a folder: cannot save ${file} in it`);
    const trial = temporaryName(file);
    await (await open(trial, 'wx')).close();
    await rm(trial);
  } catch (error) {
    throw saveError(file, error, what);
  }
}

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, flushed to the disk, renamed. Whatever goes
 * wrong, a file of that name from before stays as it was, and nothing is left lying about.
 *
 * @throws DataError when the disk is full or the folder cannot be written to
 */
export async function saveModel(file: string, bytes: Uint8Array, what = 'the model'): Promise<void> {
  try {
    const found = await stat(file).catch(() => undefined);
    // A device holds nothing to keep whole, and a rename would put a file in its place.
    if (found && !found.isFile()) return await writeFlushed(await open(file, 'w'), bytes);
    // What a symbolic link points at is replaced, not the link.
    const target = found ? await realpath(file) : file;
    await removeStale(target);
    const temporary = temporaryName(target);
    const removeAtExit = () => rmSync(temporary, { force: true });
    process.on('exit', removeAtExit);
    try {
      await writeFlushed(await open(temporary, 'wx', found ? found.mode & 0o777 : 0o666), bytes);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      process.off('exit', removeAtExit);
    }
    await flushFolder(path.dirname(target));
  } catch (error) {
    throw saveError(file, error, what);
  }
}

async function writeFlushed(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes);
    // A device has nothing to flush and says so.
    await handle.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EINVAL' && error.code !== 'ENOTSUP') throw error;
    });
  } finally {
    await handle.close();
  }
}

/** The rename is safe from a power cut only when the folder is on the disk too. Windows does not open folders. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is flushed and in place: there is nothing to undo.
  }
}

/** What writers of this very file that were killed while they wrote have left behind. */
async function removeStale(file: string): Promise<void> {
  const folder = path.dirname(file);
  const [before, after] = [`.${path.basename(file)}.`, '.tmp'];
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    if (!/^[0-9a-f]{12}$/.test(name.slice(before.length, -after.length))) continue;
    const left = path.join(folder, name);
    const found = await lstat(left).catch(() => undefined);
    // Another process, or this one's twin, may be writing one at this moment.
    if (found?.isFile() && Date.now() - found.mtimeMs > STALE_MS) {
      await rm(left, { force: true }).catch(() => undefined);
    }
  }
}

function temporaryName(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
}

/** What the system says, in words for a person. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'your quota of disk space is used up: free some space',
  EFBIG: 'a file of that size is not allowed here: raise the limit (ulimit -f)',
  EACCES: 'no permission to write there: choose another place',
  EPERM: 'no permission to write there: choose another place',
  EROFS: 'the disk can only be read: choose another place',
  ENOENT: 'the folder does not exist: make it first',
  ENOTDIR: 'a part of the path is no folder',
  ENAMETOOLONG: 'the name is too long',
};

/** Why the system would not write, in words for a person; undefined for an error that is none of the system's. */
export function reasonOf(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ? (REASONS[code] ?? message) : undefined;
}

function saveError(file: string, error: unknown, what = 'the model'): Error {
  const reason = reasonOf(error);
  if (error instanceof DataError || reason === undefined) return error as Error;
  return new DataError(`${file}: cannot save ${what}: ${reason}`);
}
