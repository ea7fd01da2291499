import { Unzlib } from 'fflate';

/** Compressed bytes that are unpacked at a time. A byte becomes at most 1,032: 16 MB. */
const SLICE = 1 << 14;

/**
 * Unpacks a zlib stream of which it is known how long it becomes. It stops as soon as there is more.
 *
 * @param parts of the stream, one after the other
 * @throws Error if the stream is damaged, or is longer or shorter than `length`
 */
export function inflate(parts: readonly Uint8Array[], length: number): Uint8Array {
  checkInflated(parts, length);
  const bytes = new Uint8Array(length);
  let filled = 0;
  const stream = new Unzlib((chunk) => {
    if (filled + chunk.length > length) throw new Error('it holds more pixels than its size has');
    bytes.set(chunk, filled);
    filled += chunk.length;
  });
  for (const part of parts) {
    for (let at = 0; at < part.length; at += SLICE) stream.push(part.subarray(at, at + SLICE), false);
  }
  if (filled < length) throw new Error(`it holds ${filled} of its ${length} bytes of pixels`);
  return bytes;
}

/** @throws Error if the parts of a zlib stream are too few bytes to become so many */
export function checkInflated(parts: readonly Uint8Array[], length: number): void {
  const compressed = parts.reduce((sum, part) => sum + part.length, 0);
  // No deflate stream packs better than 1,032 : 1 (zlib's "Maximum Compression Factor").
  if (length > 1032 * (compressed + 64)) {
    throw new Error(`${compressed} compressed bytes cannot hold its ${length} bytes of pixels`);
  }
}
