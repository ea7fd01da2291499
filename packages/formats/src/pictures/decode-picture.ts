import { DataError } from '@longhand/core/errors';
import type { Picture } from '@longhand/core/pictures';
import { HEAD_BYTES } from '../recognize/kind.js';
import { FILE_KINDS } from '../recognize/kinds.js';
import { kindOf } from '../recognize/recognize.js';
import { decodeInBrowser } from './browser.js';
import type { DecodeOptions } from './limits.js';

/** What is done with the pictures of a kind. */
interface Codec {
  readonly decode: (file: Uint8Array, path: string, options: DecodeOptions) => Picture | Promise<Picture>;
  /** Finds damage without unpacking the pixels, and throws the same as `decode`. */
  readonly check: (file: Uint8Array, path: string) => void;
}

/** The codecs, by the name of the kind. Each is loaded when a picture of its kind is there. */
const CODECS: Readonly<Record<string, () => Promise<Codec>>> = {
  png: async () => {
    const { checkPng, decodePng } = await import('./png/decode-png.js');
    return { decode: decodePng, check: checkPng };
  },
  jpeg: async () => {
    const { checkJpeg, decodeJpeg } = await import('./jpeg/decode-jpeg.js');
    return { decode: decodeJpeg, check: checkJpeg };
  },
  webp: async () => {
    const { checkWebp, decodeWebp } = await import('./webp.js');
    return { decode: decodeWebp, check: checkWebp };
  },
  bmp: async () => {
    const { checkBmp, decodeBmp } = await import('./bmp.js');
    return { decode: decodeBmp, check: checkBmp };
  },
  gif: async () => {
    const { checkGif, decodeGif } = await import('./gif.js');
    return { decode: decodeGif, check: checkGif };
  },
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
  const { kind, codec } = await codecFor(bytes, path);
  if (codec) return codec.decode(bytes, path, options);
  const seen = kind.purpose === 'picture' ? await decodeInBrowser(bytes) : undefined;
  if (seen) return seen;
  const advice = kind.advice ?? 'save the digit as PNG or JPEG';
  if (kind.purpose === 'picture') throw new DataError(`${path}: ${kind.label}: ${advice}`);
  throw new DataError(`${path}: expected a picture (${READ}), found ${kind.label}: ${advice}`);
}

/**
 * Checks a picture without unpacking its pixels, so that one that is damaged, or none, is found before others take their
 * time: its header and size, whether it is whole, its checksums (PNG) and its codes (baseline JPEG, GIF). What it refuses,
 * `decodePicture` refuses, too.
 *
 * @throws DataError in one line, as `decodePicture`
 */
export async function checkPicture(bytes: Uint8Array, path: string): Promise<void> {
  const { kind, codec } = await codecFor(bytes, path);
  if (codec) codec.check(bytes, path);
  // A browser may know more kinds of pictures.
  else if (kind.purpose !== 'picture') await decodePicture(bytes, path);
}

/** What a picture is, and its codec if there is one. */
async function codecFor(bytes: Uint8Array, path: string) {
  if (bytes.length === 0) throw new DataError(`${path}: expected a picture, found an empty file`);
  // The name does not count: a wrong ending is common.
  const kind = kindOf(FILE_KINDS, bytes.subarray(0, HEAD_BYTES), '');
  const load = kind && CODECS[kind.name];
  if (load) return { kind, codec: await load() };
  if (!kind) {
    const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    throw new DataError(`${path}: expected a picture (${READ}), found bytes that begin 0x${start}`);
  }
  return { kind };
}
