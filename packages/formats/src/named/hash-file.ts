import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { NamedFile } from './named-data.js';

type Algorithm = 'sha256' | 'md5';

/** Bytes that are read at a time. */
const CHUNK = 1 << 20;

/** The hash of a file in hexadecimal digits. */
async function hashFile(file: string, algorithm: Algorithm = 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }))
    hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/**
 * The SHA-256 of what a gzip file holds.
 *
 * @returns nothing where the file is no gzip file, is cut short or is damaged
 */
async function hashContents(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  const unpacked = createGunzip();
  const source = createReadStream(file, { highWaterMark: CHUNK });
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  try {
    for await (const chunk of unpacked) hash.update(chunk as Uint8Array);
  } catch {
    return undefined;
  } finally {
    source.destroy();
  }
  return hash.digest('hex');
}

/** Whether a file is the one that is meant. */
export type Check =
  | { readonly is: 'right'; readonly sha256: string; readonly pinned: boolean }
  | { readonly is: 'wrong'; readonly found: string; readonly expected: string };

/**
 * Checks a file by its SHA-256; by the MD5, where only that is known; and where nothing is known, by the checksum
 * inside the gzip file.
 *
 * @param pinned the SHA-256 of an earlier download
 */
export async function checkFile(file: string, known: NamedFile, pinned: string | undefined): Promise<Check> {
  const sha256 = await hashFile(file);
  const right: Check = { is: 'right', sha256, pinned: !known.sha256 && !known.contents };
  const expected = known.sha256 ?? pinned;
  if (expected === sha256 || known.contents === sha256) return right;
  if (known.contents && (await hashContents(file)) === known.contents) return right;
  if (expected) return { is: 'wrong', found: `SHA-256 ${sha256}`, expected };
  if (known.md5) {
    const md5 = await hashFile(file, 'md5');
    return md5 === known.md5 ? right : { is: 'wrong', found: `MD5 ${md5}`, expected: known.md5 };
  }
  if (known.name.endsWith('.gz') && (await hashContents(file)) === undefined) {
    return { is: 'wrong', found: 'a damaged gzip file', expected: 'one that can be unpacked' };
  }
  return right;
}
