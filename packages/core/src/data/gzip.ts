import { DataError } from '../errors.js';

/**
 * What gzip packed, or the bytes themselves when they are not gzip's (its magic number is 1f 8b).
 *
 * @param name of the file, for the error
 * @throws DataError when the packed bytes are cut short or corrupt
 */
export async function gunzip(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  try {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new DataError(`${name}: the gzip is cut short or corrupt: fetch the file again`);
  }
}

/** Whether the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
