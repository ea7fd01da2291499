import { DataError } from '@longhand/core/errors';
import type { InputFile } from './input-file.js';

/** The first bytes of a file, fewer if it is shorter. */
export async function headOf(file: InputFile, length: number): Promise<Uint8Array> {
  const head = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of file.open()) {
    const part = chunk.subarray(0, length - filled);
    head.set(part, filled);
    filled += part.length;
    if (filled === length) break;
  }
  // Of many short files, only their own bytes are kept.
  return filled < length ? head.slice(0, filled) : head;
}

/**
 * All bytes of a file.
 *
 * @param limit the largest size that is read, in bytes
 * @throws DataError when the file is larger
 */
export async function bytesOf(file: InputFile, limit: number): Promise<Uint8Array> {
  if (file.size !== undefined && file.size > limit) throw tooLarge(file, limit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.open()) {
    length += chunk.length;
    if (length > limit) throw tooLarge(file, limit);
    chunks.push(chunk);
  }
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(file: InputFile, limit: number): DataError {
  const megabytes = Math.floor(limit / 1e6);
  return new DataError(
    `${file.path}: is larger than ${megabytes} MB, the largest size of such a file that is read`,
  );
}
