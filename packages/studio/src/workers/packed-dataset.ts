import type { Dataset, Feature } from '@longhand/core';

/** A dataset's bytes on their way to a worker: shared where the page may share memory, copied where not. */
export interface PackedDataset {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly classNames: readonly string[];
  readonly features?: readonly Feature[];
}

/** What to train on and what to test with. */
export interface DatasetPair<Data = Dataset> {
  readonly training: Data;
  readonly test: Data;
}

export type PackedDigits = DatasetPair<PackedDataset>;

export function packDigits({ training, test }: DatasetPair): PackedDigits {
  return { training: packDataset(training), test: packDataset(test) };
}

/** A dataset's bytes as one piece: without a copy where it is one already. */
export function packDataset(dataset: Dataset): PackedDataset {
  const { width, height, classNames, features, length, inputs } = dataset;
  const shape = { width, height, classNames, ...(features && { features }) };
  const first = length > 0 ? dataset.pixels(0) : new Uint8Array();
  const inOrder =
    length > 0 && dataset.pixels(length - 1).byteOffset === first.byteOffset + (length - 1) * inputs;
  const labels = Uint8Array.from({ length }, (_, i) => dataset.label(i));
  if (inOrder && first.buffer instanceof (globalThis.SharedArrayBuffer ?? Array)) {
    return {
      pixels: new Uint8Array(first.buffer, first.byteOffset, length * inputs),
      labels,
      ...shape,
    };
  }
  const pixels = new Uint8Array(length * inputs);
  for (let i = 0; i < length; i++) pixels.set(dataset.pixels(i), i * inputs);
  return { pixels, labels, ...shape };
}
