import { createNetwork } from '@longhand/core';
import { createRandom } from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';
import { compute, contributionsTo, topOf, total, unitsTo } from './contributions.js';

const random = createRandom(1, 'pixels');
const pixels = Uint8Array.from({ length: 784 }, () => (random.uniform() < 0.2 ? random.below(256) : 0));

describe('contributions to an output', () => {
  test.each([[[784, 10]], [[784, 12, 10]], [[784, 20, 15, 10]]])(
    'of ReLU networks without biases add up to z exactly: %j',
    (layers) => {
      const network = createNetwork({ layers, seed: 3 });
      for (const { b } of network.layers) b.data.fill(0);
      const computed = compute(network, pixels, 1 / 255);
      for (let output = 0; output < 10; output++) {
        const { z, pixels: spoke, units } = contributionsTo(output, computed);
        expect(z).toBe(computed.Z.at(-1)!.data[output]);
        expect(total(spoke)).toBeCloseTo(z, 9);
        if (layers.length > 2) expect(total(units)).toBeCloseTo(z, 9);
      }
    },
  );

  test('of a hidden unit is w·a, and the last bias is what is left', () => {
    const network = createNetwork({ layers: [784, 12, 10], seed: 4 });
    const computed = compute(network, pixels, 1 / 255);
    const { z, units } = contributionsTo(7, computed);
    const { W, b } = network.layers[1]!;
    for (const [unit, value] of units.entries()) {
      expect(value).toBeCloseTo(W.data[7 * 12 + unit]! * computed.A[1]!.data[unit]!, 12);
    }
    expect(total(units) + b.data[7]!).toBeCloseTo(z, 9);
    expect(unitsTo(7, computed)).toEqual(units);
  });

  test('of pixels are what z loses when the pixel pales a little, per part', () => {
    const network = createNetwork({ layers: [784, 12, 10], activation: 'tanh', seed: 5 });
    const faint = pixels.map((byte) => Math.round(byte / 60));
    const before = compute(network, faint, 1 / 255);
    const { pixels: spoke } = contributionsTo(2, before);
    const pixel = faint.findIndex((byte) => byte > 2);
    const paler = faint.slice();
    paler[pixel]! -= 1;
    const after = compute(network, paler, 1 / 255);
    const lost = before.Z[1]!.data[2]! - after.Z[1]!.data[2]!;
    expect(lost * faint[pixel]!).toBeCloseTo(spoke[pixel]!, 4);
  });

  test('a bare page contributes nothing', () => {
    const computed = compute(createNetwork({ layers: [784, 12, 10] }), new Uint8Array(784), 1 / 255);
    expect(contributionsTo(0, computed).pixels.every((value) => Math.abs(value) === 0)).toBe(true);
  });
});

test('the top ones are the largest above 0', () => {
  expect(topOf([0.5, -3, 2, 0, 1], 3)).toEqual([2, 4, 0]);
  expect(topOf([-1, 0], 3)).toEqual([]);
});
