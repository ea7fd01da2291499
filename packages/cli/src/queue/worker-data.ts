import type { Dataset } from '@longhand/core';
import type { WorkerData } from '@longhand/sweep/queue';
import type { ReadingFlags } from '../data/open-data.js';
import { openTrainingData } from '../training/open-training-data.js';

/** Data that a worker has read. */
export interface OpenedData extends WorkerData {
  readonly dataset: Dataset;
}

/**
 * Reads the data of a worker: MNIST if none are named.
 *
 * @throws DataError if some cannot be read
 */
export async function openWorkerData(
  named: readonly string[] | undefined,
  flags: ReadingFlags,
): Promise<OpenedData[]> {
  const { fingerprintOf } = await import('@longhand/sweep');
  const opened = new Map<string, OpenedData>();
  for (const one of named ?? [undefined]) {
    const { training: dataset, name } = await openTrainingData(one, undefined, flags);
    const fingerprint = fingerprintOf(dataset);
    opened.set(fingerprint, { name, dataset, fingerprint });
  }
  return [...opened.values()];
}
