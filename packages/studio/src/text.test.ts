import { describe, expect, test } from 'vitest';
import { probability, shareOfMany, size } from './text.js';

describe('a share of many', () => {
  test('is told as all only where it is all', () => {
    expect(shareOfMany(1)).toBe('100.0%');
    expect(shareOfMany(4999 / 5000)).toBe('> 99.9%');
    expect(shareOfMany(59_999 / 60_000, 2)).toBe('> 99.99%');
  });

  test('is rounded as any other below', () => {
    expect(shareOfMany(0.99949)).toBe('99.9%');
    expect(shareOfMany(0.8412, 2)).toBe('84.12%');
    expect(shareOfMany(0)).toBe('0.0%');
  });
});

test('a probability is never told as certain', () => {
  expect(probability(1)).toBe('> 99.9%');
  expect(probability(0.9994)).toBe('99.9%');
});

test('a size is told with its unit', () => {
  expect([1, 999, 1500, 64_000, 12_345_678].map(size)).toEqual([
    ...['1 byte', '999 bytes', '1.5 kB', '64 kB', '12 MB'],
  ]);
});
