import { createNetwork, Dataset } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { backward, forward, matrix, softmax } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { deadUnits } from './dead-units.js';
import { type Experiment, gradientDescent } from './gradient-descent.js';
import { sumOverEverything } from './mistake.js';
import { runNaiveGradientDescent } from './naive-gradient-descent.js';
import { naiveSoftmax } from './naive-softmax.js';

const pixels = Uint8Array.from({ length: 40 * 784 }, (_, i) => (i * 7919) % 256);
const dataset = new Dataset({
  pixels,
  labels: Uint8Array.from({ length: 40 }, (_, i) => i % 10),
  width: 28,
  height: 28,
});
const experiment: Experiment = {
  network: createNetwork({ layers: [784, 10, 10], seed: 1 }),
  training: dataset,
  test: dataset,
  alpha: 0.1,
  iterations: 3,
  threads: 0,
  signal: new AbortController().signal,
  onIteration: () => undefined,
};

test('the naive softmax is right where nothing overflows, and not a number where something does', () => {
  const Z = matrix(3, 1, [1, 2, 3]);
  for (const [i, a] of softmax(Z).data.entries()) expect(naiveSoftmax(Z).data[i]).toBeCloseTo(a, 12);
  expect([...naiveSoftmax(matrix(2, 1, [0, 710])).data]).toEqual([0, Number.NaN]);
});

test('db summed over everything: 0 in the last layer, one number for all units below', () => {
  const { X, Y } = toDesignMatrix(dataset, [0, 1, 2, 3]);
  const [first, last] = sumOverEverything(backward(experiment.network, forward(experiment.network, X), Y));
  for (const value of last!.db.data) expect(value).toBeCloseTo(0, 12);
  expect(new Set(first!.db.data).size).toBe(1);
  expect(first!.db.data[0]).not.toBe(0);
});

test('the notebook to the letter is not a number after one update', async () => {
  const { updates, diverged } = await runNaiveGradientDescent(experiment, sumOverEverything);
  expect({ updates, diverged }).toEqual({ updates: 1, diverged: true });
});

test('a mistake that changes nothing gives what no mistake gives, and each iteration is measured before its update', async () => {
  const plain = await gradientDescent(experiment, { pixelScale: 1 / 255 });
  const withMistake = await gradientDescent(experiment, {
    pixelScale: 1 / 255,
    mistake: (gradients) => gradients,
  });
  expect(plain.results).toHaveLength(4);
  for (const [i, { loss }] of plain.results.entries())
    expect(withMistake.results[i]!.loss).toBeCloseTo(loss, 5);
  expect(plain.results[3]!.loss).toBeLessThan(plain.results[0]!.loss);
});

test('a unit is dead when ReLU is flat for every digit', () => {
  const [first, last] = experiment.network.layers;
  const b = matrix(
    10,
    1,
    [...first!.b.data].map((value, unit) => (unit < 3 ? -1e6 : value + 1e6)),
  );
  const network = { ...experiment.network, layers: [{ ...first!, b }, last!] };
  expect(deadUnits(network, dataset, 1)).toBe(3);
});
