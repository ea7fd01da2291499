import { sumOverExamples, transpose } from '../../maths/matrix-products.js';
import { constant, fill } from '../entries.js';
import type { Mistake } from '../mistake.js';
import { sumOfAll } from '../recipes.js';

/** Mistakes of the gradients of weights and biases. */
export const GRADIENT_MISTAKES: readonly Mistake[] = [
  {
    id: 'not-divided-by-m',
    name: 'not divided by m',
    effect: 'The gradient is m times too large: the step grows with the number of examples.',
    chapter: 8,
    places: {
      dW2: { wrong: 'dW2 = dZ2 A1ᵀ', change: () => ({ divisor: 1 }) },
      db2: { wrong: 'db2 = Σ dZ2', change: () => ({ divisor: 1 }) },
      dW1: { wrong: 'dW1 = dZ1 Xᵀ', change: () => ({ divisor: 1 }) },
      db1: { wrong: 'db1 = Σ dZ1', change: () => ({ divisor: 1 }) },
    },
  },
  {
    id: 'divided-by-m-twice',
    name: 'divided by m twice',
    effect: 'The gradient is m times too small, so that training hardly moves.',
    chapter: 8,
    places: {
      dW2: { wrong: 'dW2 = 1/m² dZ2 A1ᵀ', change: (_, { divisor: m }) => ({ divisor: m * m }) },
      db2: { wrong: 'db2 = 1/m² Σ dZ2', change: (_, { divisor: m }) => ({ divisor: m * m }) },
      dW1: { wrong: 'dW1 = 1/m² dZ1 Xᵀ', change: (_, { divisor: m }) => ({ divisor: m * m }) },
      db1: { wrong: 'db1 = 1/m² Σ dZ1', change: (_, { divisor: m }) => ({ divisor: m * m }) },
    },
  },
  {
    id: 'divided-by-units',
    name: 'divided by the number of rows, not of examples',
    effect: 'The number m is taken from the wrong axis: with examples as columns it is X.shape[1].',
    chapter: 8,
    places: {
      dW2: {
        wrong: 'dW2 = 1/n dZ2 A1ᵀ',
        change: (given) => rowCounts(given).map((divisor) => ({ divisor })),
      },
      db2: { wrong: 'db2 = 1/n Σ dZ2', change: (given) => rowCounts(given).map((divisor) => ({ divisor })) },
      dW1: { wrong: 'dW1 = 1/n dZ1 Xᵀ', change: (given) => rowCounts(given).map((divisor) => ({ divisor })) },
      db1: { wrong: 'db1 = 1/n Σ dZ1', change: (given) => rowCounts(given).map((divisor) => ({ divisor })) },
    },
  },
  {
    id: 'alpha-in-gradient',
    name: 'multiplied by the learning rate already',
    effect: 'The gradient does not depend on α. Multiply by α once: in the update.',
    chapter: 10,
    places: {
      dW2: { wrong: 'dW2 = α/m dZ2 A1ᵀ', change: ({ alpha }) => ({ factor: alpha }) },
      db2: { wrong: 'db2 = α/m Σ dZ2', change: ({ alpha }) => ({ factor: alpha }) },
      dW1: { wrong: 'dW1 = α/m dZ1 Xᵀ', change: ({ alpha }) => ({ factor: alpha }) },
      db1: { wrong: 'db1 = α/m Σ dZ1', change: ({ alpha }) => ({ factor: alpha }) },
    },
  },
  {
    id: 'gradient-transposed',
    name: 'transposed',
    effect:
      'Entry (i, k) belongs to the weight from unit k to unit i. The gradient has the shape of its weights.',
    chapter: 8,
    places: {
      dW2: { wrong: 'dW2 = 1/m A1 dZ2ᵀ', change: () => ({ turned: true }) },
      dW1: { wrong: 'dW1 = 1/m X dZ1ᵀ', change: () => ({ turned: true }) },
    },
  },
  {
    id: 'gradient-with-sums',
    name: 'multiplied by Z1 instead of A1',
    effect:
      'The output layer got A1, so its gradient needs A1. Where ReLU was off, the entry must get nothing.',
    chapter: 8,
    places: { dW2: { wrong: 'dW2 = 1/m dZ2 Z1ᵀ', change: ({ Z1 }) => ({ A: Z1 }) } },
  },
  {
    id: 'gradient-with-outputs',
    name: 'multiplied by the outputs of the layer instead of its inputs',
    effect: 'The gradient of a weight is its input times the error of its unit.',
    chapter: 8,
    places: {
      dW2: { wrong: 'dW2 = 1/m dZ2 A2ᵀ', change: ({ A2 }) => ({ A: A2 }) },
      dW1: { wrong: 'dW1 = 1/m dZ1 A1ᵀ', change: ({ A1 }) => ({ A: A1 }) },
    },
  },
  {
    id: 'gradient-of-other-error',
    name: 'computed from dZ2 instead of dZ1',
    effect: 'The error of the output layer is used for the hidden layer: it was not sent back.',
    chapter: 9,
    places: {
      dW1: { wrong: 'dW1 = 1/m dZ2 Xᵀ', change: ({ dZ2 }) => ({ dZ: dZ2 }) },
      db1: { wrong: 'db1 = 1/m Σ dZ2', change: ({ dZ2 }) => ({ dZ: dZ2 }) },
    },
  },
  {
    id: 'bias-summed-over-everything',
    name: 'summed over everything, the units too',
    effect:
      'All units share one number. In the last layer it is 0, so that its biases never learn. np.sum needs an axis.',
    chapter: 8,
    places: {
      db2: {
        wrong: 'db2 = 1/m · sum of all of dZ2',
        change: () => ({ sum: (dZ) => constant(dZ.rows, 1, sumOfAll(dZ).data[0]!) }),
      },
      db1: {
        wrong: 'db1 = 1/m · sum of all of dZ1',
        change: () => ({ sum: (dZ) => constant(dZ.rows, 1, sumOfAll(dZ).data[0]!) }),
      },
    },
  },
  {
    id: 'bias-averaged-over-everything',
    name: 'averaged over everything, the units too',
    effect:
      'All units share one number, which is also divided by the number of units. np.mean needs an axis.',
    chapter: 8,
    places: {
      db2: {
        wrong: 'db2 = mean of all of dZ2',
        change: () => ({ sum: (dZ) => constant(dZ.rows, 1, sumOfAll(dZ).data[0]! / dZ.rows) }),
      },
      db1: {
        wrong: 'db1 = mean of all of dZ1',
        change: () => ({ sum: (dZ) => constant(dZ.rows, 1, sumOfAll(dZ).data[0]! / dZ.rows) }),
      },
    },
  },
  {
    id: 'bias-wrong-axis',
    name: 'summed along the wrong axis',
    effect: 'There is a number for each example instead of one for each unit. Sum along the examples.',
    chapter: 8,
    places: {
      db2: {
        wrong: 'db2 = sums of the columns of dZ2',
        change: (_, { dZ }) =>
          [dZ.cols, dZ.rows].map((divisor) => ({ sum: (M) => sumOverExamples(transpose(M)), divisor })),
      },
      db1: {
        wrong: 'db1 = sums of the columns of dZ1',
        change: (_, { dZ }) =>
          [dZ.cols, dZ.rows].map((divisor) => ({ sum: (M) => sumOverExamples(transpose(M)), divisor })),
      },
    },
  },
  {
    id: 'bias-of-one-example',
    name: 'the error of the first example alone is taken',
    effect: 'All other examples are ignored. Sum over the examples.',
    chapter: 8,
    places: {
      db2: {
        wrong: 'db2 = 1/m · first column of dZ2',
        change: () => ({ sum: (dZ) => fill(dZ.rows, 1, (i) => dZ.data[i * dZ.cols]!) }),
      },
      db1: {
        wrong: 'db1 = 1/m · first column of dZ1',
        change: () => ({ sum: (dZ) => fill(dZ.rows, 1, (i) => dZ.data[i * dZ.cols]!) }),
      },
    },
  },
  {
    id: 'bias-not-summed',
    name: 'not summed over the examples',
    effect:
      'There is a column for each example. The bias is one number for each unit: sum over the examples.',
    chapter: 8,
    places: {
      db2: { wrong: 'db2 = 1/m dZ2', change: () => ({ sum: (dZ) => dZ }) },
      db1: { wrong: 'db1 = 1/m dZ1', change: () => ({ sum: (dZ) => dZ }) },
    },
  },
];

/** What m could be mistaken for: the rows of X, A1 and A2. */
function rowCounts({
  X,
  W1,
  W2,
}: {
  X: { rows: number; cols: number };
  W1: { rows: number };
  W2: { rows: number };
}) {
  return [...new Set([X.rows, W1.rows, W2.rows])].filter((n) => n !== X.cols && n !== 1);
}
