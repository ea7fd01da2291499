import { createNetwork, Dataset } from '@longhand/core';
import { ACTIVATION_NAMES, createRandom, matrix } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { checkEngine, relativeDifference } from './check-engine.js';

test('the largest difference, as a share of the largest entry', () => {
  expect(relativeDifference(matrix(1, 2, [0.5, -4]), matrix(1, 2, [0.6, -4]))).toBeCloseTo(0.025, 12);
});

test('not a number is infinitely far, and nothing is nothing away from nothing', () => {
  expect(relativeDifference(matrix(1, 1, [1]), matrix(1, 1, [Number.NaN]))).toBe(Number.POSITIVE_INFINITY);
  expect(relativeDifference(matrix(1, 1), matrix(1, 1))).toBe(0);
});

test('the engine passes on a small network of every activation', async () => {
  const dataset = new Dataset({
    pixels: Uint8Array.from({ length: 12 * 16 }, (_, i) => (i * 37) % 256),
    labels: Uint8Array.from({ length: 12 }, (_, i) => i % 10),
    width: 4,
    height: 4,
  });
  const more = randomExamples(600);
  for (const activation of ACTIVATION_NAMES) {
    const network = createNetwork({ layers: [16, 10, 10], activation, seed: 2 });
    const { passed, tensors, fullBatch } = await checkEngine(network, dataset, {
      pixelScale: 1 / 255,
      more,
    });
    expect(passed, activation).toBe(true);
    expect(fullBatch.examples).toBe(512);
    expect(fullBatch.tensors).not.toEqual(tensors);
    expect(tensors.map(({ name }) => name)).toEqual(['dW1', 'db1', 'dW2', 'db2']);
  }
});

function randomExamples(length: number): Dataset {
  const random = createRandom(4, 'examples');
  return new Dataset({
    pixels: Uint8Array.from({ length: 16 * length }, () => Math.max(0, random.below(510) - 255)),
    labels: Uint8Array.from({ length }, () => random.below(10)),
    width: 4,
    height: 4,
  });
}
