import type { Feature, ModelFile, ModelRecord } from '@longhand/core';
import { DataError } from '@longhand/core/errors';
import { createRandom } from '@longhand/core/maths';
import { countSeveral, type Judge } from '@longhand/core/pages';
import {
  FRAME_SIDE,
  type FramedDigit,
  type FrameSteps,
  frameDigit,
  framingReduction,
  type Picture,
} from '@longhand/core/pictures';
import { settingNamed } from '@longhand/core/settings';
import type { Taken } from '../data/announce.js';
import type { ReadingFlags } from '../data/open-data.js';
import { readBytes } from '../data/read-bytes.js';
import { openTestSet } from '../test-set.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../whole-number.js';

/** A picture to recognize, as the network sees it. */
export interface PredictionInput {
  /** Where it comes from: a file, or a place in the test set, where the label is known. */
  readonly file?: string;
  readonly index?: number;
  readonly label?: number;
  /** Row by row, 0–255. */
  readonly pixels: Uint8Array;
  /** Of a picture from a file: its way into the frame. The answer is the mean over its frames. */
  readonly framed?: FramedDigit;
  /** Of a picture of several digits: how many. */
  readonly digits?: number;
}

/** Examples of a test set. */
interface TestInputs {
  readonly inputs: PredictionInput[];
  /** Of a table: its columns. */
  readonly features?: readonly Feature[];
  /** What was taken from the files of `--data`. */
  readonly taken?: Taken;
}

/** A file that holds no digit, or cannot be read. */
export interface UnreadFile {
  readonly file: string;
  /** One line that names the file. */
  readonly error: string;
}

/**
 * Reads pictures of digits and fits them to MNIST's frame, one after the other: large ones would not
 * fit into memory together.
 *
 * @param steps the steps of framing to leave out
 * @param judge the network, to find out whether there are several digits
 * @returns each file's picture, or why there is none
 */
export async function inputsFromFiles(
  files: readonly string[],
  model: string,
  { width, height, features }: ModelRecord,
  steps: FrameSteps = {},
  judge?: Judge,
): Promise<(PredictionInput | UnreadFile)[]> {
  if (files.length === 0) return [];
  if (width !== FRAME_SIDE || height !== FRAME_SIDE) {
    throw new DataError(
      `${model}: takes ${features ? `rows of ${features.length} features` : `pictures of ${width} × ${height}`}, but files become pictures of ${FRAME_SIDE} × ${FRAME_SIDE}. Use --data and --index`,
    );
  }
  const [{ decodePicture }, { usePictureKernels }] = await Promise.all([
    import('@longhand/formats/pictures'),
    import('@longhand/core/picture-kernels'),
  ]);
  usePictureKernels();
  const inputs: (PredictionInput | UnreadFile)[] = [];
  for (const file of files) {
    try {
      const picture = await decodePicture(await readBytes(file, 'a picture'), file, {
        reduce: framingReduction,
      });
      const framed = frameDigit(picture, file, steps);
      const digits = judge && digitsOn(picture, file, judge);
      inputs.push({ file, pixels: framed.pixels, framed, ...(digits && { digits }) });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      inputs.push({ file, error: error.message });
    }
  }
  return inputs;
}

/** For a quick look, pictures have at most this side, in pixels. */
const QUICK_SIDE = 512;

/** How many digits are on a picture, if there are clearly several. */
function digitsOn(picture: Picture, file: string, judge: Judge): number | undefined {
  if (picture.width <= FRAME_SIDE && picture.height <= FRAME_SIDE) return undefined;
  return countSeveral(picture, file, judge, { longestSide: QUICK_SIDE });
}

/**
 * Examples of a test set by their indices, `115` or `115,9,0`, or one at random if nothing is
 * given.
 */
export async function inputsFromTestSet(
  {
    index,
    data,
    seed = settingNamed('seed').default as number,
    wantsAll = false,
    pictures,
    reading = {},
  }: {
    index: string | undefined;
    data: string | undefined;
    seed: number | undefined;
    /** Without `index`: all of them. */
    wantsAll?: boolean;
    pictures: number;
    /** How the data are read. */
    reading?: ReadingFlags;
  },
  file: string,
  model: ModelFile,
): Promise<TestInputs> {
  if (index === undefined && pictures > 0) {
    if (data !== undefined) throw new UsageError('--data: needs --index, which says which examples to read');
    return { inputs: [] };
  }
  const test = await openTestSet(data, file, model, reading);
  const { length } = test.dataset;
  const places =
    index === undefined && wantsAll
      ? Array.from({ length }, (_, place) => place)
      : index === undefined
        ? [createRandom(seed, 'question').below(length)]
        : index.split(',').map((text) => wholeNumber('--index', text, 0, length - 1));
  const inputs = places.map((place) => {
    return { index: place, label: test.dataset.label(place), pixels: test.dataset.pixels(place) };
  });
  const { features } = test.dataset;
  return { inputs, ...(features && { features }), ...(test.taken && { taken: test.taken }) };
}
