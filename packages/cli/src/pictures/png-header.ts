import { DataError } from '@longhand/core';

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

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOR_TYPES: Readonly<Record<number, ColorType>> = {
  0: 'gray',
  2: 'rgb',
  3: 'palette',
  4: 'gray and alpha',
  6: 'rgb and alpha',
};
/** Signature, length and name of the chunk, 13 bytes of header and its checksum. */
const HEADER_END = 33;
/** A picture with more pixels would need more than a gigabyte of memory. */
const MAX_PIXELS = 100_000_000;

/** The first bytes of other formats, to say what was found. */
const OTHER_KINDS: readonly (readonly [start: string, kind: string])[] = [
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['RIFF', 'a WebP picture'],
  ['BM', 'a BMP picture'],
  ['II*\0', 'a TIFF picture'],
  ['MM\0*', 'a TIFF picture'],
  ['%PDF', 'a PDF document'],
  ['<', 'text, as in SVG or HTML'],
];

/**
 * Reads the first chunk of a PNG, before anything is unpacked.
 *
 * @param name of the file, for the errors
 * @throws DataError if the file is no PNG, is cut short, or has no pixels or too many
 */
export function readPngHeader(file: Uint8Array, name: string): PngHeader {
  if (!SIGNATURE.every((byte, i) => file[i] === byte)) {
    throw new DataError(`${name}: expected a PNG picture, found ${kindOf(file)}: save the digit as PNG`);
  }
  if (file.length < HEADER_END) {
    throw new DataError(`${name}: the PNG is cut short after ${file.length} bytes: save it again`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height, depth] = [view.getUint32(16), view.getUint32(20), view.getUint8(24)];
  const colorType = COLOR_TYPES[view.getUint8(25)];
  if (latin1(file.subarray(12, 16)) !== 'IHDR' || colorType === undefined) {
    throw new DataError(`${name}: the PNG's header is corrupt: save the picture again`);
  }
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw new DataError(
      `${name}: expected a picture of 1 to ${MAX_PIXELS.toLocaleString('en-US')} pixels, found ${width} × ${height}`,
    );
  }
  return { width, height, depth, colorType, interlaced: view.getUint8(28) !== 0 };
}

function kindOf(file: Uint8Array): string {
  if (file.length === 0) return 'an empty file';
  const start = latin1(file.subarray(0, 8));
  const known = OTHER_KINDS.find(([signature]) => start.startsWith(signature));
  if (known) return known[1];
  return `bytes that begin 0x${Array.from(file.subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join('')}`;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
