import { expect, test } from 'vitest';
import { calibration } from './calibration.js';

const ofAnswers = (answers: readonly (readonly [confidence: number, correct: boolean])[], bins?: number) =>
  calibration(
    answers.map(([confidence]) => confidence),
    (i) => answers[i]![1],
    bins,
  );

test('a network that is right as often as it says has no error', () => {
  const four = [0.75, 0.75, 0.75, 0.75].map((confidence, i) => [confidence, i < 3] as const);
  expect(ofAnswers(four).error).toBe(0);
});

test('the error weighs each bin by its examples', () => {
  // Three at 0.875, of which one is right; one at 0.25 that is right.
  const { error, bins } = ofAnswers(
    [
      [0.875, true],
      [0.875, false],
      [0.875, false],
      [0.25, true],
    ],
    4,
  );
  expect(error).toBeCloseTo((3 / 4) * (0.875 - 1 / 3) + (1 / 4) * (1 - 0.25), 12);
  expect(bins.map(({ examples }) => examples)).toEqual([1, 0, 0, 3]);
  expect(bins[3]).toEqual({ from: 0.75, to: 1, examples: 3, confidence: 0.875, accuracy: 1 / 3 });
  expect(bins[1]).toMatchObject({ confidence: undefined, accuracy: undefined });
});

test('a confidence on the border belongs to the bin below; 0 and 1 have a bin', () => {
  const { bins } = ofAnswers(
    [
      [0, false],
      [0.5, true],
      [1, true],
    ],
    2,
  );
  expect(bins.map(({ examples }) => examples)).toEqual([2, 1]);
});

test('without answers there is no error', () => {
  expect(calibration([], () => true).error).toBe(0);
});
