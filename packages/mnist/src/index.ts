import type { Dataset } from '@longhand/core';
import { readIdx } from '@longhand/core/files';
import { DIGITS_FILES, type DigitsName } from './files.js';
import { readPacked } from './read.js';
import { unpackDigits } from './unpack.js';

/** MNIST: a training set and a test set. */
export interface Mnist {
  /** 60,000 examples of 28 × 28. */
  readonly training: Dataset;
  /** 10,000 examples. */
  readonly test: Dataset;
}

/** Where to read the digits from. */
export interface MnistOptions {
  /**
   * The address of a folder with the four packed files (`dist/digits` of this package), such as
   * `/digits/` or `https://example.org/digits/`. You need it with bundlers that do not copy files
   * (esbuild, Rollup). Default: the package's own folder.
   */
  readonly from?: string;
}

/**
 * The 70,000 handwritten digits of MNIST (LeCun, Cortes and Burges; CC BY-SA 3.0). Each of the four
 * files is checked by SHA-256 once it is unpacked.
 *
 * In Node, Bun and Deno the digits are read from the package's folder, in a page with `fetch`: 10.5 MB.
 *
 * @throws DataError if a file is missing, damaged, or may not be read
 */
export async function mnist(options: MnistOptions = {}): Promise<Mnist> {
  const [training, test] = await Promise.all([mnistTraining(options), mnistTest(options)]);
  return { training, test };
}

/**
 * Only the 60,000 training examples.
 *
 * @throws DataError as `mnist` does
 */
export function mnistTraining(options: MnistOptions = {}): Promise<Dataset> {
  return read('trainingImages', 'trainingLabels', options);
}

/**
 * Only the 10,000 test examples.
 *
 * @throws DataError as `mnist` does
 */
export function mnistTest(options: MnistOptions = {}): Promise<Dataset> {
  return read('testImages', 'testLabels', options);
}

async function read(
  imagesName: DigitsName,
  labelsName: DigitsName,
  { from }: MnistOptions,
): Promise<Dataset> {
  const [images, labels] = await Promise.all(
    [imagesName, labelsName].map(async (name) => unpackDigits(await readPacked(name, from), name)),
  );
  return readIdx({
    images: images!,
    imagesName: DIGITS_FILES[imagesName].original,
    labels: labels!,
    labelsName: DIGITS_FILES[labelsName].original,
  });
}
