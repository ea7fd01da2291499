import { createNetwork } from '@longhand/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { iterationsToKeep, networkOf, parametersOf, shapeOf, snapshotsFor } from './snapshots.js';

test('the iterations that are kept begin with the start, end with the end, and are no more than allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 2, max: 60 }), (iterations, most) => {
      const kept = iterationsToKeep(iterations, most);
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(iterations);
      expect(kept.length).toBeLessThanOrEqual(most);
      for (const [k, iteration] of kept.entries()) {
        expect(Number.isInteger(iteration)).toBe(true);
        if (k > 0) expect(iteration).toBeGreaterThan(kept[k - 1]!);
      }
    }),
  );
});

test('of 500 iterations, the first ones are close together and the last ones at equal distances', () => {
  const kept = iterationsToKeep(500, 12);
  expect(kept.slice(0, 3)).toEqual([0, 1, 2]);
  expect(kept.slice(-3)).toEqual([333, 417, 500]);
});

test('a network comes back from its parameters', () => {
  const network = createNetwork({ layers: [6, 4, 3], activation: 'tanh', seed: 5 });
  const parameters = parametersOf(network);
  expect(parameters).toHaveLength(4 * 6 + 4 + 3 * 4 + 3);
  const back = networkOf(shapeOf(network), parameters);
  expect(back.layers.map(({ g }) => g.name)).toEqual(network.layers.map(({ g }) => g.name));
  for (const [l, { W, b }] of network.layers.entries()) {
    expect([...back.layers[l]!.W.data]).toEqual([...Float32Array.from(W.data)]);
    expect([...back.layers[l]!.b.data]).toEqual([...Float32Array.from(b.data)]);
  }
});

test('a wide network is kept less often than a small one', () => {
  expect(snapshotsFor(7960)).toBe(48);
  expect(snapshotsFor(100_000)).toBe(30);
  expect(snapshotsFor(1e9)).toBe(3);
});
