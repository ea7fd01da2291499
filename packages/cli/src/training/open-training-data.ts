import { DataError, type Dataset, type ModelRecord } from '@longhand/core';
import { type NamedDataset, openMnistTest } from '../test-set.js';

/** What a run learns from and is judged by. */
export interface TrainingData {
  readonly training: Dataset;
  /** For messages: `MNIST`, or the path. */
  readonly name: string;
  /** Called once, after training; undefined when the data have no test set. */
  readonly openTest: (() => Promise<NamedDataset>) | undefined;
}

/**
 * MNIST, or what lies at a path. MNIST's test images are not even read before they are asked for.
 *
 * @param record of the model that the data are for, if there is one already
 * @throws DataError when the data cannot be read, or have one class alone
 */
export async function openTrainingData(
  data: string | undefined,
  record?: ModelRecord,
): Promise<TrainingData> {
  if (data === undefined) {
    const { mnistTraining } = await import('@longhand/mnist');
    return { training: await mnistTraining(), name: 'MNIST', openTest: openMnistTest };
  }
  const { openData } = await import('../data/open-data.js');
  const { training, test, name } = await openData(data, record);
  if (training.classNames.length < 2) {
    throw new DataError(
      `${name}: all examples are of one class (${training.classNames[0]}): expected two or more`,
    );
  }
  return {
    training,
    name,
    openTest: test && (() => Promise.resolve({ dataset: test, name: `the test set of ${name}` })),
  };
}
