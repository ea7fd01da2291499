import type { Dataset } from '@longhand/core';
import type { NamedDataset } from '../test-set.js';

/** What a run learns from and is judged by. */
export interface TrainingData {
  readonly training: Dataset;
  /** For messages: `MNIST`, or the path. */
  readonly name: string;
  /** Called once, after training; undefined when the data have no test set. */
  readonly openTest: (() => Promise<NamedDataset>) | undefined;
}

/** MNIST, or what lies at a path. MNIST's test images are not even read before they are asked for. */
export async function openTrainingData(data: string | undefined): Promise<TrainingData> {
  if (data === undefined) {
    const { mnistTest, mnistTraining } = await import('@longhand/mnist');
    return {
      training: await mnistTraining(),
      name: 'MNIST',
      openTest: async () => ({ dataset: await mnistTest(), name: 'the MNIST test set' }),
    };
  }
  const { openData } = await import('../data/open-data.js');
  const { training, test, name } = await openData(data);
  return {
    training,
    name,
    openTest: test && (() => Promise.resolve({ dataset: test, name: `the test set of ${name}` })),
  };
}
