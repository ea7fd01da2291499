import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { oneHot } from '@longhand/core/data';
import { type Answers, arrayOfJson, type Exercise, markAnswers, matrixOf } from '@longhand/core/exercise';
import { scale } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';

// What learners' programs in NumPy and plain Python saved (see make_exercise_golden.py), and how they are marked.
interface Golden {
  /** SHA-256 of the script that wrote the numbers. */
  readonly script: string;
  readonly given: Readonly<Record<'pixels' | 'W1' | 'b1' | 'W2' | 'b2', unknown>>;
  readonly labels: readonly number[];
  readonly alpha: number;
  readonly programs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const FOLDER = path.join(ROOT, 'tests', 'golden');
const { script, given, labels, alpha, programs } = JSON.parse(
  readFileSync(path.join(FOLDER, 'exercise-golden.json'), 'utf8'),
) as Golden;

const [W1, b1, W2, b2, pixels] = (['W1', 'b1', 'W2', 'b2', 'pixels'] as const).map((name) =>
  toMatrix(given[name]),
) as [Exercise['X'], Exercise['X'], Exercise['X'], Exercise['X'], Exercise['X']];
const exercise: Exercise = {
  ...{ W1, b1, W2, b2, alpha },
  X: scale(pixels, 1 / 255),
  Y: oneHot(Uint8Array.from(labels), W2.rows),
};

/** The mistakes of each program, by the quantity in which each is made. */
const MISTAKES: Readonly<Record<string, readonly string[]>> = {
  columns: [],
  loops: [],
  rows: [],
  'rows, in 32 bits': [],
  'columns: np.sum(dZ) without an axis': [
    'db2: bias-summed-over-everything',
    'db1: bias-summed-over-everything',
  ],
  'columns: pixels not divided by 255': ['Z1: pixels-not-divided'],
  'columns: softmax over everything': ['A2: softmax-over-everything'],
  "columns: ReLU' left out": ['dZ1: slope-missing'],
  "columns: ReLU' of the product": ['dZ1: slope-of-product'],
  'columns: alpha forgotten': [
    'W1_new: alpha-missing',
    'b1_new: alpha-missing',
    'W2_new: alpha-missing',
    'b2_new: alpha-missing',
  ],
  'columns: alpha added': [
    'W1_new: gradient-added',
    'b1_new: gradient-added',
    'W2_new: gradient-added',
    'b2_new: gradient-added',
  ],
  'loops: no bias': ['Z1: bias-missing'],
  'loops: answer and label exchanged': ['dZ2: gradient-sign'],
  'loops: gradients added up, and never divided': [
    'dW2: not-divided-by-m',
    'db2: not-divided-by-m',
    'dW1: not-divided-by-m',
    'db1: not-divided-by-m',
  ],
  'loops: losses added up, and never divided': ['loss: loss-not-divided'],
  'rows: labels that count from 1': ['loss: labels-off-by-one'],
  'rows: softmax over the examples': ['A2: softmax-along-examples'],
  'rows: W2 updated too early': ['dZ1: back-weights-updated'],
};

test('the programs were run by the script as it is: after a change, run it again', () => {
  const now = createHash('sha256').update(readFileSync(path.join(FOLDER, 'make_exercise_golden.py')));
  expect(now.digest('hex')).toBe(script);
  expect(Object.keys(MISTAKES)).toEqual(Object.keys(programs));
});

test.each(Object.entries(MISTAKES))('%s', (name, mistakes) => {
  const answers = Object.fromEntries(
    Object.entries(programs[name]!).map(([answer, value]) => [answer, toMatrix(value)]),
  ) as Answers;
  const { marks, missing, convention, is32Bit } = markAnswers(exercise, answers);
  expect(missing).toBe(0);
  expect(
    marks
      .filter(({ verdict }) => verdict === 'wrong')
      .map((mark) => `${mark.quantity.name}: ${mark.mistakes.map(({ id }) => id).join(' + ')}`),
  ).toEqual(mistakes);
  const isRows = name.startsWith('rows');
  expect(convention).toEqual({ hasRows: isRows, hasTurnedWeights: isRows, dividesEarly: isRows });
  expect(is32Bit).toBe(name === 'rows, in 32 bits');
});

function toMatrix(value: unknown): Exercise['X'] {
  const array = arrayOfJson(value);
  if (typeof array === 'string') throw new Error(array);
  return matrixOf(array)!;
}
