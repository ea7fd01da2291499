import type { Dataset, ModelRecord } from '@longhand/core';
import { type DataWarning, warningsOf } from '@longhand/core/data';
import { DataError } from '@longhand/core/errors';
import type { Taken } from '../data/announce.js';
import type { ReadingFlags } from '../data/open-data.js';
import { type NamedDataset, openMnistTest } from '../test-set.js';

/** The data that a run learns from and is tested on. */
export interface TrainingData {
  readonly training: Dataset;
  /** For messages: `MNIST`, or the path. */
  readonly name: string;
  /** What was taken from the files of `--data`. */
  readonly taken?: Taken;
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
  flags: ReadingFlags = {},
): Promise<TrainingData> {
  if (data === undefined) {
    const { mnistTraining } = await import('@longhand/mnist');
    return { training: await mnistTraining(), name: 'MNIST', openTest: openMnistTest, warnings: [] };
  }
  const { openData } = await import('../data/open-data.js');
  const { training, test, name, ...taken } = await openData(data, record, flags);
  if (training.classNames.length < 2) {
    throw new DataError(
      `${name}: all examples belong to one class (${training.classNames[0]}): expected two classes or more`,
    );
  }
  const found = warningsOf(training, { balanced: '--class-weight balanced' });
  return {
    training,
    name,
    taken,
    warnings: found.filter(({ about }) => about !== 'sorted' || taken.kind !== 'pictures'),
    openTest: test && (() => Promise.resolve({ dataset: test, name: `the test set of ${name}` })),
  };
}
