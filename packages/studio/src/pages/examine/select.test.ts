import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Filter, NO_FILTER, type ORDERS } from './filter.js';
import { select } from './select.js';

const DIGITS = {
  labels: new Uint8Array([4, 4, 9, 9, 4]),
  answers: new Uint8Array([4, 9, 9, 4, 9]),
  confidences: new Float32Array([0.5, 0.75, 1, 0.5, 0.25]),
  losses: new Float32Array([0.7, 2, 0, 1, 3]),
};
const chosen = (filter: Partial<Filter>, order: (typeof ORDERS)[number] = 'set') => [
  ...select(DIGITS, { ...NO_FILTER, ...filter }, order),
];

describe('filters', () => {
  test('without one, all pass', () => expect(chosen({})).toEqual([0, 1, 2, 3, 4]));
  test('by label', () => expect(chosen({ label: 4 })).toEqual([0, 1, 4]));
  test('by answer', () => expect(chosen({ answer: 9 })).toEqual([1, 2, 4]));
  test('right or wrong', () => {
    expect(chosen({ verdict: 'right' })).toEqual([0, 2]);
    expect(chosen({ verdict: 'wrong' })).toEqual([1, 3, 4]);
  });
  test('by confidence: over the lower end, up to the upper', () => {
    expect(chosen({ from: 50 })).toEqual([1, 2]);
    expect(chosen({ to: 50 })).toEqual([0, 3, 4]);
    expect(chosen({ from: 25, to: 75 })).toEqual([0, 1, 3]);
  });
  test('together', () => expect(chosen({ label: 4, answer: 9, from: 50 })).toEqual([1]));
  test('without answers, by label alone', () => {
    const { labels } = DIGITS;
    expect([...select({ labels }, { ...NO_FILTER, label: 9, verdict: 'wrong' }, 'loss')]).toEqual([2, 3]);
  });
});

test('orders', () => {
  expect(chosen({}, 'surest')).toEqual([2, 1, 0, 3, 4]);
  expect(chosen({}, 'unsure')).toEqual([4, 0, 3, 1, 2]);
  expect(chosen({}, 'loss')).toEqual([4, 1, 3, 0, 2]);
});

test('an order is that of a stable sort by the value', () => {
  const value = fc.float({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 50 }), (values) => {
      const confidences = Float32Array.from(values, Math.abs);
      const classes = new Uint8Array(values.length);
      const digits = { labels: classes, answers: classes, confidences, losses: confidences };
      const byHand = [...confidences.keys()].sort((a, b) => confidences[b]! - confidences[a]!);
      expect([...select(digits, NO_FILTER, 'surest')]).toEqual(byHand);
      expect([...select(digits, NO_FILTER, 'loss')]).toEqual(byHand);
    }),
  );
});
