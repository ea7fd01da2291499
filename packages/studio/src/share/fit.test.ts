import { expect, test } from 'vitest';
import { largestZoom } from './fit.js';

test('the largest zoom that fits is found, and the least one where none does', () => {
  const limits = { least: 0.5, most: 3 };
  expect(largestZoom((zoom) => zoom <= 1.37, limits)).toBeCloseTo(1.37, 1);
  expect(largestZoom(() => true, limits)).toBe(3);
  expect(largestZoom(() => false, limits)).toBe(0.5);
});
