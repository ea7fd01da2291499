import { DataError } from '../errors.js';

/**
 * In JavaScript anything can be given to a reader: an ArrayBuffer, or nothing.
 *
 * @throws DataError that says what to give instead
 */
export function requireBytes(bytes: unknown, name: string): void {
  const kind = Object.prototype.toString.call(bytes).slice(8, -1);
  if (kind === 'Uint8Array') return;
  const advice = kind === 'ArrayBuffer' ? ': give new Uint8Array(buffer)' : '';
  const found = bytes === undefined || bytes === null ? 'nothing' : kind;
  throw new DataError(`${name}: expected its bytes in a Uint8Array, found ${found}${advice}`);
}

/**
 * Bytes in chunks. Bytes in memory are one chunk.
 *
 * @throws DataError for anything else, which says what to give instead
 */
export function chunksOf(
  source: AsyncIterable<Uint8Array> | Uint8Array | ArrayBuffer,
  name: string,
): AsyncIterable<Uint8Array> {
  const kind = Object.prototype.toString.call(source).slice(8, -1);
  if (kind === 'Uint8Array') return oneChunk(source as Uint8Array);
  if (kind === 'ArrayBuffer') return oneChunk(new Uint8Array(source as ArrayBuffer));
  if (source && typeof source === 'object' && Symbol.asyncIterator in source) return source;
  const found = source === undefined || source === null ? 'nothing' : kind;
  const advice = typeof source === 'string' ? ': give new TextEncoder().encode(text)' : '';
  throw new DataError(`${name}: expected its bytes, or a stream of them, found ${found}${advice}`);
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
