import { flattenOnBackground } from './background.js';
import { centerOfMass, type Point } from './center-of-mass.js';
import { type Box, boxOfInk, crop } from './crop.js';
import { despeckle } from './despeckle.js';
import { findInk } from './find-ink.js';
import { checkPicture, type Grid, type Picture } from './picture.js';
import { scaleToSide } from './scale.js';

/** The side of MNIST's frame, in pixels. */
export const FRAME_SIDE = 28;
/** The longer side of a digit in the frame. */
const DIGIT_SIDE = 20;
/**
 * The position of a digit's center of mass in the frame, across and down. Measured on the data:
 * (13.99, 14.00).
 */
const FRAME_CENTER = 14;

/**
 * The steps of the recipe. Each can be left out, to see why it is needed. Default: all are done.
 */
export interface FrameSteps {
  /** Crop the picture to its ink. Without it, the whole picture is used. */
  readonly crop?: boolean;
  /**
   * Scale the longer side to 20 pixels. Without it, the whole picture is scaled to the size of the
   * frame.
   */
  readonly fit?: boolean;
  /** Put the center of mass into the middle of the frame. Without it, the middle of the picture. */
  readonly center?: boolean;
}

/** The stages of a picture on its way into MNIST's frame. */
export interface FramedDigit {
  /**
   * The whole picture as ink, 0–1, without dust. A side of more than 1,000 pixels is scaled down.
   */
  readonly ink: Grid;
  /** The part of `ink` that contains all ink, in pixels of `ink`. Without cropping, the whole. */
  readonly box: Box;
  /** The cropped part. */
  readonly cropped: Grid;
  /**
   * The same, scaled to a longer side of 20 pixels (without fitting: 28 or fewer). Its darkest ink
   * is 1.
   */
  readonly scaled: Grid;
  /** The center of mass of `scaled`, in its pixels. */
  readonly center: Point;
  /**
   * The position of the top left pixel of `scaled` in the frame. Without cropping it can be
   * outside.
   */
  readonly offset: Point;
  /** The frame as the network sees it: 28 × 28, row by row, 0–255, light on dark. */
  readonly pixels: Uint8Array;
}

/**
 * Brings a picture of one digit into MNIST's frame, by the recipe of
 * http://yann.lecun.com/exdb/mnist. It is cropped to the ink, scaled to fit 20 × 20 with the same
 * aspect ratio, anti-aliased, and put into 28 × 28. It is shifted by whole pixels so that its
 * center of mass is in the middle, as far as the frame has room for all its ink.
 *
 * @param name the picture's name, for the errors
 * @param steps the steps to leave out
 * @throws DataError if the picture is blank, or its number of bytes does not fit its sizes
 */
export function frameDigit(picture: Picture, name: string, steps: FrameSteps = {}): FramedDigit {
  checkPicture(picture, name);
  const ink = despeckle(findInk(flattenOnBackground(picture), name));
  const box = (steps.crop ?? true) ? boxOfInk(ink) : { x: 0, y: 0, width: ink.width, height: ink.height };
  const cropped = crop(ink, box);
  const side = (steps.fit ?? true) ? DIGIT_SIDE : sideUnfitted(cropped, ink);
  const scaled = darken(scaleToSide(cropped, side));
  const center = centerOfMass(scaled);
  const { x, y, width, height } = boxOfInk(scaled);
  const offset =
    (steps.center ?? true)
      ? { x: offsetFor(center.x, x, width), y: offsetFor(center.y, y, height) }
      : { x: (FRAME_SIDE - scaled.width) >> 1, y: (FRAME_SIDE - scaled.height) >> 1 };
  return { ink, box, cropped, scaled, center, offset, pixels: layInFrame(scaled, offset) };
}

/**
 * The same with 1 as its darkest ink: scaling makes strokes pale that are thinner than a scaled
 * pixel.
 */
function darken({ width, height, data }: Grid): Grid {
  const darkest = data.reduce((max, value) => Math.max(max, value), 0);
  return { width, height, data: data.map((value) => value / darkest) };
}

/**
 * The longer side of a part of the picture, at the scale at which the whole picture fills the
 * frame.
 */
function sideUnfitted(part: Grid, whole: Grid): number {
  const scale = FRAME_SIDE / Math.max(whole.width, whole.height);
  return Math.max(1, Math.round(scale * Math.max(part.width, part.height)));
}

/**
 * The position of the first pixel: as near to the wanted one as possible, so that all ink (`length`
 * pixels from `first` on) stays in the frame.
 */
function offsetFor(center: number, first: number, length: number): number {
  return Math.max(-first, Math.min(FRAME_SIDE - length - first, Math.round(FRAME_CENTER - center)));
}

function layInFrame({ width, height, data }: Grid, { x, y }: Point): Uint8Array {
  const pixels = new Uint8Array(FRAME_SIDE * FRAME_SIDE);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const ink = data[row * width + column]!;
      if (ink > 0) pixels[(y + row) * FRAME_SIDE + x + column] = Math.round(255 * ink);
    }
  }
  return pixels;
}
