import { DataError, type Dataset, layerSizes, type Model } from '@longhand/core';

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
