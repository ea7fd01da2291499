import { createNetwork, type Matrix, type Network } from '@longhand/core';
import type { DesignMatrix } from '@longhand/core/data';
import { PIXEL_SCALE } from '@longhand/core/data';
import { backward, forward, matrix, type Output, softmaxOutput, update } from '@longhand/core/maths';
import { accuracyOf, BOARD_ALPHA, sumOverEverything } from './experiment.js';
import { deadUnits } from './experiment-findings.js';

/** The notebook's mistakes that change its training. */
export interface NotebookMistakes {
  /** Pixels are not divided by 255. */
  readonly rawPixels: boolean;
  /** Softmax does not subtract the maximum. */
  readonly naiveSoftmax: boolean;
  /** `np.sum(dZ)`: db is summed over everything. */
  readonly summedDb: boolean;
}

/** How many updates a run makes. */
export const NOTEBOOK_UPDATES = 100;

/** What is known after a number of updates. */
export interface NotebookStep {
  readonly updates: number;
  /** Of the parameters before the last update, 0–1: the notebook prints this one. */
  readonly printed: number;
  /** Of the parameters now, 0–1. */
  readonly training: number;
  /** Hidden units that give 0 for every digit. */
  readonly dead: number;
  /** Whether a parameter is no number any more. */
  readonly isBroken: boolean;
  readonly network: Network;
}

export function notebookScale({ rawPixels }: NotebookMistakes): number {
  return rawPixels ? 1 : PIXEL_SCALE;
}

/** Trains the board's network with these mistakes: the state after every update. */
export function* trainNotebook(
  mistakes: NotebookMistakes,
  { X, Y }: DesignMatrix,
  seed = 1,
): Generator<NotebookStep> {
  const start = createNetwork({ layers: [784, 10, 10], seed });
  let network: Network = mistakes.naiveSoftmax ? { ...start, output: naiveSoftmaxOutput } : start;
  let computed = forward(network, X);
  let training = shareOfRight(computed.A[2]!, Y);
  for (let updates = 1; updates <= NOTEBOOK_UPDATES; updates++) {
    const gradients = backward(network, computed, Y);
    network = update(network, mistakes.summedDb ? sumOverEverything(gradients) : gradients, BOARD_ALPHA);
    computed = forward(network, X);
    const printed = training;
    training = shareOfRight(computed.A[2]!, Y);
    const dead = deadUnits(computed).filter(Boolean).length;
    const isBroken = !hasNumbersOnly(network);
    yield { updates, printed, training, dead, isBroken, network };
    // From here on everything stays NaN.
    if (isBroken) return;
  }
}

/** The accuracy of a network on some digits, 0–1. */
export function notebookAccuracy(network: Network, { X, Y }: DesignMatrix): number {
  return shareOfRight(forward(network, X).A[2]!, Y);
}

/** `np.exp(Z) / sum(np.exp(Z))`: beyond 709, exp is infinite, and ∞ / ∞ is NaN. */
export function naiveSoftmax({ rows, cols, data }: Matrix): Matrix {
  const powers = data.map(Math.exp);
  const sums = new Float64Array(cols);
  for (const [k, power] of powers.entries()) sums[k % cols]! += power;
  return matrix(
    rows,
    cols,
    powers.map((power, k) => power / sums[k % cols]!),
  );
}

const naiveSoftmaxOutput: Output = { ...softmaxOutput, activate: naiveSoftmax };

/** NumPy's argmax of ten NaNs is the first: such a network answers 0. */
function shareOfRight(A: Matrix, Y: Matrix): number {
  const answers = matrix(
    A.rows,
    A.cols,
    A.data.map((a, k) => (Number.isNaN(a) ? (k < A.cols ? 1 : 0) : a)),
  );
  return accuracyOf(answers, Y);
}

function hasNumbersOnly({ layers }: Network): boolean {
  return layers.every(({ W, b }) => [W, b].every(({ data }) => data.every(Number.isFinite)));
}
