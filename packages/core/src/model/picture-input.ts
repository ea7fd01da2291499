import { areDigits } from '../data/class-names.js';
import { FRAME_SIDE, frameDigit } from '../data/pictures/frame.js';
import { grayPixels, inverted, isMostlyLight } from '../data/pictures/gray.js';
import type { Picture } from '../data/pictures/picture.js';
import { DataError } from '../errors.js';
import type { ModelRecord } from '../formats/model.js';
import { kindOf } from './labels.js';

/** Red, green, blue and alpha of every pixel, as in a browser's `ImageData`. */
export interface ImageDataLike {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, 0–255, row by row. */
  readonly data: ArrayLike<number>;
}

/** A canvas of a page or a worker, or of a library that draws as they do. */
export interface CanvasLike {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Gives the context that reads the pixels. */
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): ImageDataLike } | null;
}

/**
 * The pixels of a picture as a network takes them, 0–255, light ink on a dark background. A picture
 * of the network's own size is turned gray, and inverted if most of it is light, unless the network reads digits: then it
 * may be a frame already, or a digit that is still to be framed. Any other is framed
 * as MNIST's digits are (`frameDigit`), which can give two frames: the answer is the mean of both.
 *
 * @throws DataError when the picture is blank, or the network does not take MNIST's frame
 */
export function pictureFrames(
  input: CanvasLike | ImageDataLike | Picture,
  { width, height, classNames }: Pick<ModelRecord, 'width' | 'height' | 'classNames'>,
): readonly Uint8Array[] {
  const picture = pictureFrom(input);
  const readsDigits = width === FRAME_SIDE && height === FRAME_SIDE && areDigits(classNames);
  if (picture.width === width && picture.height === height && !readsDigits) {
    const gray = grayPixels(picture);
    if (gray.every((value) => value === gray[0])) {
      throw new DataError('the picture: no digit found: the picture is blank');
    }
    return [isMostlyLight(gray) ? inverted(gray) : gray];
  }
  if (width !== FRAME_SIDE || height !== FRAME_SIDE) {
    throw new DataError(
      `a picture of ${picture.width} × ${picture.height}: the model takes pictures of ${width} × ${height}`,
    );
  }
  return frameDigit(picture, 'the picture').frames;
}

/**
 * What a canvas or an ImageData shows, as a picture; a picture as it is.
 *
 * @throws DataError when a canvas cannot be read, or the bytes do not fit the sizes
 */
export function pictureFrom(input: CanvasLike | ImageDataLike | Picture): Picture {
  return pictureOf('getContext' in input ? imageOf(input) : input);
}

function imageOf(canvas: CanvasLike): ImageDataLike {
  const context = canvas.getContext('2d');
  if (!context) throw new DataError('the canvas has a context of another kind than 2d: give its ImageData');
  try {
    return context.getImageData(0, 0, canvas.width, canvas.height);
  } catch (error) {
    throw new DataError(`the canvas cannot be read: ${(error as Error).message}`);
  }
}

function pictureOf(image: ImageDataLike | Picture): Picture {
  const { width, height, data } = image;
  if (!(data instanceof Uint8ClampedArray || data instanceof Uint8Array)) {
    throw new DataError(`a picture needs bytes as its data, found ${kindOf(data)}`);
  }
  const channels = 'channels' in image ? image.channels : 4;
  if (data.length !== width * height * channels) {
    throw new DataError(
      `a picture of ${width} × ${height} needs ${width * height * channels} bytes, found ${data.length}`,
    );
  }
  return { width, height, data, channels };
}
