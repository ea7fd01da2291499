import { constants, createReadStream, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DataError } from '@longhand/core/errors';

/** The name that means standard input. */
const STDIN = '-';
/** Bytes that are read at a time from a pipe. */
const CHUNK = 1 << 16;
/** A pipe that nobody opens for writing must not be waited for forever. */
const OPENED_MS = 5000;
const POLL_MS = 5;
let stdinWasRead = false;

/**
 * Whether a name means a pipe: standard input, a named pipe, or one that the shell made (`<(…)`). Its
 * bytes can be read once.
 *
 * @throws DataError for what can be no file of data, such as a device, which may never end
 */
export async function isPipe(file: string, expected: string): Promise<boolean> {
  if (file === STDIN) return true;
  const found = statSync(file);
  if (found.isFIFO() || found.isSocket()) return true;
  if (found.isCharacterDevice() || found.isBlockDevice()) {
    throw new DataError(`${file}: is a device: expected ${expected}`);
  }
  return false;
}

/**
 * All bytes of a pipe.
 *
 * @param limit how many bytes it may have
 * @throws DataError if it is empty, has more bytes, or nobody writes to it
 */
export async function readPipe(file: string, expected: string, limit: number): Promise<Uint8Array> {
  // `process.stdin` would switch the pipe to a way of reading that files do not have.
  if (file === STDIN && (await import('node:tty')).isatty(0)) {
    throw new DataError(`${STDIN}: standard input is the terminal: pipe ${expected} into it`);
  }
  if (file === STDIN && stdinWasRead) {
    throw new DataError(`${STDIN}: standard input was already read: pass ${STDIN} for one file only`);
  }
  if (file === STDIN) stdinWasRead = true;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const source = file === STDIN ? createReadStream('', { fd: 0, autoClose: false }) : chunksOf(file);
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) {
      throw new DataError(`${file}: has more than ${limit / 2 ** 20} MiB: expected ${expected}`);
    }
  }
  const name = file === STDIN ? `${STDIN} (standard input)` : file;
  if (length === 0) throw new DataError(`${name}: is empty: expected ${expected}`);
  return Buffer.concat(chunks, length);
}

/** Without blocking: a named pipe that nobody writes to would else hold up a thread for good. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const { setTimeout: sleep } = await import('node:timers/promises');
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const began = performance.now();
    for (let isOpened = false; ; ) {
      const chunk = await chunkOf(handle);
      if (chunk === 'later') isOpened = true;
      else if (chunk.length > 0) {
        isOpened = true;
        yield chunk;
        continue;
      } else if (isOpened || performance.now() - began > OPENED_MS) return;
      await sleep(POLL_MS);
    }
  } finally {
    await handle.close();
  }
}

async function chunkOf(handle: FileHandle): Promise<Uint8Array | 'later'> {
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(CHUNK), 0, CHUNK, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 'later';
    throw error;
  }
}
