import { type Forward, forward } from '../maths/forward.js';
import { matrix } from '../maths/matrix.js';
import { type Network, parameterCount } from '../maths/network.js';

/** Columns computed at once: they fit the cache. */
const BLOCK_EXAMPLES = 256;
/** Multiplications that take a few milliseconds: as long as a page may wait. */
const SLICE_PRODUCTS = 2e6;

/** How many examples are computed at once where the thread must stay responsive. */
export function examplesOfSlice(network: Network): number {
  return Math.min(BLOCK_EXAMPLES, Math.ceil(SLICE_PRODUCTS / parameterCount(network)));
}

/** Examples of which some can be had at a time. */
export interface ByteBlocks {
  /** How many examples there are. */
  readonly length: number;
  /** One byte for each input, example after example, of some of the examples. */
  bytes(from: number, to: number): Uint8Array;
}

/**
 * Forward propagation in 64-bit floats, as the board computes it, block by block. A result does not
 * depend on the examples beside it.
 *
 * @returns each block, and the index of its first example
 */
export function* computeInBlocks(
  network: Network,
  examples: ByteBlocks,
  pixelScale: number,
  block = BLOCK_EXAMPLES,
): Generator<Forward & { readonly start: number }, void> {
  const inputs = network.layers[0]!.W.cols;
  for (let start = 0; start < examples.length; start += block) {
    const m = Math.min(block, examples.length - start);
    const bytes = examples.bytes(start, start + m);
    const X = matrix(inputs, m);
    for (let j = 0; j < m; j++) {
      for (let i = 0; i < inputs; i++) X.data[i * m + j] = bytes[j * inputs + i]! * pixelScale;
    }
    yield { ...forward(network, X), start };
  }
}
