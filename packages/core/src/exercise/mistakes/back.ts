import { map, scale, subtract } from '../../maths/matrix.js';
import { transpose } from '../../maths/matrix-products.js';
import type { Mistake } from '../mistake.js';
import { relu, reluSlope } from '../recipes.js';

/** Mistakes of the error that is sent back to the hidden layer. */
export const BACK_MISTAKES: readonly Mistake[] = [
  {
    id: 'slope-missing',
    name: 'ReLU′ is left out',
    effect: 'Units whose ReLU was off get an error, although they had no part in the answer.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = W2ᵀ dZ2', change: () => ({ slope: (M) => map(M, () => 1) }) } },
  },
  {
    id: 'slope-of-other-sums',
    name: 'ReLU′ is taken of Z2 instead of Z1',
    effect: 'The wrong units are switched off. The slope belongs to the sums of the same layer.',
    chapter: 9,
    places: {
      dZ1: { wrong: 'dZ1 = W2ᵀ dZ2 ⊙ ReLU′(Z2)', change: ({ Z2 }) => ({ slope: () => reluSlope(Z2) }) },
    },
  },
  {
    id: 'slope-of-product',
    name: 'ReLU′ is taken of W2ᵀ dZ2 instead of Z1',
    effect: 'Only positive errors come back. The slope depends on Z1, not on the error.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = ReLU(W2ᵀ dZ2)', change: () => ({ slope: reluSlope }) } },
  },
  {
    id: 'slope-one-at-zero',
    name: 'ReLU′ is 1 at 0',
    effect: 'A sum of exactly 0 lets the error pass. Here ReLU′(0) = 0: write Z1 > 0, not Z1 >= 0.',
    chapter: 9,
    places: {
      dZ1: {
        wrong: 'dZ1 = W2ᵀ dZ2 ⊙ (Z1 ≥ 0)',
        change: ({ Z1 }) => ({ slope: () => map(Z1, (z) => (z >= 0 ? 1 : 0)) }),
      },
    },
  },
  {
    id: 'slope-inverted',
    name: 'ReLU′ is 1 where it must be 0',
    effect: 'The units that were on get no error, those that were off get all of it.',
    chapter: 9,
    places: {
      dZ1: {
        wrong: 'dZ1 = W2ᵀ dZ2 ⊙ (Z1 < 0)',
        change: ({ Z1 }) => [
          { slope: () => map(Z1, (z) => (z > 0 ? 0 : 1)) },
          { slope: () => map(Z1, (z) => (z < 0 ? 1 : 0)) },
        ],
      },
    },
  },
  {
    id: 'relu-for-slope',
    name: 'multiplied by ReLU(Z1) instead of ReLU′(Z1)',
    effect: 'The error is multiplied by the output of the unit. The slope of ReLU is 1 or 0.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = W2ᵀ dZ2 ⊙ A1', change: ({ Z1 }) => ({ slope: () => relu(Z1) }) } },
  },
  {
    id: 'sums-for-slope',
    name: 'multiplied by Z1 instead of ReLU′(Z1)',
    effect: 'The error is multiplied by the sum of the unit. The slope of ReLU is 1 or 0.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = W2ᵀ dZ2 ⊙ Z1', change: ({ Z1 }) => ({ slope: () => Z1 }) } },
  },
  {
    id: 'slope-of-sigmoid',
    name: 'the derivative of sigmoid is used: A1 ⊙ (1 − A1)',
    effect: 'That belongs to a sigmoid. The slope of ReLU is 1 or 0.',
    chapter: 9,
    places: {
      dZ1: {
        wrong: 'dZ1 = W2ᵀ dZ2 ⊙ A1 ⊙ (1 − A1)',
        change: ({ A1 }) => ({ slope: () => map(A1, (a) => a * (1 - a)) }),
      },
    },
  },
  {
    id: 'back-weights-not-transposed',
    name: 'W2 is not transposed',
    effect: 'Each error goes back through the weights of another connection.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = W2 dZ2 ⊙ ReLU′(Z1)', change: ({ W2 }) => ({ V: W2 }) } },
  },
  {
    id: 'back-weights-updated',
    name: 'the updated W2 is used',
    effect:
      'The error must go back through the weights that made it. Update after all gradients are computed.',
    chapter: 10,
    places: {
      dZ1: {
        wrong: 'dZ1 = W2_newᵀ dZ2 ⊙ ReLU′(Z1)',
        change: ({ W2, dW2, alpha, W2_new }) => [
          { V: transpose(subtract(W2, scale(dW2, alpha))) },
          { V: transpose(W2_new) },
        ],
      },
    },
  },
  {
    id: 'back-weights-missing',
    name: 'W2 is left out',
    effect:
      'Each hidden unit gets the error of one output. Its error is a sum over all outputs, weighted by W2.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = dZ2 ⊙ ReLU′(Z1)', change: () => ({ V: undefined }) } },
  },
  {
    id: 'back-of-outputs',
    name: 'A2 is sent back instead of dZ2',
    effect: 'The answer goes back, and not its error: the labels are lost.',
    chapter: 9,
    places: { dZ1: { wrong: 'dZ1 = W2ᵀ A2 ⊙ ReLU′(Z1)', change: ({ A2 }) => ({ dZ: A2 }) } },
  },
];
