import { rmSync } from 'node:fs';
import {
  access,
  constants,
  type FileHandle,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core/errors';

/** After this time a temporary file counts as abandoned: writing takes seconds. */
const STALE_MS = 10 * 60_000;

/**
 * Checks before hours of work, not after them, that the file can be written. The permission bits
 * are not enough (a read-only file system, no free inodes), so it creates a file there and removes
 * it.
 *
 * @throws DataError if the folder is missing or not writable, or the file must not be overwritten
 */
export async function checkWritable(file: string, what = 'the model'): Promise<void> {
  if (file === '') throw new DataError(`${what} cannot be saved: the file name is empty`);
  const found = await stat(file).catch(() => undefined);
  const isFolder = found?.isDirectory() || file.endsWith('/') || file.endsWith(path.sep);
  if (isFolder) throw new DataError(`${file}: is a folder: name a file in it`);
  try {
    if (found) await access(file, constants.W_OK);
    if (found && !found.isFile()) return;
    const target = await targetOf(file);
    const folder = await stat(path.dirname(target));
    if (!folder.isDirectory())
      throw new DataError(`${path.dirname(file)}: not a folder: cannot save ${file} in it`);
    const trial = temporaryName(target);
    await (await open(trial, 'wx')).close();
    await rm(trial);
  } catch (error) {
    throw saveError(file, error, what);
  }
}

/**
 * Writes a file completely or not at all: under a temporary name in the same folder, flushed to the
 * disk, then renamed. Whatever goes wrong, an older file of that name stays as it was, and no
 * temporary file remains.
 *
 * @throws DataError if the disk is full or the folder cannot be written to
 */
export async function saveModel(file: string, bytes: Uint8Array, what = 'the model'): Promise<void> {
  try {
    const found = await stat(file).catch(() => undefined);
    // A device has no contents to protect, and a rename would replace it with a file.
    if (found && !found.isFile()) return await writeFlushed(await open(file, 'w'), bytes);
    const target = await targetOf(file);
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

/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;

/**
 * The file that a symbolic link leads to, whether it exists or not; any other file itself. So the
 * target is written, and the link stays.
 */
export async function targetOf(file: string): Promise<string> {
  let target = file;
  for (let links = 0; links < MAX_LINKS; links++) {
    const found = await lstat(target).catch(() => undefined);
    if (!found?.isSymbolicLink()) return target;
    // A link is relative to the real folder that it lies in.
    target = path.resolve(await realpath(path.dirname(target)), await readlink(target));
  }
  throw new DataError(`${file}: is a symbolic link that leads back to itself: choose another name`);
}

async function writeFlushed(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes);
    // A device has nothing to flush and reports an error.
    await handle.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EINVAL' && error.code !== 'ENOTSUP') throw error;
    });
  } finally {
    await handle.close();
  }
}

/**
 * After a power cut the rename is only safe if the folder was flushed, too. Windows cannot open
 * folders.
 */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is flushed and in its place: nothing to undo.
  }
}

/** Removes temporary files of this file whose writers were killed. */
async function removeStale(file: string): Promise<void> {
  const folder = path.dirname(file);
  const [before, after] = [`.${path.basename(file)}.`, '.tmp'];
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    if (!/^[0-9a-f]{12}$/.test(name.slice(before.length, -after.length))) continue;
    const left = path.join(folder, name);
    const found = await lstat(left).catch(() => undefined);
    // Another process may be writing one right now.
    if (found?.isFile() && Date.now() - found.mtimeMs > STALE_MS) {
      await rm(left, { force: true }).catch(() => undefined);
    }
  }
}

function temporaryName(file: string): string {
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  return path.join(path.dirname(file), `.${path.basename(file)}.${random}.tmp`);
}

/** Error codes of the system in plain words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'your quota of disk space is used up: free some space',
  EFBIG: 'a file of that size is not allowed here: raise the limit (ulimit -f)',
  EACCES: 'you have no permission to write there: choose another place',
  EPERM: 'you have no permission to write there: choose another place',
  EROFS: 'the disk is read-only: choose another place',
  ENOENT: 'the folder does not exist: create it first',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder: name a file in it',
  ENAMETOOLONG: 'the name is too long',
};

/** Why the system could not write, in plain words; undefined for any other error. */
export function reasonOf(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ? (REASONS[code] ?? message) : undefined;
}

function saveError(file: string, error: unknown, what = 'the model'): Error {
  const reason = reasonOf(error);
  if (error instanceof DataError || reason === undefined) return error as Error;
  return new DataError(`${file}: cannot save ${what}: ${reason}`);
}
