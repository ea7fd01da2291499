import { expect, test } from 'vitest';
import { createNetwork } from '../../maths/network.js';
import { planNetwork } from './plan-network.js';
import { DEFAULT_TRAINING } from './training-configuration.js';

test.each([[[784, 10, 10]], [[784, 128, 64, 10]]])('the plan of %j holds no object twice', (layers) => {
  const plan = planNetwork(createNetwork({ layers, seed: 1 }), 1 / 255, DEFAULT_TRAINING);
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    expect(seen.has(value), JSON.stringify(value)).toBe(false);
    seen.add(value);
    for (const part of Object.values(value)) visit(part);
  };
  visit(plan);
  expect(seen.size).toBeGreaterThan(10);
});
