import { DataError } from '@longhand/core/errors';
import type { Picture } from '@longhand/core/pictures';
import { HEAD_BYTES } from '../recognize/kind.js';
import { FILE_KINDS } from '../recognize/kinds.js';
import { kindOf } from '../recognize/recognize.js';
import { decodeInBrowser } from './browser.js';
import type { DecodeOptions } from './limits.js';

type Decode = (file: Uint8Array, path: string, options: DecodeOptions) => Picture | Promise<Picture>;

/** The decoders, by the name of the kind. Each is loaded when a picture of its kind is there. */
const DECODERS: Readonly<Record<string, () => Promise<Decode>>> = {
  png: async () => (await import('./png/decode-png.js')).decodePng,
  jpeg: async () => (await import('./jpeg/decode-jpeg.js')).decodeJpeg,
  webp: async () => (await import('./webp.js')).decodeWebp,
  bmp: async () => (await import('./bmp.js')).decodeBmp,
  gif: async () => (await import('./gif.js')).decodeGif,
};

const READ = 'PNG, JPEG, WebP, BMP or GIF';

/**
 * The picture in a file: PNG, JPEG (turned the way up that its Exif data say), WebP, BMP or GIF (its first
 * picture). Which of them it is comes from its bytes, not from its name. Color profiles are not applied.
 *
 * The size is read first, and a picture of more than 24.5 million pixels is refused before anything is
 * unpacked. On a page, the other formats that its browser knows, such as HEIC in Safari, are read as well.
 *
 * @param bytes of the whole file
 * @param path of the file, for the errors
 * @param options whom to tell its size, and what may be given up for speed
 * @throws DataError in one line: for another kind of file, which is named, or one that is damaged or too large
 */
export async function decodePicture(
  bytes: Uint8Array,
  path: string,
  options: DecodeOptions = {},
): Promise<Picture> {
  if (bytes.length === 0) throw new DataError(`${path}: expected a picture, found an empty file`);
  // The name does not count: a wrong ending is common.
  const kind = kindOf(FILE_KINDS, bytes.subarray(0, HEAD_BYTES), '');
  const load = kind && DECODERS[kind.name];
  if (load) return (await load())(bytes, path, options);
  if (!kind) {
    const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    throw new DataError(`${path}: expected a picture (${READ}), found bytes that begin 0x${start}`);
  }
  const seen = kind.purpose === 'picture' ? await decodeInBrowser(bytes) : undefined;
  if (seen) return seen;
  const advice = kind.advice ?? 'save the digit as PNG or JPEG';
  if (kind.purpose === 'picture') throw new DataError(`${path}: ${kind.label}: ${advice}`);
  throw new DataError(`${path}: expected a picture (${READ}), found ${kind.label}: ${advice}`);
}
