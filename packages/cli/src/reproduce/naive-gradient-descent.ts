import type { Dataset, Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { add, backward, forward, scale, update } from '@longhand/core/maths';
import type { Experiment } from './gradient-descent.js';
import type { Gradients } from './mistake.js';
import { naiveSoftmaxOutput } from './naive-softmax.js';

/** Examples computed at a time. */
const BLOCK_EXAMPLES = 500;

export interface NaiveResult {
  /** How many updates there were, including the one after which a parameter is not finite. */
  readonly updates: number;
  /** Whether that happened. */
  readonly diverged: boolean;
  readonly network: Network;
}

/**
 * Gradient descent with the maths, on bytes as inputs, with the naive softmax and a change to the
 * gradients. With `sumOverEverything` it is exactly the notebook. It stops at the first parameter
 * that is not finite: from then on everything is NaN.
 */
export async function runNaiveGradientDescent(
  { network, training, alpha, iterations, signal, onIteration }: Experiment,
  mistake: (gradients: Gradients) => Gradients = (gradients) => gradients,
): Promise<NaiveResult> {
  let current: Network = { ...network, output: naiveSoftmaxOutput };
  let updates = 0;
  while (updates < iterations && !signal.aborted) {
    current = update(current, mistake(await gradientsOf(current, training)), alpha);
    updates++;
    onIteration();
    const finite = current.layers.every(({ W, b }) =>
      [W, b].every(({ data }) => data.every(Number.isFinite)),
    );
    if (!finite) return { updates, diverged: true, network: current };
  }
  return { updates, diverged: false, network: current };
}

/** The gradient of the mean loss over all examples, block by block. */
async function gradientsOf(network: Network, dataset: Dataset): Promise<Gradients> {
  let sum: Gradients | undefined;
  for (let start = 0; start < dataset.length; start += BLOCK_EXAMPLES) {
    const m = Math.min(BLOCK_EXAMPLES, dataset.length - start);
    const { X, Y } = toDesignMatrix(
      dataset,
      Uint32Array.from({ length: m }, (_, j) => start + j),
      1,
    );
    const share = m / dataset.length;
    const part = backward(network, forward(network, X), Y).map(({ dW, db }) => ({
      dW: scale(dW, share),
      db: scale(db, share),
    }));
    sum = sum?.map(({ dW, db }, l) => ({ dW: add(dW, part[l]!.dW), db: add(db, part[l]!.db) })) ?? part;
    // Lets Ctrl-C and the progress bar work.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return sum!;
}
