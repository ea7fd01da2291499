import { hadamard, type Matrix, map, scale, subtract } from '../../maths/matrix.js';
import { fill } from '../entries.js';
import type { Mistake } from '../mistake.js';

/** Y, with every label one class higher or lower. */
function moved(Y: Matrix, by: number): Matrix {
  return fill(Y.rows, Y.cols, (i, j) => Y.data[((i + by + Y.rows) % Y.rows) * Y.cols + j]!);
}

/** The number of the right class in every row of its column. */
function labels(Y: Matrix): Matrix {
  const numbers = Array.from({ length: Y.cols }, (_, j) => {
    let label = 0;
    for (let i = 0; i < Y.rows; i++) label += i * Y.data[i * Y.cols + j]!;
    return label;
  });
  return fill(Y.rows, Y.cols, (_, j) => numbers[j]!);
}

const slopeOfSigmoid = (A: Matrix) => map(A, (a) => a * (1 - a));

/** Mistakes of the labels and of the output's error. */
export const ERROR_MISTAKES: readonly Mistake[] = [
  {
    id: 'labels-off-by-one',
    name: 'the labels are off by one class',
    effect: 'The network is taught the neighbor of each digit: a 3 counts as a 2 or a 4.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss with Y moved by one row',
        change: (_, { Y }) => [{ Y: moved(Y, 1) }, { Y: moved(Y, -1) }],
      },
      dZ2: {
        wrong: 'dZ2 = A2 − Y moved by one row',
        change: (_, { Y }) => [{ Y: moved(Y, 1) }, { Y: moved(Y, -1) }],
      },
    },
    carries: ({ Y }) => [{ Y: moved(Y, 1) }, { Y: moved(Y, -1) }],
  },
  {
    id: 'labels-not-one-hot',
    name: 'the label itself is subtracted from every row: Y is not one-hot',
    effect:
      'A digit 7 subtracts 7 from each of its ten outputs. Y must have a 1 in the row of the right class.',
    chapter: 6,
    places: { dZ2: { wrong: 'dZ2 = A2 − label', change: (_, { Y }) => ({ Y: labels(Y) }) } },
  },
  {
    id: 'labels-missing',
    name: 'Y is not subtracted',
    effect: 'The error does not depend on the right answer, so nothing can be learned from it.',
    chapter: 8,
    places: { dZ2: { wrong: 'dZ2 = A2', change: (_, { Y }) => ({ Y: scale(Y, 0) }) } },
  },
  {
    id: 'error-of-sums',
    name: 'Y is subtracted from Z2 instead of A2',
    effect: 'The scores are compared with the labels, and not the probabilities.',
    chapter: 8,
    places: { dZ2: { wrong: 'dZ2 = Z2 − Y', change: ({ Z2 }) => ({ A: Z2 }) } },
  },
  {
    id: 'error-of-squared-loss',
    name: 'multiplied by A2 ⊙ (1 − A2), as for a squared error with sigmoid',
    effect:
      'A unit that is sure and wrong hardly learns. With softmax and cross-entropy this factor cancels.',
    chapter: 8,
    places: {
      dZ2: {
        wrong: 'dZ2 = (A2 − Y) ⊙ A2 ⊙ (1 − A2)',
        change: () => ({ form: (A, Y) => hadamard(subtract(A, Y), slopeOfSigmoid(A)) }),
      },
    },
  },
  {
    id: 'error-doubled',
    name: 'multiplied by 2, as for a squared error',
    effect: 'Every gradient is twice too large.',
    chapter: 8,
    places: { dZ2: { wrong: 'dZ2 = 2 (A2 − Y)', change: () => ({ factor: 2 }) } },
  },
  {
    id: 'error-of-probabilities',
    name: 'the gradient with respect to A2, not to Z2',
    effect: 'The derivative of softmax is missing: −Y / A2 is only the first factor of the chain rule.',
    chapter: 8,
    places: {
      dZ2: {
        wrong: 'dZ2 = −Y / A2',
        change: () => ({
          form: (A, Y) => fill(A.rows, A.cols, (i, j) => -Y.data[i * A.cols + j]! / A.data[i * A.cols + j]!),
        }),
      },
    },
  },
  {
    id: 'error-divided',
    name: 'divided by m already',
    effect: 'The errors are m times too small. Divide by m once: in dW and db.',
    chapter: 8,
    places: {
      dZ2: { wrong: 'dZ2 = 1/m (A2 − Y)', change: (_, { Y }) => ({ factor: 1 / Y.cols }) },
      dZ1: { wrong: 'dZ1 = 1/m W2ᵀ dZ2 ⊙ ReLU′(Z1)', change: (_, { dZ }) => ({ factor: 1 / dZ.cols }) },
    },
  },
  {
    id: 'gradient-sign',
    name: 'the sign is wrong',
    effect: 'The gradient points the other way, so that a step makes the loss larger.',
    chapter: 8,
    places: {
      dZ2: { wrong: 'dZ2 = Y − A2', change: () => ({ sign: -1 }) },
      dW2: { wrong: 'dW2 = −1/m dZ2 A1ᵀ', change: () => ({ sign: -1 }) },
      db2: { wrong: 'db2 = −1/m Σ dZ2', change: () => ({ sign: -1 }) },
      dZ1: { wrong: 'dZ1 = −W2ᵀ dZ2 ⊙ ReLU′(Z1)', change: () => ({ sign: -1 }) },
      dW1: { wrong: 'dW1 = −1/m dZ1 Xᵀ', change: () => ({ sign: -1 }) },
      db1: { wrong: 'db1 = −1/m Σ dZ1', change: () => ({ sign: -1 }) },
    },
  },
];
