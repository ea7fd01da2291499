import type { Dataset } from './dataset.js';

/** Labelled pictures as far as they are read to pack them: a `Dataset`, or the bytes that a worker was sent. */
export type ExampleSource = Pick<Dataset, 'length' | 'inputs' | 'isWeighted' | 'pixels' | 'label' | 'weight'>;

/**
 * Copies the pixels of the examples from `from` up to, but not including, `to` into `bytes`.
 *
 * @param stride bytes from the start of one example to the start of the next
 */
export function copyPixels(
  source: ExampleSource,
  bytes: Uint8Array,
  { from = 0, to = source.length, stride = source.inputs } = {},
): void {
  for (let i = from; i < to; i++) bytes.set(source.pixels(i), (i - from) * stride);
}

/** The labels of all examples, in order. */
export function labelsOf(source: ExampleSource): Uint8Array {
  return Uint8Array.from({ length: source.length }, (_, i) => source.label(i));
}

/** The weights of all examples, in order; `undefined` for a dataset without weights. */
export function weightsOf(source: ExampleSource): Float32Array | undefined {
  if (!source.isWeighted) return undefined;
  return Float32Array.from({ length: source.length }, (_, i) => source.weight(i));
}
