import { expect, test } from 'vitest';
import { fixed, lossText } from './number-text.js';

test('a number has its places, a true minus, and no minus before 0', () => {
  expect([1.2345, -1.2345, -0.0001, 0].map((value) => fixed(value))).toEqual([
    '1.234',
    '−1.234',
    '0.000',
    '0.000',
  ]);
});

test('a loss keeps its width, whatever its size', () => {
  expect([2.3, 761.32, 12_597.4, Number.NaN, Number.POSITIVE_INFINITY].map(lossText)).toEqual([
    '2.300',
    '761.320',
    '12,597',
    'too large',
    'too large',
  ]);
});
