import type { Dataset, Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { forward } from '@longhand/core/maths';

/** A unit that is 0 for this many digits counts as dead. */
const MAX_DIGITS = 2000;

/**
 * How many units of the first layer are dead: their activation is 0 for every digit, so ReLU′ is 0,
 * and no gradient reaches them any more.
 */
export function deadUnits(network: Network, dataset: Dataset, pixelScale: number): number {
  const places = Uint32Array.from({ length: Math.min(MAX_DIGITS, dataset.length) }, (_, i) => i);
  const A = forward(network, toDesignMatrix(dataset, places, pixelScale).X).A[1]!;
  let dead = 0;
  for (let unit = 0; unit < A.rows; unit++) {
    if (A.data.subarray(unit * A.cols, (unit + 1) * A.cols).every((a) => a === 0)) dead++;
  }
  return dead;
}
