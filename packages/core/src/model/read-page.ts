import { findDigits } from '../data/pages/find-digits.js';
import type { Box } from '../data/pictures/crop.js';
import { FRAME_SIDE } from '../data/pictures/frame.js';
import type { Picture } from '../data/pictures/picture.js';
import { DataError } from '../errors.js';
import type { ModelFile } from '../formats/model.js';
import type { Prediction } from './prediction.js';

/** What is written on a picture. */
export interface ReadPage {
  /** Line by line, with a space where the picture has one. */
  readonly text: string;
  /** From top to bottom. */
  readonly lines: readonly ReadLine[];
}

/** A line of writing. */
export interface ReadLine {
  /** The digits and signs of the line, from left to right. */
  readonly text: string;
  /** From left to right. */
  readonly marks: readonly ReadMark[];
}

/** A digit, or a sign that is none, with the network's answer. */
export interface ReadMark extends Prediction {
  /** Where it is, in pixels of the picture. */
  readonly box: Box;
  /** What it looks like if it is no digit: `+`, `-`, `=`, `.`, `,`, `:`, or `?`. Its label means nothing then. */
  readonly sign: string | undefined;
  /** The frame that the network sees: 28 × 28, row by row, 0–255. */
  readonly pixels: Uint8Array;
}

/** A model, as far as a page needs one. */
interface Reader extends Pick<ModelFile, 'record'> {
  predict(pixels: Uint8Array): Prediction;
}

/**
 * Reads a picture of several digits with a model.
 *
 * @param answer what the model makes of the probabilities for the frames of one digit
 * @throws DataError if the picture is blank, or the model takes other inputs
 */
export function readPage(
  model: Reader,
  picture: Picture,
  answer: (probabilities: readonly number[], frames: readonly Uint8Array[]) => Prediction,
): ReadPage {
  const { width, height, features } = model.record;
  if (features || width !== FRAME_SIDE || height !== FRAME_SIDE) {
    throw new DataError(
      `the model takes ${features ? `rows of ${features.length} numbers` : `pictures of ${width} × ${height}`}: to read several digits, it must take pictures of ${FRAME_SIDE} × ${FRAME_SIDE}`,
    );
  }
  const found = findDigits(picture, 'the picture', (pixels) => model.predict(pixels).probabilities);
  const lines = found.lines.map((line): ReadLine => {
    const marks = line.map(({ box, sign, probabilities, framed: { frames, pixels } }) => {
      return { ...answer(probabilities, frames), box, sign, pixels };
    });
    const text = marks
      .map(({ sign, label }, k) => `${line[k]!.isAfterSpace ? ' ' : ''}${sign ?? label}`)
      .join('');
    return { text, marks };
  });
  return { text: lines.map(({ text }) => text).join('\n'), lines };
}
