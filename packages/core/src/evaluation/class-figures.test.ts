import { expect, test } from 'vitest';
import { classFigures } from './class-figures.js';

test('precision looks down the answers, recall along the class, F1 between them', () => {
  // 8 of a: 6 right, 2 taken for b. 4 of b: 3 right, 1 taken for a.
  const confusion = [
    [6, 2],
    [1, 3],
  ];
  expect(classFigures({ confusion })).toEqual([
    { label: 0, examples: 8, answered: 7, correct: 6, precision: 6 / 7, recall: 6 / 8, f1: 12 / 15 },
    { label: 1, examples: 4, answered: 5, correct: 3, precision: 3 / 5, recall: 3 / 4, f1: 6 / 9 },
  ]);
});

test('of a class that never came and was never answered, nothing is said', () => {
  const [, absent, never] = classFigures({
    confusion: [
      [1, 1, 0],
      [0, 0, 0],
      [1, 0, 0],
    ],
  });
  expect(absent).toMatchObject({ examples: 0, answered: 1, precision: 0, recall: undefined, f1: 0 });
  expect(never).toMatchObject({ examples: 1, answered: 0, precision: undefined, recall: 0, f1: 0 });
});
