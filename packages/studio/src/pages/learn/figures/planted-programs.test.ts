import { oneHot } from '@longhand/core/data';
import { createExercise, markAnswers } from '@longhand/core/exercise';
import { createRandom, matrix } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { PLANTED, runProgram } from './planted-programs.js';

const m = 5;
const random = createRandom(5, 'pictures');
const X = matrix(
  784,
  m,
  Float64Array.from({ length: 784 * m }, () => (random.uniform() < 0.2 ? random.uniform() : 0)),
);
const Y = oneHot(
  Array.from({ length: m }, (_, k) => k % 10),
  10,
);
const exercise = createExercise({ X, Y });

test.each(PLANTED)('the mark names the mistake of “$line”, and nothing else', ({ id, change }) => {
  const wrong = markAnswers(exercise, runProgram(exercise, change)).marks.filter(
    ({ verdict }) => verdict !== 'right',
  );
  expect(wrong.map(({ mistakes }) => mistakes.map((mistake) => mistake.id))).toEqual(id ? [[id]] : []);
});
