import { borderOf, flattenOnBackground } from './background.js';
import { centerOfMass, type Point } from './center-of-mass.js';
import { type Box, crop } from './crop.js';
import { withStrokesOf } from './even-strokes.js';
import { findInk } from './find-ink.js';
import type { FrameSteps } from './frame-steps.js';
import { grayPixels, inverted, isMostlyLight } from './gray.js';
import { boxOfInk, scaleToSide } from './passes.js';
import { checkPicture, type Grid, type Picture } from './picture.js';

/** The side of MNIST's frame, in pixels. */
export const FRAME_SIDE = 28;
/** The longer side of a digit in the frame. */
const DIGIT_SIDE = 20;
/**
 * The position of a digit's center of mass in the frame, across and down. Measured on the data:
 * (13.99, 14.00).
 */
const FRAME_CENTER = 14;
/** The width of MNIST's strokes in the frame, in pixels. */
const USUAL_STROKE = 2.6;
/** A digit far from its center of mass reaches the frame's border, with at most so many pixels. */
const FEW = 8;
/** Strokes are made even in a picture of at least this side: in a smaller one, a pixel is a tenth of a digit. */
const EVEN_SIDE = 120;

/** The stages of a picture on its way into MNIST's frame. */
export interface FramedDigit {
  /**
   * How much each pixel differs from the paper around it, 0–1. This is the picture, with a longer side of at most 400
   * pixels, or the part of it around a small digit.
   */
  readonly contrast: Grid;
  /** The ink of each of these pixels, 0–1, without what does not belong to the digit. */
  readonly ink: Grid;
  /** The part of `ink` that contains all ink, in pixels of `ink`. Without cropping, the whole. */
  readonly box: Box;
  /** The cropped part. */
  readonly cropped: Grid;
  /**
   * The same, scaled to a longer side of 20 pixels (without fitting: 28 or fewer). Its darkest ink
   * is 1. Of a picture that is a frame already: the cropped part itself.
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
  /**
   * The frame of the same digit with strokes of MNIST's usual width. `undefined` where a step was left out, or the
   * picture is a frame already.
   */
  readonly even: Uint8Array | undefined;
  /** `pixels`, and `even` if there is one. The answer is the mean of the network's answers for them. */
  readonly frames: readonly Uint8Array[];
}

/**
 * Brings a picture of one digit into MNIST's frame, by the recipe of
 * http://yann.lecun.com/exdb/mnist. It is cropped to the ink, scaled to fit 20 × 20 with the same
 * aspect ratio, anti-aliased, and put into 28 × 28. It is shifted by whole pixels so that its
 * center of mass is in the middle, as far as the frame has room for all its ink. A picture that has
 * MNIST's form already stays as it is.
 *
 * @param name the picture's name, for the errors
 * @param steps the steps to leave out
 * @throws DataError if the picture is blank, or its number of bytes does not fit its sizes
 */
export function frameDigit(picture: Picture, name: string, steps: FrameSteps = {}): FramedDigit {
  checkPicture(picture, name);
  const { crop: mustCrop = true, fit = true, center: mustCenter = true } = steps;
  const framed = mustCrop && fit && mustCenter ? framedAlready(picture) : undefined;
  if (framed) return framed;
  const { contrast, ink } = findInk(flattenOnBackground(picture), name, steps, !mustCrop);
  return frameInk(ink, steps, contrast);
}

/**
 * The same for ink that is found already.
 *
 * @param ink 0–1, with some ink
 * @param contrast what it was found in
 */
export function frameInk(ink: Grid, steps: FrameSteps = {}, contrast = ink): FramedDigit {
  const { crop: mustCrop = true, fit = true, center: mustCenter = true, even: mustBeEven = true } = steps;
  const isWhole = mustCrop && fit && mustCenter;
  const box = mustCrop ? boxOfInk(ink) : { x: 0, y: 0, width: ink.width, height: ink.height };
  const cropped = crop(ink, box);
  const laid = layOut(cropped, fit ? DIGIT_SIDE : sideUnfitted(cropped, ink), mustCenter);
  const even = isWhole && mustBeEven ? evenFrame(cropped) : undefined;
  return { contrast, ink, box, cropped, ...laid, even, frames: even ? [laid.pixels, even] : [laid.pixels] };
}

/** Ink, cropped and put into the frame. There must be some. */
export function frameOf(ink: Grid): Uint8Array {
  return layOut(crop(ink, boxOfInk(ink)), DIGIT_SIDE, true).pixels;
}

/** Scales what was cropped, and puts it into the frame. */
function layOut(
  cropped: Grid,
  side: number,
  mustCenter: boolean,
): Pick<FramedDigit, 'scaled' | 'center' | 'offset' | 'pixels'> {
  const scaled = darken(scaleToSide(cropped, side));
  const center = centerOfMass(scaled);
  const { x, y, width, height } = boxOfInk(scaled);
  const offset = mustCenter
    ? { x: offsetFor(center.x, x, width), y: offsetFor(center.y, y, height) }
    : { x: (FRAME_SIDE - scaled.width) >> 1, y: (FRAME_SIDE - scaled.height) >> 1 };
  return { scaled, center, offset, pixels: layInFrame(scaled, offset) };
}

/** The frame of the same digit, written with a pen of the usual width. */
function evenFrame(cropped: Grid): Uint8Array {
  const large =
    Math.max(cropped.width, cropped.height) < EVEN_SIDE ? scaleToSide(cropped, EVEN_SIDE) : cropped;
  const even = withStrokesOf(large, (USUAL_STROKE * Math.max(large.width, large.height)) / DIGIT_SIDE);
  return frameOf(even);
}

/**
 * The stages of a picture that has MNIST's form: 28 × 28 on an empty page, the longer side 20 pixels, the center of
 * mass in the middle. Nothing about it changes. Undefined for any other.
 */
function framedAlready(picture: Picture): FramedDigit | undefined {
  if (picture.width !== FRAME_SIDE || picture.height !== FRAME_SIDE) return undefined;
  const gray = grayPixels(picture);
  const pixels = isMostlyLight(gray) ? inverted(gray) : gray;
  const onBorder = borderOf(FRAME_SIDE, FRAME_SIDE).filter((at) => pixels[at] !== 0);
  if (onBorder.length > FEW) return undefined;
  const ink = {
    width: FRAME_SIDE,
    height: FRAME_SIDE,
    data: Float32Array.from(pixels, (value) => value / 255),
  };
  const box = boxOfInk(ink);
  const middle = centerOfMass(ink);
  const [right, down] = [middle.x - FRAME_CENTER, middle.y - FRAME_CENTER];
  const isInMiddle = right * right + down * down < 1;
  if (!isInMiddle || Math.max(box.width, box.height) !== DIGIT_SIDE) return undefined;
  const cropped = crop(ink, box);
  return {
    contrast: ink,
    ink,
    box,
    cropped,
    scaled: cropped,
    center: centerOfMass(cropped),
    offset: { x: box.x, y: box.y },
    pixels,
    even: undefined,
    frames: [pixels],
  };
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
