import { Dataset, type DatasetOptions } from './dataset.js';
import { copyPixels, labelsOf, weightsOf } from './example-source.js';

/** A dataset as plain bytes that a message can carry: `new Dataset(packed)` makes it a dataset again. */
export interface PackedDataset extends DatasetOptions {
  readonly classNames: readonly string[];
}

/**
 * The examples in order, as one piece. Pixels that already are one piece of shared memory are not
 * copied.
 *
 * @param shared whether a copy goes into shared memory, which workers can use without a copy of their own
 */
export function packDataset(dataset: Dataset, { shared = false } = {}): PackedDataset {
  const { width, height, classNames, features, origin } = dataset;
  const weights = weightsOf(dataset);
  return {
    pixels: sharedPixels(dataset) ?? copiedPixels(dataset, shared),
    labels: labelsOf(dataset),
    width,
    height,
    classNames,
    ...(features && { features }),
    ...(origin && { origin }),
    ...(weights && { weights }),
  };
}

/**
 * The examples of both, those of `first` in front. Size, class names and features are those of `first`;
 * the examples of a dataset without weights count 1.
 *
 * @throws DataError when the pictures of `second` are of another size, or it has a label that `first` has no class for
 */
export function joinDatasets(first: Dataset, second: Dataset): Dataset {
  const { width, height, classNames, features, origin, length, inputs } = first;
  const pixels = new Uint8Array(length * inputs + second.length * second.inputs);
  copyPixels(first, pixels);
  copyPixels(second, pixels.subarray(length * inputs));
  const labels = new Uint8Array(length + second.length);
  labels.set(labelsOf(first));
  labels.set(labelsOf(second), length);
  const joined = new Dataset({
    pixels,
    labels,
    width,
    height,
    classNames,
    ...(features && { features }),
    ...(origin && { origin }),
  });
  if (!first.isWeighted && !second.isWeighted) return joined;
  const weights = new Float32Array(joined.length).fill(1);
  if (first.isWeighted) weights.set(weightsOf(first)!);
  if (second.isWeighted) weights.set(weightsOf(second)!, length);
  return joined.withWeights(weights);
}

function copiedPixels(dataset: Dataset, shared: boolean): Uint8Array {
  const bytes = dataset.length * dataset.inputs;
  const pixels = new Uint8Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  copyPixels(dataset, pixels);
  return pixels;
}

/** All pixels as one view, if they already lie side by side in shared memory. */
function sharedPixels(dataset: Dataset): Uint8Array | undefined {
  const { length, inputs } = dataset;
  if (length === 0 || typeof SharedArrayBuffer === 'undefined') return undefined;
  const { buffer, byteOffset } = dataset.pixels(0);
  if (!(buffer instanceof SharedArrayBuffer)) return undefined;
  for (let i = 1; i < length; i++) {
    if (dataset.pixels(i).byteOffset !== byteOffset + i * inputs) return undefined;
  }
  return new Uint8Array(buffer, byteOffset, length * inputs);
}
