import { DataError } from '@longhand/core/errors';
import { checkSize, type DecodeOptions } from '../limits.js';

/** The color type of a PNG (PNG 3rd edition, 11.2.1). */
export type ColorType = 'gray' | 'rgb' | 'palette' | 'gray and alpha' | 'rgb and alpha';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample or palette index: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly colorType: ColorType;
  readonly interlaced: boolean;
}

const COLOR_TYPES: Readonly<
  Record<number, { readonly name: ColorType; readonly depths: readonly number[] }>
> = {
  0: { name: 'gray', depths: [1, 2, 4, 8, 16] },
  2: { name: 'rgb', depths: [8, 16] },
  3: { name: 'palette', depths: [1, 2, 4, 8] },
  4: { name: 'gray and alpha', depths: [8, 16] },
  6: { name: 'rgb and alpha', depths: [8, 16] },
};
/** Samples per pixel, as they are stored. */
export const SAMPLES: Readonly<Record<ColorType, 1 | 2 | 3 | 4>> = {
  gray: 1,
  rgb: 3,
  palette: 1,
  'gray and alpha': 2,
  'rgb and alpha': 4,
};
/** Signature, length and name of the chunk, 13 bytes of header and its checksum. */
const HEADER_END = 33;
/** Of unpacked samples. A picture with 16 bits a sample has fewer pixels than others. */
const MAX_SAMPLE_BYTES = 120_000_000;

/**
 * Reads the first chunk of a PNG, before anything is unpacked.
 *
 * @param file that begins with PNG's signature
 * @param path of the file, for the errors
 * @throws DataError if the file is cut short, its header is corrupt, or it has no pixels or too many
 */
export function readPngHeader(file: Uint8Array, path: string, options: DecodeOptions = {}): PngHeader {
  if (file.length < HEADER_END) {
    throw new DataError(`${path}: the PNG is cut short after ${file.length} bytes: save it again`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height, depth] = [view.getUint32(16), view.getUint32(20), view.getUint8(24)];
  const colorType = COLOR_TYPES[view.getUint8(25)];
  const [compression, filter, interlace] = [view.getUint8(26), view.getUint8(27), view.getUint8(28)];
  const isHeader = view.getUint32(8) === 13 && String.fromCharCode(...file.subarray(12, 16)) === 'IHDR';
  if (!isHeader || !colorType?.depths.includes(depth) || compression + filter > 0 || interlace > 1) {
    throw new DataError(`${path}: the PNG's header is corrupt: save the picture again`);
  }
  checkSize(width, height, path, options);
  if (bytesOfRow(width, depth, colorType.name) * height > MAX_SAMPLE_BYTES) {
    throw new DataError(
      `${path}: ${width} × ${height} pixels of ${depth} bits a sample are too many: scale the picture down, or save it with 8 bits`,
    );
  }
  return { width, height, depth, colorType: colorType.name, interlaced: interlace === 1 };
}

/** Bytes of a row of so many pixels, without the byte for its filter. */
export function bytesOfRow(width: number, depth: number, colorType: ColorType): number {
  return Math.ceil((width * SAMPLES[colorType] * depth) / 8);
}
