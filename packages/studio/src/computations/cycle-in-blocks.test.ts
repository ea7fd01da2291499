import { createNetwork, Dataset } from '@longhand/core';
import { createRandom } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { computeIteration } from './cycle.js';
import { computeInBlocks } from './cycle-in-blocks.js';

test('block by block, the cycle gives the numbers that it gives in one piece', () => {
  const random = createRandom(3, 'parameters');
  const m = 2100;
  const bytes = (count: number, below: number) =>
    Uint8Array.from({ length: count }, () => Math.floor(random.uniform() * below));
  const dataset = new Dataset({ pixels: bytes(9 * m, 256), labels: bytes(m, 10), width: 3, height: 3 });
  const network = createNetwork({ layers: [9, 4, 10] });
  const pixelScale = 1 / 255;
  const indices = Uint32Array.from({ length: m }, (_, i) => i);
  const whole = computeIteration(network, { dataset, indices, pixelScale });
  const { loss, computed, gradients } = computeInBlocks(network, dataset, pixelScale);

  expect(loss).toBeCloseTo(whole.loss, 12);
  for (const [l, { dZ, dW, db }] of gradients.entries()) {
    expect(computed.Z[l]).toEqual(whole.computed.Z[l]);
    expect(computed.A[l + 1]).toEqual(whole.computed.A[l + 1]);
    const expected = whole.gradients[l]!;
    expect(dZ).toEqual(expected.dZ);
    for (const [found, right] of [
      [dW, expected.dW],
      [db, expected.db],
    ] as const) {
      expect(found.data).toHaveLength(right.data.length);
      for (const [k, value] of right.data.entries()) expect(found.data[k]).toBeCloseTo(value, 12);
    }
  }
});
