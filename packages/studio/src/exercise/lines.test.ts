import { createExercise, type Exercise } from '@longhand/core/exercise';
import { createRandom, matrix } from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';
import { LINES } from './lines.js';
import { markSheet } from './marking.js';
import { START_FILE } from './start-file.js';

type Rows = number[][];

const random = createRandom(7, 'exercise');
const [INPUTS, EXAMPLES, CLASSES] = [12, 5, 4];
const X = matrix(INPUTS, EXAMPLES);
X.data.forEach((_, k) => {
  X.data[k] = random.below(3) === 0 ? 0 : random.uniform();
});
const Y = matrix(CLASSES, EXAMPLES);
for (let j = 0; j < EXAMPLES; j++) Y.data[random.below(CLASSES) * EXAMPLES + j] = 1;
const exercise = createExercise({ X, Y }, { hidden: 6 });

/** What the sandbox gives to a program (sandbox/learner.ts). */
const multiply = (A: Rows, B: Rows) =>
  A.map((row) => B[0]!.map((_, j) => row.reduce((sum, a, k) => sum + a * B[k]![j]!, 0)));
const transpose = (A: Rows) => A[0]!.map((_, j) => A.map((row) => row[j]!));

const fill = (rows: number, columns: number, entry: (i: number, j: number) => number) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j)));

/** Runs a program as the sandbox does. */
function run(code: string, { alpha, ...given }: Exercise): Record<string, unknown> {
  const rows = Object.entries(given).map(([name, { rows: count, cols, data }]) => [
    name,
    Array.from({ length: count }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]),
  ]);
  const values = { ...Object.fromEntries(rows), alpha, m: X.cols };
  const program = Reflect.construct(Function, [
    'multiply, transpose, fill',
    `'use strict';${code}; return { forward, loss, backward, update };`,
  ]);
  const { forward, loss, backward, update } = program(multiply, transpose, fill);
  Object.assign(values, forward(values));
  Object.assign(values, { loss: loss(values) }, backward(values));
  return { ...values, ...update(values) };
}

/** The start file with lines filled in, below the names that they give a value. */
function filled(names: readonly string[]): string {
  return LINES.filter(({ name }) => names.includes(name)).reduce(
    (code, line) =>
      code.replace(new RegExp(`\\n {2}let ${line.name};.*`), (found) => `${found}\n${line.code}`),
    START_FILE,
  );
}

describe('the lines that the page shows', () => {
  test('one after the other, each is marked right, and what is not written yet is missing', () => {
    for (const [k] of LINES.entries()) {
      const names = LINES.slice(0, k).map(({ name }) => name);
      const { right, wrong } = markSheet(exercise, run(filled(names), exercise));
      expect([right, wrong], names.at(-1) ?? 'the start file').toEqual([k, 0]);
    }
    const { marks } = markSheet(exercise, run(filled(LINES.map(({ name }) => name)), exercise));
    expect(marks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(
      LINES.map(({ name }) => `${name} right`),
    );
  });

  test('no hint tells the line', () => {
    for (const { hint, code } of LINES) expect(hint).not.toContain(code);
  });
});

test('what is no matrix is wrong, with what it is instead', () => {
  const { marks, wrong } = markSheet(exercise, {
    Z1: 'text',
    A1: [[1], [1, 2]],
    Z2: [],
    A2: { length: 3 },
    loss: [[[1, 2]]],
    __proto__: 1,
  });
  expect(marks.slice(0, 5).map(({ text }) => text)).toEqual([
    'Z1 holds a text where a number is expected.',
    'A1 has lists of different lengths.',
    'Z2 has the shape (0,): expected a matrix.',
    'A2 holds an object where a number is expected.',
    expect.stringMatching(/^loss: the shape is/),
  ]);
  expect(wrong).toBe(5);
});

test('a difference of two lists of rows is NaN: it says so, and how to write it', () => {
  const { marks } = markSheet(
    exercise,
    JSON.parse(JSON.stringify({ dZ2: Number([[1]]) - Number([[1, 2]]) })),
  );
  expect(marks.find(({ name }) => name === 'dZ2')?.text).toMatch(/^dZ2 is NaN, not a matrix: .* fill\(/);
});
