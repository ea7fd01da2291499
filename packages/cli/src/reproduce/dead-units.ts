import { type Dataset, forward, type Network, toDesignMatrix } from '@longhand/core';

/** Digits looked at: a unit that is silent for so many is dead. */
const MAX_DIGITS = 2000;

/** How many units of the first layer answer 0 to every digit: ReLU is flat there, so no gradient reaches them any more. */
export function deadUnits(network: Network, dataset: Dataset, pixelScale: number): number {
  const places = Uint32Array.from({ length: Math.min(MAX_DIGITS, dataset.length) }, (_, i) => i);
  const A = forward(network, toDesignMatrix(dataset, places, pixelScale).X).A[1]!;
  let dead = 0;
  for (let unit = 0; unit < A.rows; unit++) {
    if (A.data.subarray(unit * A.cols, (unit + 1) * A.cols).every((a) => a === 0)) dead++;
  }
  return dead;
}
