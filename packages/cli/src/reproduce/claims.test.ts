import { expect, test } from 'vitest';
import { claimsOf } from './claims.js';
import type { Outcome } from './versions.js';

const outcome: Outcome = {
  name: 'correct',
  why: '',
  updates: 3,
  seconds: 1,
  train: { examples: 10, loss: 1, accuracy: 0.8 },
  test: { examples: 10, loss: 1, accuracy: 0.8 },
  accuracies: [0.1, 0.5, 0.75, 0.8],
};

test('what is printed is the accuracy before the last update; the largest difference is named with its iteration', () => {
  const [printed] = claimsOf(outcome);
  expect(printed).toMatchObject({ claimed: 0.75, measured: 0.8 });
  expect(printed!.why).toContain(
    'At the end the difference is +5.000 points; at iteration 0 it was +40.000 points',
  );
});

test('the claim of 98% stands beside what is reached', () => {
  expect(claimsOf(outcome)[1]).toMatchObject({ claimed: 0.98, measured: 0.8 });
});
