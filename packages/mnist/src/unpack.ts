import { DataError } from '@longhand/core/errors';
import { gunzip } from '@longhand/core/files';
import { builtin } from './builtin.js';
import { DIGITS_FILES, type DigitsName } from './files.js';
import { verified } from './verify.js';
import { restoreZeros } from './zeros.js';

/** How every file starts once gzip is undone: an IDX magic number whose two zeros are shortened. */
const SHORTENED_START = [0, 2, 8];

/**
 * Unpacks one of the four files of the folder `digits`: undoes gzip, restores the runs of zeros, and
 * checks the SHA-256 of the result.
 *
 * @param packed the file's bytes. A host may have undone gzip already.
 * @param name which of the files it is
 * @param label its name in error messages. Default: the name of the packed file.
 * @returns the original IDX file
 * @throws DataError if it is another file, or damaged
 */
export async function unpackDigits(
  packed: Uint8Array,
  name: DigitsName,
  label = DIGITS_FILES[name].packed,
): Promise<Uint8Array> {
  const { bytes, sha256 } = DIGITS_FILES[name];
  const shortened = await inflate(packed, label, bytes);
  if (SHORTENED_START.some((byte, k) => shortened[k] !== byte)) {
    const start = JSON.stringify(String.fromCharCode(...shortened.subarray(0, 15)));
    throw new DataError(
      `${label}: expected packed digits of @longhand/mnist, found a file that starts with ${start}`,
    );
  }
  return verified(restoreZeros(shortened, bytes, label), sha256, label);
}

/** Node's own gzip, where there is one: it takes a third of the time of a DecompressionStream. */
async function inflate(packed: Uint8Array, label: string, bytes: number): Promise<Uint8Array> {
  const node = packed[0] === 0x1f ? await builtin<typeof import('node:zlib')>('zlib') : undefined;
  if (!node) return gunzip(packed, label);
  // One buffer for the whole file: small ones would be joined, and their bytes copied again. Files of
  // digits take at most a third of their size once zeros are shortened.
  const chunkSize = Math.ceil(bytes / 3);
  return new Promise((resolve, reject) => {
    node.gunzip(packed, { chunkSize }, (error, { buffer, byteOffset, byteLength } = Buffer.alloc(0)) => {
      if (error) reject(new DataError(`${label}: the gzip is cut short or corrupt: fetch the file again`));
      else resolve(new Uint8Array(buffer, byteOffset, byteLength));
    });
  });
}
