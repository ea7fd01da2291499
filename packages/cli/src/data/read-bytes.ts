import { readFileSync } from 'node:fs';
import { DataError } from '@longhand/core/errors';
import { isPipe, readPipe } from './read-stream.js';

/** The most bytes that are read from a pipe, whose length is not known before. */
const MAX_PIPED = 2 ** 30;

/**
 * The bytes of a file, or of standard input if the name is `-`.
 *
 * @param expected what the file should be, for the errors: `a PNG picture`
 * @throws DataError if the file is missing, is a folder or a device, or cannot be read
 */
export async function readBytes(file: string, expected: string): Promise<Uint8Array> {
  if (file === '') throw new DataError(`the name of a file is empty: expected ${expected}`);
  try {
    if (await isPipe(file, expected)) return await readPipe(file, expected, MAX_PIPED);
    // At once: in pieces, from another thread, it takes longer.
    const { buffer, byteOffset, byteLength } = readFileSync(file);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw unreadable(error, file, expected);
  }
}

/** An error of the file system as a DataError of one line; any other error as it is. */
export function unreadable(error: unknown, file: string, expected: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof DataError || typeof code !== 'string') return error;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    ENOTDIR: 'no such file',
    EISDIR: 'is a folder',
    EACCES: 'you have no permission to read it',
    EPERM: 'you have no permission to read it',
    ENAMETOOLONG: 'its name is too long for this system',
  };
  return new DataError(`${file}: ${reasons[code] ?? `cannot be read (${code})`}: expected ${expected}`, {
    cause: error,
  });
}
