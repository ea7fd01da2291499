import { expect, test } from 'vitest';
import { linearAxis, logarithmicAxis } from './axis.js';

test('a linear axis goes from 0 to a round number above the largest value, with few ticks', () => {
  const axis = linearAxis([3.68, 0.5], 1);
  expect(axis.ticks.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4']);
  expect(axis.place(2)).toBe(0.5);
  expect(linearAxis([], 2).ticks.map(({ text }) => text)).toEqual(['0', '0.5', '1', '1.5', '2']);
});

test('a logarithmic axis goes from power to power', () => {
  const axis = logarithmicAxis([0.4, 12_600], 0.1, 10);
  expect(axis.ticks.map(({ text }) => text)).toEqual(['0.1', '10', '1,000', '100,000']);
  expect(axis.place(0.1)).toBeCloseTo(0, 12);
  expect(axis.place(100)).toBeCloseTo(0.5, 12);
});

test('what is not finite has no place', () => {
  expect(linearAxis([Number.NaN, 1], 1).place(Number.NaN)).toBeNaN();
  expect(logarithmicAxis([Number.POSITIVE_INFINITY, 1], 0.1, 10).place(0)).toBeNaN();
});
