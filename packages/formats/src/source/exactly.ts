import { DataError } from '@longhand/core/errors';
import type { InputFile } from './input-file.js';

/** A part of a file: what its header promises. */
export interface Promised {
  /** Where it starts, in bytes. */
  readonly start: number;
  /** Its length, in bytes. It ends where the file ends. */
  readonly length: number;
  /** In words: `60000 pictures of 28 × 28`. */
  readonly what: string;
}

/** The most bytes that an array may have. */
const MAX_BYTES = 16e9;

/**
 * The bytes of a file after its header.
 *
 * @returns a function that opens them, and throws a DataError if there are fewer or more than were promised
 * @throws DataError if that is clear from the file's size, or nothing could be as large
 */
export function exactly(
  file: InputFile,
  { start, length, what }: Promised,
): () => AsyncGenerator<Uint8Array> {
  const wrong = (found: number, more = '') => {
    const state = found < length ? 'cut short' : 'too long';
    return new DataError(
      `${file.path}: the header promises ${what} (${length} bytes), found ${found}${more} bytes: the file is ${state}`,
    );
  };
  if (file.size !== undefined && file.size !== start + length) throw wrong(Math.max(0, file.size - start));
  if (file.atMost !== undefined && length > file.atMost) {
    throw new DataError(
      `${file.path}: the header promises ${what} (${length} bytes), far more than its ${file.packed} bytes unpack to: the file is damaged`,
    );
  }
  if (!Number.isSafeInteger(length) || length > MAX_BYTES)
    throw new DataError(`${file.path}: the header promises ${what} (${length} bytes): the file is damaged`);
  return async function* () {
    let skipped = 0;
    let read = 0;
    for await (const chunk of file.open()) {
      const from = Math.min(start - skipped, chunk.length);
      skipped += from;
      if (from === chunk.length) continue;
      read += chunk.length - from;
      if (read > length) throw wrong(read, ' or more');
      yield from > 0 ? chunk.subarray(from) : chunk;
    }
    if (read < length) throw wrong(read);
  };
}
