import { type Matrix, map, matrix } from '../../maths/matrix.js';
import { fill } from '../entries.js';
import type { Mistake } from '../mistake.js';
import { crossEntropies } from '../recipes.js';
import { largest } from './output.js';

/** Mistakes of the loss. */
export const LOSS_MISTAKES: readonly Mistake[] = [
  {
    id: 'loss-not-divided',
    name: 'the losses are added up, not averaged',
    effect: 'The loss is m times too large: it grows with the number of examples.',
    chapter: 6,
    places: { loss: { wrong: 'loss = −Σ Y ⊙ log A2', change: () => ({ divisor: 1 }) } },
  },
  {
    id: 'loss-divided-twice',
    name: 'divided by m twice',
    effect: 'The loss is m times too small.',
    chapter: 6,
    places: {
      loss: { wrong: 'loss = −1/m² Σ Y ⊙ log A2', change: (_, { divisor }) => ({ divisor: divisor ** 2 }) },
    },
  },
  {
    id: 'loss-divided-by-all',
    name: 'averaged over all entries, not over the examples',
    effect: 'The loss is too small by the number of classes. np.mean without an axis divides by all entries.',
    chapter: 6,
    places: {
      loss: { wrong: 'loss = mean of −Y ⊙ log A2', change: (_, { Y }) => ({ divisor: Y.rows * Y.cols }) },
    },
  },
  {
    id: 'loss-sign',
    name: 'the minus sign is missing',
    effect: 'The loss is negative: the logarithm of a probability is never positive.',
    chapter: 6,
    places: { loss: { wrong: 'loss = 1/m Σ Y ⊙ log A2', change: () => ({ sign: -1 }) } },
  },
  {
    id: 'loss-other-logarithm',
    name: 'a logarithm to another base is used',
    effect:
      'The loss is 1.44 times as large with log2, and 0.43 times as large with log10. log is the natural one.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss = −1/m Σ Y ⊙ log2 A2, or log10',
        change: () =>
          [Math.LN2, Math.LN10].map((base) => ({
            each: (A, Y) => map(crossEntropies(A, Y), (loss) => loss / base),
          })),
      },
    },
  },
  {
    id: 'loss-squared',
    name: 'the squared error is used instead of the cross-entropy',
    effect: 'A certain and wrong answer costs hardly more than a doubtful one.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss = 1/m Σ (A2 − Y)²',
        change: () =>
          [1, 1 / 2].map((factor) => ({ each: (A, Y) => entries(A, Y, (a, y) => factor * (a - y) ** 2) })),
      },
    },
  },
  {
    id: 'loss-binary',
    name: 'the cross-entropy of yes-or-no questions is used',
    effect: 'The classes that are wrong are counted too. With softmax, only the right class counts.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss = −1/m Σ (Y ⊙ log A2 + (1 − Y) ⊙ log(1 − A2))',
        change: () => ({
          each: (A, Y) =>
            entries(
              A,
              Y,
              (a, y) => -(y === 0 ? 0 : y * Math.log(a)) - (y === 1 ? 0 : (1 - y) * Math.log(1 - a)),
            ),
        }),
      },
    },
  },
  {
    id: 'loss-of-largest',
    name: 'the largest probability is used, not that of the right class',
    effect: 'The loss does not depend on the labels: it is small whenever the network is sure.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss = −1/m Σ log max A2',
        change: () => ({ each: (A) => crossEntropies(A, largest(A)) }),
      },
    },
  },
  {
    id: 'loss-without-logarithm',
    name: 'the logarithm is left out',
    effect: 'The loss is a mean of probabilities: being sure and wrong costs no more than 1.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss = 1/m Σ (1 − a of the right class)',
        change: () => [
          { each: (A, Y) => entries(A, Y, (a, y) => y * (1 - a)) },
          { each: (A, Y) => entries(A, Y, (a, y) => -y * a) },
        ],
      },
    },
  },
  {
    id: 'loss-of-each',
    name: 'the loss of every example is saved, not their mean',
    effect: 'There are m numbers, and one is needed.',
    chapter: 6,
    places: {
      loss: {
        wrong: 'loss = −Σ Y ⊙ log A2 of each column',
        change: () => ({ divisor: 1, total: (losses) => matrix(losses.cols, losses.rows, losses.data) }),
      },
    },
  },
];

function entries(A: Matrix, Y: Matrix, f: (a: number, y: number) => number): Matrix {
  return fill(A.rows, A.cols, (i, j) => f(A.data[i * A.cols + j]!, Y.data[i * A.cols + j]!));
}
