import { matrix } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { largestMoves } from './largest-moves.js';

test('the parameters that an update moves most come first, and against their gradients', () => {
  const gradients = [
    { dZ: matrix(2, 1), dW: matrix(2, 3, [0, 1, -5, 2, 0, 0]), db: matrix(2, 1, [0, -9]) },
    { dZ: matrix(1, 1), dW: matrix(1, 2, [7, 0.5]), db: matrix(1, 1, [0]) },
  ];
  expect(largestMoves({ gradients }, 0.1)).toEqual([
    { reference: { quantity: 'b', layer: 1, row: 1, column: 0 }, change: expect.closeTo(0.9) },
    { reference: { quantity: 'W', layer: 2, row: 0, column: 0 }, change: expect.closeTo(-0.7) },
    { reference: { quantity: 'W', layer: 1, row: 0, column: 2 }, change: expect.closeTo(0.5) },
  ]);
});
