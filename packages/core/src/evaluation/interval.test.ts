import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from './interval.js';

describe('the 95% interval of a share', () => {
  // A bound p solves (share − p)² = z² p (1 − p) / n: the share lies just z standard deviations from it.
  test('has bounds from which the share is 1.96 standard deviations away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, part) => {
          const correct = Math.round(part * of);
          const { low, high } = wilsonInterval(correct, of);
          for (const bound of [low, high]) {
            if (bound === 0 || bound === 1) continue;
            const deviations = Math.abs(correct / of - bound) / Math.sqrt((bound * (1 - bound)) / of);
            expect(deviations).toBeCloseTo(1.959963984540054, 6);
          }
        },
      ),
    );
  });

  test('holds the share and stays within 0 and 1', () => {
    expect(wilsonInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.27753, 5) });
    expect(wilsonInterval(10, 10)).toEqual({ low: expect.closeTo(0.72247, 5), high: 1 });
  });
});
