import { DataError } from '@longhand/core';
import type { Picture } from '@longhand/core/pictures';
import { decode } from 'fast-png';
import { readBytes } from '../data/read-bytes.js';
import { readPngHeader } from './png-header.js';
import { toPicture } from './png-samples.js';

/**
 * The picture in a PNG file.
 *
 * @throws DataError if the file is missing, cannot be read, is no PNG or is damaged
 */
export async function readPng(file: string): Promise<Picture> {
  return decodePng(await readBytes(file, 'a PNG picture'), file);
}

/**
 * The picture in the bytes of a PNG file, of any color type and depth. Checksums are verified.
 *
 * @param name of the file, for the errors
 * @throws DataError if it is no PNG, is damaged, or is interlaced with fewer than 8 bits per sample
 */
export function decodePng(file: Uint8Array, name: string): Picture {
  const { colorType, depth, interlaced } = readPngHeader(file, name);
  // fast-png 8 treats every pixel of an interlaced picture as a whole byte.
  if (interlaced && depth < 8) {
    throw new DataError(
      `${name}: an interlaced PNG of ${depth} bits per sample is not supported: save it without interlacing`,
    );
  }
  try {
    return toPicture(decode(file, { checkCrc: true }), colorType);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/:$/, '');
    throw new DataError(`${name}: the PNG is cut short or corrupt (${reason}): save the picture again`, {
      cause: error,
    });
  }
}
