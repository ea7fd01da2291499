import { DataError } from '@longhand/core/errors';
import { builtin } from './builtin.js';

/**
 * Returns the bytes if their SHA-256 is the expected one. A page that was loaded over plain http has
 * no means to compute it: there the bytes are returned unverified.
 *
 * @param sha256 the expected sum, 64 hexadecimal digits
 * @param name the file's name, for the error
 * @throws DataError with both sums if they differ
 */
export async function verified(bytes: Uint8Array, sha256: string, name: string): Promise<Uint8Array> {
  const found = await sha256Of(bytes);
  if (found !== undefined && found !== sha256) {
    throw new DataError(`${name}: expected SHA-256 ${sha256}, found ${found}: the file is damaged`);
  }
  return bytes;
}

async function sha256Of(bytes: Uint8Array): Promise<string | undefined> {
  const node = await builtin<typeof import('node:crypto')>('crypto');
  // Node's own takes half the time of its `crypto.subtle`.
  if (node) return node.createHash('sha256').update(bytes).digest('hex');
  if (!globalThis.crypto?.subtle) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
