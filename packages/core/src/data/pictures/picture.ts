import { DataError } from '../../errors.js';

/** A picture of any size, with 8 bits per sample. */
export interface Picture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /**
   * 1: gray, 2: gray and alpha, 3: red, green, blue, 4: red, green, blue, alpha (not
   * premultiplied).
   */
  readonly channels: 1 | 2 | 3 | 4;
  /** Row by row, with the samples of a pixel side by side: `width × height × channels` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A picture without transparency, on its background, no larger than needed. */
export interface OpaquePicture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row: `3 × width × height` bytes. */
  readonly rgb: Uint8ClampedArray;
}

/**
 * `width × height` numbers in a grid, row by row. For ink, 0 is the background and 1 the darkest
 * ink.
 */
export interface Grid {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** The values, row by row. */
  readonly data: Float32Array;
}

/** @throws DataError if it is no picture, has no pixels, or its number of bytes does not fit its sizes */
export function checkPicture(picture: Picture, name: string): void {
  // JavaScript lets through anything.
  const { width, height, channels, data } = (picture ?? {}) as Picture;
  if (data?.length === undefined) {
    throw new DataError(`${name}: expected a picture, { width, height, channels, data } with bytes as data`);
  }
  const sizes = `${width} × ${height} pixels of ${channels} bytes`;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new DataError(`${name}: expected a picture of at least 1 × 1, found ${sizes}`);
  }
  if (data.length !== width * height * channels) {
    throw new DataError(
      `${name}: expected ${sizes} (${width * height * channels} bytes), found ${data.length} bytes`,
    );
  }
}
