import { type Matrix, map, matrix, subtract } from '../../maths/matrix.js';
import { transpose } from '../../maths/matrix-products.js';
import { softmax } from '../../maths/softmax.js';
import { fill } from '../entries.js';
import type { Mistake } from '../mistake.js';

const sigmoid = (Z: Matrix) => map(Z, (z) => 1 / (1 + Math.exp(-z)));

/** Every entry divided by the sum of its column. */
function overColumnSums(A: Matrix): Matrix {
  const sums = Array.from({ length: A.cols }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < A.rows; i++) sum += A.data[i * A.cols + j]!;
    return sum;
  });
  return fill(A.rows, A.cols, (i, j) => A.data[i * A.cols + j]! / sums[j]!);
}

/** Z, less the maximum of each column. */
function shifted(Z: Matrix): Matrix {
  const highest = Array.from({ length: Z.cols }, (_, j) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < Z.rows; i++) most = Math.max(most, Z.data[i * Z.cols + j]!);
    return most;
  });
  return fill(Z.rows, Z.cols, (i, j) => Z.data[i * Z.cols + j]! - highest[j]!);
}

/** 1 where an entry is the largest of its column, else 0. */
export const largest = (A: Matrix) => map(shifted(A), (a) => (a === 0 ? 1 : 0));

function overEverything(Z: Matrix): Matrix {
  const { data } = softmax(matrix(Z.rows * Z.cols, 1, Z.data));
  return matrix(Z.rows, Z.cols, data);
}

/** Mistakes of the output layer's activation. */
export const OUTPUT_MISTAKES: readonly Mistake[] = [
  {
    id: 'softmax-along-examples',
    name: 'softmax is taken along the examples instead of along the classes',
    effect: 'Each row adds up to 1 instead of each column: the probabilities of a picture are none.',
    chapter: 5,
    places: {
      A2: {
        wrong: 'A2 = softmax(Z2), row by row',
        change: () => ({ g: (Z) => transpose(softmax(transpose(Z))) }),
      },
    },
  },
  {
    id: 'softmax-over-everything',
    name: 'softmax is taken over all entries at once',
    effect: 'The whole matrix adds up to 1 instead of each column. np.sum needs an axis.',
    chapter: 5,
    places: { A2: { wrong: 'A2 = exp(Z2) / sum of all exp(Z2)', change: () => ({ g: overEverything }) } },
  },
  {
    id: 'softmax-missing',
    name: 'softmax is left out',
    effect: 'The outputs are scores, not probabilities: they can be negative, and do not add up to 1.',
    chapter: 5,
    places: { A2: { wrong: 'A2 = Z2', change: () => ({ g: (Z) => Z }) } },
  },
  {
    id: 'softmax-not-divided',
    name: 'the exponentials are not divided by their sum',
    effect: 'The outputs of an example do not add up to 1.',
    chapter: 5,
    places: {
      A2: {
        wrong: 'A2 = exp(Z2)',
        change: () => [{ g: (Z) => map(Z, Math.exp) }, { g: (Z) => map(shifted(Z), Math.exp) }],
      },
    },
  },
  {
    id: 'softmax-without-exp',
    name: 'the scores themselves are divided by their sum, without exp',
    effect: 'The outputs add up to 1, but can be negative or larger than 1.',
    chapter: 5,
    places: { A2: { wrong: 'A2 = Z2 / Σ Z2', change: () => ({ g: overColumnSums }) } },
  },
  {
    id: 'softmax-without-shift',
    name: 'the maximum is not subtracted before exp',
    effect:
      'The exponential of a number above 709 is infinite, and ∞ / ∞ is NaN. Subtract the largest score of each column.',
    chapter: 5,
    places: {
      A2: {
        wrong: 'A2 = exp(Z2) / Σ exp(Z2)',
        change: () => ({ g: (Z) => overColumnSums(map(Z, Math.exp)) }),
      },
    },
  },
  {
    id: 'softmax-with-logarithm',
    name: 'the logarithm of softmax is saved instead of softmax',
    effect: 'Every entry is 0 or negative. That is a log-probability.',
    chapter: 5,
    places: {
      A2: { wrong: 'A2 = log softmax(Z2)', change: () => ({ g: (Z) => map(softmax(Z), Math.log) }) },
    },
  },
  {
    id: 'softmax-twice',
    name: 'softmax is taken twice',
    effect: 'The probabilities are almost equal: none can be much larger than the others.',
    chapter: 5,
    places: { A2: { wrong: 'A2 = softmax(softmax(Z2))', change: () => ({ g: (Z) => softmax(softmax(Z)) }) } },
  },
  {
    id: 'sigmoid-for-softmax',
    name: 'sigmoid is used instead of softmax',
    effect: 'Each class is judged separately, so that the outputs do not add up to 1.',
    chapter: 5,
    places: { A2: { wrong: 'A2 = sigmoid(Z2)', change: () => ({ g: sigmoid }) } },
  },
  {
    id: 'answer-for-probabilities',
    name: 'the predicted class is saved instead of the probabilities',
    effect: 'Every entry is 0 or 1: how sure the network was is lost, and so is the gradient.',
    chapter: 5,
    places: { A2: { wrong: 'A2 = 1 for the largest score, else 0', change: () => ({ g: largest }) } },
  },
  {
    id: 'overwritten-by-error',
    name: 'overwritten by A2 − Y (computed in place)',
    effect: 'The probabilities are lost: A2[y, j] -= 1 changes A2 itself. Copy A2 first.',
    chapter: 8,
    places: { A2: { wrong: 'A2 = softmax(Z2) − Y', change: ({ Y }) => ({ after: (A) => subtract(A, Y) }) } },
  },
];
