import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcnemar } from './mcnemar.js';

test('a split of nothing, and an even one, tell no difference', () => {
  expect(mcnemar(0, 0).p).toBe(1);
  expect(mcnemar(5, 5).p).toBe(1);
});

test('small splits, by hand: 2 · (1 + 8 + 28) / 2⁸ for 2 and 6', () => {
  expect(mcnemar(2, 6).p).toBeCloseTo((2 * (1 + 8 + 28)) / 256, 12);
  expect(mcnemar(0, 5).p).toBeCloseTo(2 / 32, 12);
});

test('the example of the R documentation (mcnemar.test, approval ratings): exact p of 86 and 150', () => {
  // binom.test(86, 236): 3.7e-05
  expect(mcnemar(86, 150).p).toBeGreaterThan(3.65e-5);
  expect(mcnemar(86, 150).p).toBeLessThan(3.8e-5);
});

test('for any counts: a probability, the same for both orders, smaller for a more uneven split', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.nat(3000), (a, b) => {
      const { p } = mcnemar(a, b);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(mcnemar(b, a).p).toBe(p);
      if (a > b && b > 0) expect(mcnemar(a + 1, b - 1).p).toBeLessThanOrEqual(p);
    }),
  );
});
