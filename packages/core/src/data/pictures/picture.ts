import { DataError } from '../../errors.js';

/** A picture of any size, 8 bits a sample. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: gray, 2: gray and alpha, 3: red, green, blue, 4: red, green, blue, alpha (not premultiplied). */
  readonly channels: 1 | 2 | 3 | 4;
  /** Row by row, the samples of a pixel side by side: `width × height × channels` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * Numbers in a grid, row by row, `width × height` of them. Of ink: 0 is the bare page, 1 the darkest ink.
 */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** @throws DataError when the picture has no pixels or its bytes do not fit its sizes */
export function checkPicture({ width, height, channels, data }: Picture, name: string): void {
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
