import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, constants, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '@longhand/core';

/**
 * Says before hours of work, not after them, that the file cannot be written. The permission bits do not tell the whole
 * truth (a file system mounted for reading, a full table of files), so a file is really made there, and removed.
 *
 * @throws DataError when the folder is missing, is not writable, or the file itself must not be overwritten
 */
export async function checkWritable(file: string): Promise<void> {
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
    throw saveError(file, error);
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

function saveError(file: string, error: unknown, what = 'the model'): Error {
  if (error instanceof DataError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code) return error as Error;
  return new DataError(`${file}: cannot save ${what}: ${REASONS[code] ?? message}`);
}
