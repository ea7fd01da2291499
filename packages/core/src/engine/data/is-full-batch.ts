import type { Arena } from '../layout/arena.js';
import { BLOCK_EXAMPLES } from '../layout/plan.js';

/**
 * Whether a batch is all the examples in the order in which they were loaded, with a network small
 * enough to keep a gradient for each group of blocks. It depends on the sizes only, never on the
 * number of threads, so the bits do not depend on the threads either.
 */
export function isFullBatch(
  { groupGradients }: Pick<Arena, 'groupGradients'>,
  { examples, order }: { readonly examples: { readonly length: number }; readonly order: number },
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  return groupGradients !== 0 && order === 0 && from === 0 && to === examples.length && to > BLOCK_EXAMPLES;
}
