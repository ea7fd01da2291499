import { createNetwork, Dataset } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { createRandom, matrix, softmax } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { type NotebookMistakes, naiveSoftmax, notebookScale, trainNotebook } from './notebook.js';

const random = createRandom(3, 'pictures');
const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 20 * 784 }, () => (random.uniform() < 0.2 ? random.below(256) : 0)),
  labels: Uint8Array.from({ length: 20 }, (_, k) => k % 10),
  width: 28,
  height: 28,
});
const RIGHT: NotebookMistakes = { rawPixels: false, naiveSoftmax: false, summedDb: false };

function stepsOf(mistakes: NotebookMistakes) {
  const places = Array.from({ length: dataset.length }, (_, k) => k);
  return [...trainNotebook(mistakes, toDesignMatrix(dataset, places, notebookScale(mistakes)))];
}

test('without a mistake, what is printed is the accuracy before the update', () => {
  const steps = stepsOf(RIGHT);
  expect(steps).toHaveLength(100);
  for (let k = 1; k < steps.length; k++) expect(steps[k]!.printed).toBe(steps[k - 1]!.training);
  expect(steps.at(-1)!.isBroken).toBe(false);
  expect(steps.at(-1)!.training).toBeGreaterThan(steps[0]!.printed);
});

test('all three mistakes together: no numbers after one update, and every digit is read as 0', () => {
  const steps = stepsOf({ rawPixels: true, naiveSoftmax: true, summedDb: true });
  expect(steps).toHaveLength(1);
  expect(steps[0]).toMatchObject({ updates: 1, isBroken: true, training: 0.1 });
});

test('db summed over everything: the output biases stay what they were', () => {
  const [wrong, right] = [{ ...RIGHT, summedDb: true }, RIGHT].map((mistakes) => stepsOf(mistakes).at(-1)!);
  const before = createNetwork({ layers: [784, 10, 10], seed: 1 }).layers[1]!.b.data;
  const moved = [wrong, right].map((step) =>
    Math.max(...step!.network.layers[1]!.b.data.map((bias, k) => Math.abs(bias - before[k]!))),
  );
  expect(moved[0]).toBeLessThan(1e-12);
  expect(moved[1]).toBeGreaterThan(0.001);
});

test('the naive softmax is right for small sums, and NaN beyond 709', () => {
  const Z = matrix(3, 2, [1, -2, 2, 0, 3, 4]);
  for (const [k, a] of softmax(Z).data.entries()) expect(naiveSoftmax(Z).data[k]).toBeCloseTo(a, 12);
  expect([...naiveSoftmax(matrix(2, 1, [0, 710])).data]).toEqual([0, Number.NaN]);
});
