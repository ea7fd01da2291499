import type { Dataset } from '@longhand/core';
import { type PackedDataset, packDataset } from '@longhand/core/files';

/** A training set and a test set. */
export interface DatasetPair<Data = Dataset> {
  readonly training: Data;
  readonly test: Data;
}

export type PackedDigits = DatasetPair<PackedDataset>;

export function packDigits({ training, test }: DatasetPair): PackedDigits {
  return { training: packDataset(training), test: packDataset(test) };
}
