import { expect, test } from 'vitest';
import { pooled, resized } from './pool.js';

test('a pixel is the mean of the area it covers', () => {
  expect([...resized([0, 4, 8, 12], 2, 2, 1)]).toEqual([6]);
  // Of 3 × 3, each of the 2 × 2 covers one pixel, halves of two and a quarter of one.
  const [first] = resized([90, 0, 0, 0, 0, 0, 0, 0, 0], 3, 3, 2);
  expect(first).toBeCloseTo(90 / 2.25, 4);
});

test('a small picture stays as it is', () => {
  expect([...pooled([1, 2, 3, 4], 2, 2, 14)]).toEqual([1, 2, 3, 4]);
});
