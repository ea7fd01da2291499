import { fit } from '@longhand/core';

/** Whether exactly one of two inputs is 1. No network without a hidden layer can learn it. */
export const ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const LABELS = ['no', 'yes', 'yes', 'no'];

export function trainExclusiveOr(onStep) {
  return fit(ROWS, LABELS, {
    hidden: [8],
    optimizer: 'adam',
    alpha: 0.05,
    epochs: 300,
    dev: 0,
    seed: 1,
    onStep,
  });
}
