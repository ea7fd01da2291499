import { createNetwork, Dataset, type Matrix } from '@longhand/core';
import { createRandom } from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';
import { checkEntry, parameterOf } from '../../computations/check-entry.js';
import { computeIteration, type Iteration } from '../../computations/cycle.js';
import { finiteDifferenceOf, gradientOf } from '../../computations/finite-difference.js';
import { sourcesOf } from './sources.js';
import { stepsOf } from './steps.js';

const board = createNetwork({ layers: [784, 10, 10] });

describe('the steps of the cycle', () => {
  test('are the board’s eleven, in its order', () => {
    expect(stepsOf(board).map(({ spoken }) => spoken)).toEqual([
      'Z1 = W1 X + b1',
      'A1 = ReLU( Z1 )',
      'Z2 = W2 A1 + b2',
      'A2 = softmax( Z2 )',
      'dZ2 = A2 − Y',
      'dW2 = 1/m dZ2 A1 transposed',
      'db2 = 1/m Σ dZ2',
      'dZ1 = W2 transposed dZ2 ⊙ g′( Z1 )',
      'dW1 = 1/m dZ1 X transposed',
      'db1 = 1/m Σ dZ1',
      'every W becomes W minus alpha times dW, every b becomes b minus alpha times db',
    ]);
  });

  test('are more for a deeper network', () => {
    expect(stepsOf(createNetwork({ layers: [784, 8, 7, 6, 10] })).length).toBe(2 * 4 + 3 * 4 + 1);
  });
});

test('a number is joined to what it came from', () => {
  const names = (text: string) => {
    const [, quantity, layer] = /^([a-zA-Z]+?)(\d?)$/.exec(text)!;
    const reference = { quantity: quantity as 'Z', layer: Number(layer), row: 3, column: 0 };
    return sourcesOf(board, reference).map(({ quantity: q, layer: l, part }) => `${part} of ${q}${l}`);
  };
  expect(names('Z1')).toEqual(['row of W1', 'column of X0', 'entry of b1']);
  expect(names('A1')).toEqual(['entry of Z1']);
  expect(names('A2')).toEqual(['column of Z2']);
  expect(names('dZ1')).toEqual(['column of W2', 'column of dZ2', 'entry of Z1']);
  expect(names('dW2')).toEqual(['row of dZ2', 'row of A1']);
  expect(names('W2')).toEqual(['entry of dW2']);
});

describe('checking a number', () => {
  const random = createRandom(7, 'parameters');
  const pixels = Uint8Array.from({ length: 3 * 16 }, () => Math.floor(256 * random.uniform()));
  const dataset = new Dataset({ pixels, labels: Uint8Array.of(1, 0, 2), width: 4, height: 4 });
  const network = createNetwork({ layers: [16, 5, 4, 10], seed: 3 });
  const iteration = computeIteration(network, { dataset, indices: [0, 1, 2], pixelScale: 1 / 255 });

  test('nudges a parameter, and the loss moves as the gradient said', () => {
    for (const quantity of ['dW', 'db', 'W', 'b'] as const) {
      for (const layer of [1, 2, 3]) {
        const column = quantity === 'b' || quantity === 'db' ? 0 : 1;
        const parameter = parameterOf({ quantity, layer, row: 2, column })!;
        const { agrees, hasKink, slope, gradient } = finiteDifferenceOf(iteration, parameter);
        expect(agrees || hasKink, `${quantity}${layer}: ${slope} against ${gradient}`).toBe(true);
      }
    }
  });

  test('moves the weighted sum of one example: its slope is the error, and nothing else is moved', () => {
    for (const layer of [1, 2, 3]) {
      const reference = { quantity: 'dZ', layer, row: 2, column: 1 } as const;
      const check = checkEntry(iteration, reference);
      if (check.kind !== 'slope') throw new Error(check.kind);
      expect(check.agrees || check.hasKink, `dZ${layer}: ${check.slope} against ${check.gradient}`).toBe(
        true,
      );
      expect(check.parameter).toEqual({ ...reference, quantity: 'Z' });
      expect(check.value).toBe(iteration.computed.Z[layer - 1]!.data[2 * 3 + 1]);
      expect(check.gradient).toBe(iteration.gradients[layer - 1]!.dZ.data[2 * 3 + 1]);
    }
  });

  const VALUES = [
    { quantity: 'Z', layer: 1, row: 2, column: 1 },
    { quantity: 'A', layer: 2, row: 3, column: 0 },
    { quantity: 'A', layer: 3, row: 9, column: 2 },
    { quantity: 'J', layer: 0, row: 0, column: 0 },
  ] as const;

  test.each(VALUES)('computes $quantity$layer again, in another way', (reference) => {
    expect(checkEntry(iteration, reference)).toMatchObject({ kind: 'again', agrees: true });
  });

  test.each(VALUES)('shows it when $quantity$layer is wrong', (reference) => {
    const off = ({ data, ...shape }: Matrix) => ({ ...shape, data: data.map((value) => value + 0.001) });
    const { Z, A } = iteration.computed;
    const spoiled: Iteration = {
      ...iteration,
      loss: iteration.loss + 0.001,
      computed: {
        Z: reference.quantity === 'Z' ? Z.map(off) : Z,
        A: reference.quantity === 'Z' ? A : [A[0]!, ...A.slice(1).map(off)],
      },
    };
    expect(checkEntry(spoiled, reference)).toMatchObject({ kind: 'again', agrees: false });
  });

  test('shows it when a gradient is wrong', () => {
    const parameter = { quantity: 'W', layer: 3, row: 2, column: 1 } as const;
    const { dW, ...rest } = iteration.gradients[2]!;
    const wrong = { ...dW, data: dW.data.map((value) => value + 0.01) };
    const gradients = [...iteration.gradients.slice(0, 2), { ...rest, dW: wrong }];
    expect(gradientOf(iteration, parameter)).not.toBe(0);
    expect(finiteDifferenceOf({ ...iteration, gradients }, parameter).agrees).toBe(false);
  });
});
