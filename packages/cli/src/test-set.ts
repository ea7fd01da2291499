import {
  createRandom,
  DataError,
  type Dataset,
  layerSizes,
  type Model,
  permutation,
  settingNamed,
} from '@longhand/core';
import { wholeNumber } from './whole-number.js';

export interface NamedDataset {
  readonly dataset: Dataset;
  /** For messages: `the MNIST test set`, or the path. */
  readonly name: string;
}

/** The pictures to judge a model by: MNIST's test set or, of other data, the test set or else every example. */
export async function openTestSet(data: string | undefined): Promise<NamedDataset> {
  if (data === undefined) {
    const { mnistTest } = await import('@longhand/mnist');
    return { dataset: await mnistTest(), name: 'the MNIST test set' };
  }
  const { openData } = await import('./data/open-data.js');
  const { training, test, name } = await openData(data);
  return { dataset: test ?? training, name };
}

/**
 * So many of the examples, drawn by a seed, in their own order.
 *
 * @throws SettingError when there are not so many
 */
export function drawExamples(
  { dataset, name }: NamedDataset,
  wanted: string,
  seed = settingNamed('seed').default as number,
): NamedDataset {
  const count = wholeNumber('--examples', wanted, 1, dataset.length);
  const drawn = permutation(dataset.length, createRandom(seed, 'examples')).subarray(0, count);
  return { dataset: dataset.select(drawn.toSorted()), name: `${name}, drawn by seed ${seed}` };
}

/** @throws DataError when the pictures are not of the size, or the classes not of the number, that the model takes */
export function checkFitsModel(
  { dataset, name }: NamedDataset,
  file: string,
  { network, record }: Model,
): void {
  if (dataset.width !== record.width || dataset.height !== record.height) {
    throw new DataError(
      `${name}: pictures of ${dataset.width} × ${dataset.height}, but ${file} was trained on ${record.width} × ${record.height}`,
    );
  }
  const classes = layerSizes(network).at(-1)!;
  if (dataset.classNames.length !== classes) {
    throw new DataError(
      `${name}: ${dataset.classNames.length} classes, but ${file} answers one of ${classes}`,
    );
  }
}
