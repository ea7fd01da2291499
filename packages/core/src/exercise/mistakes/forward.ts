import { map, matrix, scale } from '../../maths/matrix.js';
import { transpose } from '../../maths/matrix-products.js';
import { constant, fill } from '../entries.js';
import type { Mistake } from '../mistake.js';
import { columns, relu, reluSlope } from '../recipes.js';

/** Mistakes of the weighted sums and of the hidden layer's activation. */
export const FORWARD_MISTAKES: readonly Mistake[] = [
  {
    id: 'bias-missing',
    name: 'the bias is not added',
    effect: 'Every weighted sum lacks the bias of its unit.',
    chapter: 4,
    places: {
      Z1: { wrong: 'Z1 = W1 X', change: (_, { B }) => ({ B: constant(B.rows, B.cols, 0) }) },
      Z2: { wrong: 'Z2 = W2 A1', change: (_, { B }) => ({ B: constant(B.rows, B.cols, 0) }) },
    },
  },
  {
    id: 'bias-subtracted',
    name: 'the bias is subtracted instead of added',
    effect: 'Every weighted sum is off by twice the bias of its unit.',
    chapter: 4,
    places: {
      Z1: { wrong: 'Z1 = W1 X − b1', change: (_, { B }) => ({ B: scale(B, -1) }) },
      Z2: { wrong: 'Z2 = W2 A1 − b2', change: (_, { B }) => ({ B: scale(B, -1) }) },
    },
  },
  {
    id: 'bias-of-first-example',
    name: 'the bias is added to the first example alone',
    effect: 'The first example is right, all others lack the bias.',
    chapter: 4,
    places: {
      Z1: { wrong: 'Z1[:, 0] += b1', change: (_, { B }) => ({ B: firstColumn(B) }) },
      Z2: { wrong: 'Z2[:, 0] += b2', change: (_, { B }) => ({ B: firstColumn(B) }) },
    },
  },
  {
    id: 'bias-one-for-all',
    name: 'the bias of the first unit is added to every unit',
    effect: 'The first row is right, in all others the bias is that of another unit.',
    chapter: 4,
    places: {
      Z1: {
        wrong: 'Z1 = W1 X + b1[0]',
        change: ({ b1 }, { B }) => ({ B: constant(B.rows, B.cols, b1.data[0]!) }),
      },
      Z2: {
        wrong: 'Z2 = W2 A1 + b2[0]',
        change: ({ b2 }, { B }) => ({ B: constant(B.rows, B.cols, b2.data[0]!) }),
      },
    },
  },
  {
    id: 'bias-along-examples',
    name: 'the bias is added along the examples instead of along the units',
    effect:
      'Each example gets the bias of a unit. NumPy does this in silence when b has the shape (n,) and n = m.',
    chapter: 4,
    places: {
      Z1: {
        wrong: 'Z1 = W1 X + b1ᵀ',
        change: ({ b1 }, { B }) =>
          B.rows === B.cols ? { B: fill(B.rows, B.cols, (_, j) => b1.data[j]!) } : undefined,
      },
      Z2: {
        wrong: 'Z2 = W2 A1 + b2ᵀ',
        change: ({ b2 }, { B }) =>
          B.rows === B.cols ? { B: fill(B.rows, B.cols, (_, j) => b2.data[j]!) } : undefined,
      },
    },
  },
  {
    id: 'bias-of-other-layer',
    name: 'the bias of the other layer is added',
    effect: 'Every weighted sum has the bias of a unit in the other layer.',
    chapter: 4,
    places: {
      Z1: { wrong: 'Z1 = W1 X + b2', change: ({ b2, X }) => ({ B: columns(b2, X.cols) }) },
      Z2: { wrong: 'Z2 = W2 A1 + b1', change: ({ b1, X }) => ({ B: columns(b1, X.cols) }) },
    },
  },
  {
    id: 'weights-transposed',
    name: 'the weights are transposed',
    effect: 'Each sum uses the weights of one input to all units instead of those of one unit.',
    chapter: 3,
    places: { Z2: { wrong: 'Z2 = W2ᵀ A1 + b2', change: (_, { W }) => ({ W: transpose(W) }) } },
  },
  {
    id: 'pixels-not-divided',
    name: 'the pixels are not divided by 255',
    effect:
      'The part of the pixels is 255 times too large: steps become far too large, and softmax can overflow.',
    chapter: 2,
    places: {
      Z1: { wrong: 'Z1 = W1 (255 X) + b1', change: ({ X }) => ({ A: scale(X, 255) }) },
      dW1: { wrong: 'dW1 = 1/m dZ1 (255 X)ᵀ', change: ({ X }) => ({ A: scale(X, 255) }) },
    },
    carries: ({ X }) => [{ X: scale(X, 255) }],
  },
  {
    id: 'pixels-divided-twice',
    name: 'the pixels are divided by 255 once more: X already is between 0 and 1',
    effect: 'The picture almost disappears: the weighted sums hardly differ from the bias.',
    chapter: 2,
    places: {
      Z1: { wrong: 'Z1 = W1 (X / 255) + b1', change: ({ X }) => ({ A: scale(X, 1 / 255) }) },
      dW1: { wrong: 'dW1 = 1/m dZ1 (X / 255)ᵀ', change: ({ X }) => ({ A: scale(X, 1 / 255) }) },
    },
    carries: ({ X }) => [{ X: scale(X, 1 / 255) }],
  },
  {
    id: 'sums-without-activation',
    name: 'computed from Z1 instead of A1',
    effect:
      'The output layer sees the sums before ReLU: two layers without a non-linearity are no more than one.',
    chapter: 4,
    places: { Z2: { wrong: 'Z2 = W2 Z1 + b2', change: ({ Z1 }) => ({ A: Z1 }) } },
  },
  {
    id: 'overwritten-by-relu',
    name: 'overwritten by ReLU (computed in place)',
    effect:
      'The negative sums are lost, but A1 is right. Write A1 = np.maximum(Z1, 0), which makes a new array.',
    chapter: 4,
    places: { Z1: { wrong: 'Z1 = ReLU(W1 X + b1)', change: () => ({ after: relu }) } },
  },
  {
    id: 'relu-missing',
    name: 'ReLU is left out',
    effect: 'Negative sums pass: two layers without a non-linearity are no more than one.',
    chapter: 4,
    places: { A1: { wrong: 'A1 = Z1', change: () => ({ g: (Z) => Z }) } },
  },
  {
    id: 'relu-inverted',
    name: 'the minimum of 0 and z is taken, not the maximum',
    effect: 'The units let the negative sums pass, and stop the positive ones.',
    chapter: 4,
    places: { A1: { wrong: 'A1 = min(0, Z1)', change: () => ({ g: (Z) => map(Z, (z) => Math.min(0, z)) }) } },
  },
  {
    id: 'relu-absolute',
    name: 'the absolute value is taken instead of ReLU',
    effect: 'Negative sums become positive instead of 0.',
    chapter: 4,
    places: { A1: { wrong: 'A1 = |Z1|', change: () => ({ g: (Z) => map(Z, Math.abs) }) } },
  },
  {
    id: 'relu-leaky',
    name: 'a leaky ReLU is used',
    effect:
      'Negative sums pass a little instead of becoming 0. That is an activation too, but not that of this network.',
    chapter: 4,
    places: {
      A1: {
        wrong: 'A1 = max(0.01 Z1, Z1)',
        change: () => [0.01, 0.1, 0.2].map((slope) => ({ g: (Z) => map(Z, (z) => (z > 0 ? z : slope * z)) })),
      },
    },
  },
  {
    id: 'relu-slope-for-relu',
    name: 'ReLU′(Z1) is used instead of ReLU(Z1)',
    effect: 'Every output is 0 or 1: how large the sum was is lost.',
    chapter: 4,
    places: { A1: { wrong: 'A1 = Z1 > 0', change: () => ({ g: reluSlope }) } },
  },
  {
    id: 'sigmoid-for-relu',
    name: 'sigmoid is used instead of ReLU',
    effect: 'Every output lies between 0 and 1. That is an activation too, but not that of this network.',
    chapter: 4,
    places: {
      A1: { wrong: 'A1 = sigmoid(Z1)', change: () => ({ g: (Z) => map(Z, (z) => 1 / (1 + Math.exp(-z))) }) },
    },
  },
  {
    id: 'tanh-for-relu',
    name: 'tanh is used instead of ReLU',
    effect: 'Every output lies between −1 and 1. That is an activation too, but not that of this network.',
    chapter: 4,
    places: { A1: { wrong: 'A1 = tanh(Z1)', change: () => ({ g: (Z) => map(Z, Math.tanh) }) } },
  },
];

function firstColumn({ rows, cols, data }: { rows: number; cols: number; data: Float64Array }) {
  return matrix(
    rows,
    cols,
    data.map((b, k) => (k % cols === 0 ? b : 0)),
  );
}
