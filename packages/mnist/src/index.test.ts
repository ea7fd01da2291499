import { createHash } from 'node:crypto';
import { DataError, type Dataset } from '@longhand/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Mnist, mnist, mnistTest, mnistTraining } from './index.js';
import { verified } from './verify.js';

let digits: Mnist;
beforeAll(async () => {
  digits = await mnist();
});

function countsOf(dataset: Dataset): number[] {
  const counts = Array<number>(10).fill(0);
  for (let i = 0; i < dataset.length; i++) counts[dataset.label(i)]!++;
  return counts;
}

describe('mnist', () => {
  test('60,000 training and 10,000 test digits of 28 × 28, in ten classes', () => {
    for (const [dataset, length] of [
      [digits.training, 60_000],
      [digits.test, 10_000],
    ] as const) {
      expect([dataset.length, dataset.width, dataset.height]).toEqual([length, 28, 28]);
      expect(dataset.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    }
  });

  // Counts as published with the data, https://en.wikipedia.org/wiki/MNIST_database and elsewhere.
  test('each digit as often as is known of the data', () => {
    expect(countsOf(digits.training)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(countsOf(digits.test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test('the first digits are 5 0 4 1 9, of the test set 7 2 1 0 4', () => {
    const first = (dataset: Dataset) => [0, 1, 2, 3, 4].map((i) => dataset.label(i));
    expect(first(digits.training)).toEqual([5, 0, 4, 1, 9]);
    expect(first(digits.test)).toEqual([7, 2, 1, 0, 4]);
  });

  test('either half alone is the same half', async () => {
    const [training, test10k] = await Promise.all([mnistTraining(), mnistTest()]);
    expect(training.pixels(59_999)).toEqual(digits.training.pixels(59_999));
    expect(test10k.pixels(9_999)).toEqual(digits.test.pixels(9_999));
  });

  test('a file that differs in one bit is refused, with both sums', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const sum = createHash('sha256').update(bytes).digest('hex');
    expect(verified(bytes, sum, 'train-labels')).toBe(bytes);
    const changed = new Uint8Array([1, 2, 2]);
    expect(() => verified(changed, sum, 'train-labels')).toThrow(DataError);
    expect(() => verified(changed, sum, 'train-labels')).toThrow(
      `train-labels: expected SHA-256 ${sum}, found `,
    );
  });
});
