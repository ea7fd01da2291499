import { DataError } from '@longhand/core';
import { type FoundPage, findDigits } from '@longhand/core/pages';
import { type FramedDigit, frameDigit, type Picture } from '@longhand/core/pictures';
import { effect } from '@preact/signals';
import { showError } from '../../state/notifications.js';
import { clear, marks } from './drawing-state.js';
import { pictureOf } from './ink.js';
import { predictorOf, reader } from './prediction-state.js';
import { chosen, found, photo } from './several-state.js';

/** How long the drawing must stay the same before its digits are looked for, in ms. */
const REST_MS = 120;
/** Photos are read with at most this side, in pixels. */
const LONGEST_SIDE = 1600;

// A stamp is one digit. So is a single stroke: it would have to be cut.
effect(() => {
  const drawn = marks.value;
  const model = reader.value;
  const shown = photo.value;
  if (!shown && (drawn.length < 2 || drawn.some(({ kind }) => kind === 'stamp'))) {
    found.value = undefined;
    return;
  }
  if (model?.record.width !== 28 || model.record.height !== 28 || model.record.features) return;
  const timer = setTimeout(() => {
    const { predict } = predictorOf(model);
    found.value = attempt(() => findDigits(shown?.picture ?? pictureOf(drawn), 'the drawing', predict));
  }, REST_MS);
  return () => clearTimeout(timer);
});

// A new drawing takes the place of a photo.
effect(() => {
  if (marks.value.length > 0) photo.value = undefined;
});

function attempt<Result>(find: () => Result): Result | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}

/** Reads a photo in place of the drawing. It never rejects. */
export async function readPhoto(file: File): Promise<void> {
  try {
    const bitmap = await bitmapOf(file);
    const picture = pictureFrom(bitmap);
    const framed: FramedDigit | undefined = attempt(() => frameDigit(picture, file.name));
    if (!framed)
      throw new DataError(`${file.name}: no digit found: the picture is blank, or its ink is too faint`);
    clear();
    chosen.value = 0;
    found.value = undefined;
    photo.value = { name: file.name, picture, bitmap, framed };
  } catch (error) {
    showError(error);
  }
}

/** Of an animation, the first picture. Some browsers show a HEIC photo that they make no bitmap of. */
async function bitmapOf(file: File): Promise<ImageBitmap> {
  const options = { imageOrientation: 'from-image' } as const;
  return createImageBitmap(file, options).catch(async () => {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    try {
      await image.decode();
      return await createImageBitmap(image, options);
    } catch {
      throw new DataError(`${file.name}: this browser cannot read it as a picture: save it as PNG or JPEG`);
    } finally {
      URL.revokeObjectURL(image.src);
    }
  });
}

function pictureFrom(bitmap: ImageBitmap): Picture {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
}

/** What is written, a text for each line. */
export function linesOf({ lines }: FoundPage, classNames: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .map(({ isAfterSpace, sign, digit }) => `${isAfterSpace ? ' ' : ''}${sign ?? classNames[digit]}`)
      .join(''),
  );
}
