import type { Dataset, ModelRecord } from '@longhand/core';
import { type DataWarning, warningsOf } from '@longhand/core/data';
import { DataError } from '@longhand/core/errors';
import { type NamedDataset, openMnistTest } from '../test-set.js';

/** The data that a run learns from and is tested on. */
export interface TrainingData {
  readonly training: Dataset;
  /** For messages: `MNIST`, or the path. */
  readonly name: string;
  /** Called once, after training. Undefined if the data have no test set. */
  readonly openTest: (() => Promise<NamedDataset>) | undefined;
  /** What is suspicious about the data, a line each. */
  readonly warnings: readonly DataWarning[];
}

/**
 * MNIST, or the data at a path. MNIST's test images are only read when `openTest` is called.
 *
 * @param record of the model that the data are for, if there is one
 * @throws DataError if the data cannot be read or have only one class
 */
export async function openTrainingData(
  data: string | undefined,
  record?: ModelRecord,
): Promise<TrainingData> {
  if (data === undefined) {
    const { mnistTraining } = await import('@longhand/mnist');
    return { training: await mnistTraining(), name: 'MNIST', openTest: openMnistTest, warnings: [] };
  }
  const { openData } = await import('../data/open-data.js');
  const { training, test, name, kind } = await openData(data, record);
  if (training.classNames.length < 2) {
    throw new DataError(
      `${name}: all examples belong to one class (${training.classNames[0]}): expected two classes or more`,
    );
  }
  const found = warningsOf(training, { balanced: '--class-weight balanced' });
  return {
    training,
    name,
    warnings: found.filter(({ about }) => about !== 'sorted' || kind !== 'pictures'),
    openTest: test && (() => Promise.resolve({ dataset: test, name: `the test set of ${name}` })),
  };
}
