import { Dataset } from '@longhand/core';
import { expect, test } from 'vitest';
import { answersOf } from './answers.js';

const dataset = new Dataset({
  pixels: new Uint8Array(4),
  labels: new Uint8Array([0, 1, 1, 1]),
  width: 1,
  height: 1,
  classNames: ['a', 'b'],
});

test('answers are held against the labels', () => {
  const answers = answersOf(dataset, {
    classes: new Uint8Array([0, 0, 1, 0]),
    probabilities: new Float32Array([0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 0.875, 0.125]),
    losses: new Float32Array([1, 2, 3, 2]),
  });
  expect(answers).toMatchObject({
    correct: 2,
    loss: 2,
    confusion: [
      [1, 0],
      [2, 1],
    ],
    mostConfident: [
      [0, -1],
      [3, 2],
    ],
  });
  expect([...answers.confidences]).toEqual([0.75, 0.5, 0.75, 0.875]);
  expect(answers.classes[1]).toMatchObject({ precision: 1, recall: 1 / 3 });
});
