import { expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { compareAnswers, worstConfusions } from './evaluation.js';

const dataset = new Dataset({
  pixels: new Uint8Array(5),
  labels: new Uint8Array([0, 1, 2, 1, 1]),
  width: 1,
  height: 1,
  classNames: ['a', 'b', 'c'],
});

const answers = {
  classes: new Uint8Array([0, 2, 2, 0, 2]),
  probabilities: new Float32Array([
    0.5, 0.25, 0.25, 0, 0.5, 0.5, 0.25, 0.25, 0.5, 0.75, 0.25, 0, 0, 0.125, 0.875,
  ]),
  losses: new Float32Array([1, 2, 3, 4, 5]),
};

test('rows of the confusion matrix are the true classes, columns the answers', () => {
  const { confusion, examples, correct, accuracy, loss, balancedAccuracy } = compareAnswers(dataset, answers);
  expect(confusion).toEqual([
    [1, 0, 0],
    [1, 0, 2],
    [0, 0, 1],
  ]);
  expect({ examples, correct, accuracy, loss }).toEqual({ examples: 5, correct: 2, accuracy: 0.4, loss: 3 });
  expect(balancedAccuracy).toBeCloseTo((1 + 0 + 1) / 3, 15);
});

test('mistakes come most confident first', () => {
  expect(compareAnswers(dataset, answers).mistakes).toEqual([
    { index: 4, label: 1, answer: 2, confidence: 0.875 },
    { index: 3, label: 1, answer: 0, confidence: 0.75 },
    { index: 1, label: 1, answer: 2, confidence: 0.5 },
  ]);
});

test('the worst confusions leave out what was right and what never happened', () => {
  expect(worstConfusions(compareAnswers(dataset, answers), 5)).toEqual([
    { label: 1, answer: 2, count: 2 },
    { label: 1, answer: 0, count: 1 },
  ]);
  expect(worstConfusions(compareAnswers(dataset, answers), 1)).toHaveLength(1);
});
