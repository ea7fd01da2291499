import { DataError } from '@longhand/core/errors';
import type { Picture } from '@longhand/core/pictures';
import { checkSize, type DecodeOptions, damaged } from './limits.js';
import { wasmCodec } from './wasm-codec.js';

const codec = wasmCodec<(file: Uint8Array) => ImageData | undefined>(
  () => import('@jsquash/webp/codec/dec/webp_dec.js'),
  '@jsquash/webp/codec/dec/webp_dec.wasm',
);

/**
 * The picture in the bytes of a WebP file, lossy or lossless, with or without alpha.
 *
 * @param path of the file, for the errors
 * @throws DataError if it is damaged, too large or animated
 */
export async function decodeWebp(
  file: Uint8Array,
  path: string,
  options: DecodeOptions = {},
): Promise<Picture> {
  const { width, height } = sizeOf(file, path);
  checkSize(width, height, path, options);
  try {
    const { data } = await codec.use(width * height, (decode) => decode(file));
    return { width, height, channels: 4, data: new Uint8Array(data.buffer) };
  } catch (error) {
    throw damaged(path, 'WebP', error);
  }
}

/** Checks a WebP without unpacking it: whether it is whole, and its size. */
export function checkWebp(file: Uint8Array, path: string): void {
  const { width, height } = sizeOf(file, path);
  checkSize(width, height, path);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From the first chunk (RFC 9649, 2.5–2.7). */
function sizeOf(file: Uint8Array, path: string): Size {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 30 || file.length < view.getUint32(4, true) + 8) {
    throw damaged(path, 'WebP', `it ends after ${file.length} bytes`);
  }
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (String.fromCharCode(...file.subarray(12, 16))) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      if (view.getUint8(20) & 2) {
        throw new DataError(`${path}: an animated WebP: save one of its pictures as PNG`);
      }
      return { width: uint24(24) + 1, height: uint24(27) + 1 };
    default:
      throw damaged(path, 'WebP', 'its first part is unknown');
  }
}
