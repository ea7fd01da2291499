import { expect, test } from 'vitest';
import { balancedAccuracy } from './balanced-accuracy.js';

test('is the mean recall: a rare class counts as much as a frequent one', () => {
  // 80 of 90 are 8/9, 2 of 10 are 1/5.
  expect(
    balancedAccuracy([
      [80, 10],
      [8, 2],
    ]),
  ).toBeCloseTo((8 / 9 + 1 / 5) / 2, 15);
});

test('always giving one answer earns 1/k, and a class that does not occur does not count', () => {
  expect(
    balancedAccuracy([
      [95, 0, 0],
      [5, 0, 0],
      [0, 0, 0],
    ]),
  ).toBe(0.5);
});

test('equals the accuracy where every class has as many examples', () => {
  expect(
    balancedAccuracy([
      [3, 1],
      [2, 2],
    ]),
  ).toBe(5 / 8);
});

test('is not a number where there is no example', () => {
  expect(
    balancedAccuracy([
      [0, 0],
      [0, 0],
    ]),
  ).toBeNaN();
});
