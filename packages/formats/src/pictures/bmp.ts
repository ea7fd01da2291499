import { DataError } from '@longhand/core/errors';
import type { Picture } from '@longhand/core/pictures';
import { checkSize, type DecodeOptions, damaged } from './limits.js';

/** Windows' names for the kinds of a BMP: BITMAPINFOHEADER's biCompression. */
const [BI_RGB, BI_BITFIELDS, BI_ALPHABITFIELDS] = [0, 3, 6];

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly depth: number;
  /** Where the pixels begin. */
  readonly start: number;
  /** Four bytes for each color: blue, green, red, and one that is not used. Three in OS/2's files. */
  readonly palette: Uint8Array;
  readonly paletteStep: 3 | 4;
  /** The bits of red, green, blue and alpha in a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number, number];
}

/**
 * The picture in the bytes of a BMP file: 1, 4 or 8 bits with a palette, or 16, 24 or 32 bits.
 *
 * @param path of the file, for the errors
 * @throws DataError if it is damaged, too large or run-length coded
 */
export function decodeBmp(file: Uint8Array, path: string, options: DecodeOptions = {}): Picture {
  const header = checkBmp(file, path, options);
  const { width, height, start, isTopDown } = header;
  const perRow = bytesOfRow(header);
  const hasAlpha = header.masks[3] !== 0;
  const channels = hasAlpha ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  const colorOf = colorReader(file, header, channels);
  for (let y = 0; y < height; y++) {
    const row = start + (isTopDown ? y : height - 1 - y) * perRow;
    for (let x = 0; x < width; x++) colorOf(row, x, data, (y * width + x) * channels);
  }
  // Most programs leave the fourth byte 0, and mean that the picture is opaque.
  if (hasAlpha && isAllClear(data)) for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width, height, channels, data };
}

/** Checks a BMP without unpacking it: its header, and whether it is whole. Returns the header. */
export function checkBmp(file: Uint8Array, path: string, options: DecodeOptions = {}): BmpHeader {
  const header = readHeader(file, path, options);
  const end = header.start + bytesOfRow(header) * header.height;
  if (end > file.length) throw damaged(path, 'BMP', `it ends after ${file.length} bytes, of ${end}`);
  return header;
}

function bytesOfRow({ width, depth }: BmpHeader): number {
  return Math.ceil((width * depth) / 32) * 4;
}

function readHeader(file: Uint8Array, path: string, options: DecodeOptions): BmpHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const size = file.length < 26 ? 0 : view.getUint32(14, true);
  const isOld = size === 12;
  if (!(isOld || size >= 40) || file.length < 14 + size) {
    throw damaged(path, 'BMP', `it ends after ${file.length} bytes, or its header is unknown`);
  }
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const tall = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(tall);
  checkSize(width, height, path, options);
  const depth = view.getUint16(isOld ? 24 : 28, true);
  const kind = isOld ? BI_RGB : view.getUint32(30, true);
  if (kind !== BI_RGB && kind !== BI_BITFIELDS && kind !== BI_ALPHABITFIELDS) {
    throw new DataError(`${path}: a compressed BMP: save it as PNG`);
  }
  if (![1, 4, 8, 16, 24, 32].includes(depth)) {
    throw damaged(path, 'BMP', `a pixel has ${depth} bits`);
  }
  const hasMasks = kind !== BI_RGB && (depth === 16 || depth === 32);
  // With the small header, the masks follow it.
  const masksLength = hasMasks && size === 40 ? (kind === BI_ALPHABITFIELDS ? 16 : 12) : 0;
  if (54 + masksLength > file.length && !isOld) throw damaged(path, 'BMP', 'its header is cut short');
  const hasAlphaMask = hasMasks && (size >= 56 || kind === BI_ALPHABITFIELDS);
  const masks = hasMasks
    ? ([54, 58, 62, 66].map((at) =>
        at < 66 || hasAlphaMask ? view.getUint32(at, true) : 0,
      ) as unknown as BmpHeader['masks'])
    : depth === 16
      ? ([0x7c00, 0x3e0, 0x1f, 0] as const)
      : ([0xff0000, 0xff00, 0xff, depth === 32 ? 0xff000000 : 0] as const);
  const start = view.getUint32(10, true);
  const paletteStep = isOld ? 3 : 4;
  const used = isOld ? 0 : view.getUint32(46, true);
  const colors = depth > 8 ? 0 : used === 0 ? 2 ** depth : Math.min(used, 2 ** depth);
  const from = 14 + size + masksLength;
  const palette = file.subarray(from, Math.min(from + colors * paletteStep, start));
  return { width, height, isTopDown: tall < 0, depth, start, palette, paletteStep, masks };
}

type ColorReader = (row: number, x: number, data: Uint8Array, to: number) => void;

/** Writes the color of a pixel: red, green, blue and, if there is any, alpha. */
function colorReader(file: Uint8Array, header: BmpHeader, channels: number): ColorReader {
  const { depth, palette, paletteStep, masks } = header;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (depth <= 8) {
    const mask = 2 ** depth - 1;
    return (row, x, data, to) => {
      const bit = x * depth;
      const index = (file[row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
      // A color that the palette has not is black.
      for (let c = 0; c < 3; c++) data[to + c] = palette[index * paletteStep + 2 - c] ?? 0;
    };
  }
  if (depth === 24) {
    return (row, x, data, to) => {
      for (let c = 0; c < 3; c++) data[to + c] = file[row + 3 * x + 2 - c]!;
    };
  }
  const parts = masks.slice(0, channels).map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  return (row, x, data, to) => {
    const pixel = depth === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
    for (let c = 0; c < channels; c++) {
      const { mask, shift, most } = parts[c]!;
      data[to + c] = most === 0 ? 0 : Math.round((((pixel & mask) >>> shift) * 255) / most);
    }
  };
}

function isAllClear(data: Uint8Array): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return false;
  return true;
}
