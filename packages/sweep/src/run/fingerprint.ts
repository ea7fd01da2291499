import { createHash } from 'node:crypto';
import type { Dataset } from '@longhand/core';
import { labelsOf, weightsOf } from '@longhand/core/files';

/** SHA-256 of all that training takes from a dataset. 64 hexadecimal digits. */
export function fingerprintOf(dataset: Dataset): string {
  const { width, height, classNames, features, length } = dataset;
  // The columns of a CSV file are scaled to bytes: without their ranges, twice the numbers would be
  // the same data.
  const hash = createHash('sha256').update(JSON.stringify({ width, height, classNames, features, length }));
  hash.update(labelsOf(dataset));
  const weights = weightsOf(dataset);
  if (weights) hash.update(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
  for (let i = 0; i < length; i++) hash.update(dataset.pixels(i));
  return hash.digest('hex');
}
