import { DataError } from '@longhand/core/errors';
import type { Picture } from '@longhand/core/pictures';
import { checkSize, type DecodeOptions, damaged } from '../limits.js';
import { wasmCodec } from '../wasm-codec.js';
import { hasWrongCodes } from './check-codes.js';
import { readJpegHeader } from './jpeg-header.js';
import { turn } from './turn.js';

/** libjpeg passes over bytes between two segments, which some phones write. */
const HARMLESS = /extraneous bytes/i;

const codec = wasmCodec<(file: Uint8Array, turned: boolean) => ImageData | undefined>(
  () => import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js'),
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  (warning) => HARMLESS.test(warning),
);

/** Of larger pictures, the codes are checked first: unpacking takes 8 bytes a pixel. */
const LARGE = 12_500_000;
/** What libjpeg may take, with three copies of the file, so that all takes less than 300 MB. */
const MAX_BYTES = 210_000_000;

/** For pictures of four inks, which libjpeg does not turn into colors. It needs ten times the memory. */
const MAX_INK_PIXELS = 2_500_000;
const MAX_INK_MEGABYTES = 300;

/**
 * The picture in the bytes of a JPEG file, baseline or progressive, gray, in color or CMYK, turned the way
 * up that its Exif data say. Color profiles are not applied. What can be decoded at a reduced size comes from our own
 * decoder, all else from libjpeg.
 *
 * @param path of the file, for the errors
 * @throws DataError if it is damaged, too large, or of a kind that is not read
 */
export async function decodeJpeg(
  file: Uint8Array,
  path: string,
  options: DecodeOptions = {},
): Promise<Picture> {
  // To look for the end takes 4 ms in a photo of 12 megapixels.
  const header = readJpegHeader(file, path, options, options.reduce ? 'scan' : 'end');
  const { width, height, components, orientation } = header;
  const reduction = options.reduce?.(Math.max(width, height)) ?? 1;
  if (reduction !== 1) {
    const { decodeReduced } = await import('./reduced-jpeg.js');
    const reduced = decodeReduced(file, reduction);
    if (reduced) return turn(reduced, orientation);
  }
  if (options.reduce) readJpegHeader(file, path);
  if (width * height > LARGE && hasWrongCodes(file)) throw damaged(path, 'JPEG', WRONG_CODES);
  if (reduction !== 1 && 8 * width * height + 3 * file.length > MAX_BYTES) {
    throw new DataError(
      `${path}: the JPEG is damaged or of a rare kind, and too large to be unpacked whole: save it again, or scale it down`,
    );
  }
  try {
    if (components === 2) throw new Error(TWO);
    if (components === 4) return turn(await decodeInks(file, width, height, path), orientation);
    const { data } = await codec.use(width * height, (decode) => decode(file, false));
    return turn({ width, height, channels: 4, data: new Uint8Array(data.buffer) }, orientation);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw damaged(path, 'JPEG', error);
  }
}

/** Checks a JPEG without unpacking it: its parts, whether it is whole and, of a baseline JPEG, its codes. */
export function checkJpeg(file: Uint8Array, path: string): void {
  const { components, width, height } = readJpegHeader(file, path);
  if (components === 2) throw damaged(path, 'JPEG', TWO);
  if (components === 4) checkSize(width, height, path, { max: MAX_INK_PIXELS });
  if (hasWrongCodes(file)) throw damaged(path, 'JPEG', WRONG_CODES);
}

const WRONG_CODES = 'its codes are damaged';
const TWO = 'two components are no color';

async function decodeInks(file: Uint8Array, width: number, height: number, path: string): Promise<Picture> {
  checkSize(width, height, path, { max: MAX_INK_PIXELS });
  const { default: jpeg } = await import('jpeg-js');
  const { data } = jpeg.decode(file, {
    useTArray: true,
    formatAsRGBA: false,
    maxResolutionInMP: MAX_INK_PIXELS / 1e6,
    maxMemoryUsageInMB: MAX_INK_MEGABYTES,
  });
  return { width, height, channels: 3, data };
}
