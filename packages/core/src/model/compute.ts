import { type Forward, forward } from '../maths/forward.js';
import { matrix } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';

/** Columns computed at once: they fit the cache. */
const BLOCK_EXAMPLES = 256;

/**
 * Forward propagation in 64-bit floats, as the board computes it, block by block. A result does not
 * depend on the examples beside it.
 *
 * @param bytes one for each input, example after example
 * @param visit gets each block, and the index of its first example
 */
export function computeInBlocks(
  network: Network,
  bytes: Uint8Array,
  pixelScale: number,
  visit: (computed: Forward, start: number) => void,
): void {
  const inputs = network.layers[0]!.W.cols;
  const length = bytes.length / inputs;
  for (let start = 0; start < length; start += BLOCK_EXAMPLES) {
    const m = Math.min(BLOCK_EXAMPLES, length - start);
    const X = matrix(inputs, m);
    for (let j = 0; j < m; j++) {
      for (let i = 0; i < inputs; i++) X.data[i * m + j] = bytes[(start + j) * inputs + i]! * pixelScale;
    }
    visit(forward(network, X), start);
  }
}
