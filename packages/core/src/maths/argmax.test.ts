import { expect, test } from 'vitest';
import { argmax, mostLikely } from './argmax.js';
import { matrix } from './matrix.js';

test('the index of the largest value, the first of equal ones', () => {
  expect(argmax([0.1, 0.7, 0.2])).toBe(1);
  expect(argmax(Float32Array.of(3, 5, 5, 5))).toBe(1);
  expect(argmax([-2, -1, -3])).toBe(1);
  expect(argmax([4])).toBe(0);
});

test('among values that are not numbers the first one wins, as with NumPy', () => {
  expect(argmax([Number.NaN, Number.NaN])).toBe(0);
});

test('of a matrix, column by column', () => {
  const A = matrix(3, 2, Float64Array.of(0.1, 0.5, 0.7, 0.5, 0.2, 0));
  expect([0, 1].map((j) => mostLikely(A, j))).toEqual([1, 0]);
});
