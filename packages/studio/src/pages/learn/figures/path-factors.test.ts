import { createNetwork, Dataset } from '@longhand/core';
import { expect, test } from 'vitest';
import { computeIteration } from '../../../computations/cycle.js';
import { factorsOf, pathsOf, strongestPath } from './path-factors.js';

const pixels = Uint8Array.from({ length: 784 }, (_, k) => (k % 3 === 0 ? (k * 37) % 256 : 0));
const dataset = new Dataset({ pixels, labels: Uint8Array.of(4), width: 28, height: 28 });
const network = createNetwork({ layers: [784, 10, 10], seed: 2 });
const iteration = computeIteration(network, { dataset, indices: [0], pixelScale: 1 / 255 });

test('the ten paths to a weight add up to its gradient', () => {
  const { dW } = iteration.gradients[0]!;
  for (let unit = 0; unit < 10; unit++) {
    const sum = pathsOf(iteration, { unit, pixel: 3 }).reduce((total, product) => total + product, 0);
    expect(sum).toBeCloseTo(dW.data[unit * 784 + 3]!, 12);
  }
});

test('the path that is shown first ends at a unit that was on and a pixel with ink', () => {
  const factors = factorsOf(iteration, strongestPath(iteration));
  expect(factors).toHaveLength(4);
  for (const { value } of factors) expect(value).not.toBe(0);
  expect(factors.at(-1)!.product).toBeCloseTo(
    factors.reduce((product, { value }) => product * value, 1),
    12,
  );
});
