import { createRandom, DataError, type Model, type ModelRecord, settingNamed } from '@longhand/core';
import { FRAME_SIDE, frameDigit } from '@longhand/core/pictures';
import { openTestSet } from '../test-set.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../whole-number.js';

/** A picture to be read, as the network sees it. */
export interface Question {
  /** Where it came from: a file, or a place in the test set whose label is known. */
  readonly file?: string;
  readonly index?: number;
  readonly label?: number;
  /** Row by row, 0–255. */
  readonly pixels: Uint8Array;
}

/**
 * Pictures of digits, fitted to MNIST's frame.
 *
 * @throws DataError naming every picture that cannot be read
 */
export async function questionsFromFiles(
  files: readonly string[],
  model: string,
  { width, height, features }: ModelRecord,
): Promise<Question[]> {
  if (files.length === 0) return [];
  if (width !== FRAME_SIDE || height !== FRAME_SIDE) {
    throw new DataError(
      `${model}: takes ${features ? `rows of ${features.length} features` : `pictures of ${width} × ${height}`}: only pictures of ${FRAME_SIDE} × ${FRAME_SIDE} are made from files, use --data and --index`,
    );
  }
  const { readPng } = await import('../pictures/read-png.js');
  const read = await Promise.allSettled(
    files.map(
      async (file): Promise<Question> => ({ file, pixels: frameDigit(await readPng(file), file).pixels }),
    ),
  );
  const failures = read.filter((one) => one.status === 'rejected').map((one) => one.reason);
  const defect = failures.find((reason) => !(reason instanceof DataError));
  if (defect) throw defect;
  if (failures.length > 0)
    throw new DataError(failures.map((reason: DataError) => reason.message).join('; '));
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Examples of a test set by their places: `115` or `115,9,0`; where nothing is named, one that the seed draws. */
export async function questionsFromTestSet(
  {
    index,
    data,
    seed = settingNamed('seed').default as number,
    pictures,
  }: {
    index: string | undefined;
    data: string | undefined;
    seed: number | undefined;
    pictures: number;
  },
  file: string,
  model: Model,
): Promise<Question[]> {
  if (index === undefined && pictures > 0) {
    if (data !== undefined) throw new UsageError('--data: needs --index, which says what examples to read');
    return [];
  }
  const test = await openTestSet(data, file, model);
  const { length } = test.dataset;
  const places =
    index === undefined
      ? [createRandom(seed, 'question').below(length)]
      : index.split(',').map((text) => wholeNumber('--index', text, 0, length - 1));
  return places.map((place) => {
    return { index: place, label: test.dataset.label(place), pixels: test.dataset.pixels(place) };
  });
}
