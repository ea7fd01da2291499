import type { Blocks2x2, PackedExamples } from '../data/packed-examples.js';
import { BLOCK_EXAMPLES, roundUp } from '../layout/plan.js';
import type { Scratch } from '../layout/scratch.js';

/** Up to 256 examples that go through the network together. `rows`, `labels` and `weights` are addresses. */
export interface Block {
  /** The sparse row of each example, or the row of 2 × 2 blocks of each pair of examples. */
  readonly rows: number;
  readonly labels: number;
  /** The weight of each example in training, or 0 if they all count the same. */
  readonly weights: number;
  readonly count: number;
  /** `count`, rounded up to a multiple of 8. */
  readonly cols: number;
}

/** A training step. Dropout depends on it. */
export interface TrainingStep {
  /** The number of updates before it. */
  readonly iteration: number;
  /** The place of the block's first example in its batch. */
  readonly first: number;
}

/** The block of packed examples that begins with example `from`, where it was packed. */
export function packedBlock(
  examples: PackedExamples,
  blocks2x2: Blocks2x2 | undefined,
  from: number,
  count: number,
): Block {
  const { labels, weights } = blocks2x2 ?? examples;
  return {
    rows: blocks2x2 ? blocks2x2.pairRows + 4 * from : examples.sparseRows + 8 * from,
    labels: labels + from,
    weights: weights && weights + 4 * from,
    count,
    cols: roundUp(count, 8),
  };
}

/**
 * The block of a mini-batch that begins at `start`, in the scratch; the batch ends before `to`.
 *
 * @param examples those that the batch is of
 */
export function collectedBlock(
  { sparseRows, labels, weights }: Scratch,
  examples: PackedExamples,
  start: number,
  to: number,
): Block {
  const count = Math.min(BLOCK_EXAMPLES, to - start);
  return {
    rows: sparseRows,
    labels,
    weights: examples.weights && weights,
    count,
    cols: roundUp(count, 8),
  };
}
