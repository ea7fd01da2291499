import { describe, expect, test } from 'vitest';
import { type Matrix, map, matrix } from '../maths/matrix.js';
import { transpose } from '../maths/matrix-products.js';
import type { Answers, Exercise } from './given.js';
import { markAnswers } from './mark-answers.js';
import { createRandom, randomExercise, run } from './programs.test.support.js';
import { QUANTITIES, type QuantityName } from './quantity.js';

const SEEDS = Array.from({ length: 25 }, (_, k) => k + 1);

/** What differs between the programs: how a number is rounded, where a sum begins, and what is planted. */
interface Loops {
  readonly round?: (x: number) => number;
  readonly backwards?: boolean;
  readonly divideEarly?: boolean;
}

/** The whole round in loops over single numbers: it shares nothing with the recipes. */
function inLoops(
  { W1, b1, W2, b2, X, Y, alpha }: Exercise,
  options: Loops = {},
): Record<QuantityName, Matrix> {
  const { round = (x) => x, backwards = false, divideEarly = false } = options;
  const [n0, n1, n2, m] = [X.rows, W1.rows, W2.rows, X.cols];
  const zeros = (rows: number, cols: number) => matrix(rows, cols);
  const sum = (count: number, term: (k: number) => number) => {
    let total = 0;
    for (let k = 0; k < count; k++) total = round(total + round(term(backwards ? count - 1 - k : k)));
    return total;
  };
  const each = (M: Matrix, f: (i: number, j: number) => number) => {
    for (let i = 0; i < M.rows; i++) for (let j = 0; j < M.cols; j++) M.data[i * M.cols + j] = round(f(i, j));
    return M;
  };
  const at = (M: Matrix, i: number, j: number) => M.data[i * M.cols + j]!;
  const Z1 = each(zeros(n1, m), (i, j) => sum(n0, (k) => at(W1, i, k) * at(X, k, j)) + b1.data[i]!);
  const A1 = each(zeros(n1, m), (i, j) => Math.max(0, at(Z1, i, j)));
  const Z2 = each(zeros(n2, m), (i, j) => sum(n1, (k) => at(W2, i, k) * at(A1, k, j)) + b2.data[i]!);
  const most = (j: number) => Math.max(...Array.from({ length: n2 }, (_, i) => at(Z2, i, j)));
  const E = each(zeros(n2, m), (i, j) => Math.exp(at(Z2, i, j) - most(j)));
  const A2 = each(zeros(n2, m), (i, j) => at(E, i, j) / sum(n2, (k) => at(E, k, j)));
  const right = (j: number) => Array.from({ length: n2 }, (_, i) => at(Y, i, j)).indexOf(1);
  const loss = matrix(1, 1, [round(sum(m, (j) => -Math.log(at(A2, right(j), j))) / m)]);
  const [inError, inGradient] = divideEarly ? [m, 1] : [1, m];
  const dZ2 = each(zeros(n2, m), (i, j) => (at(A2, i, j) - at(Y, i, j)) / inError);
  const dW2 = each(zeros(n2, n1), (i, k) => sum(m, (j) => at(dZ2, i, j) * at(A1, k, j)) / inGradient);
  const db2 = each(zeros(n2, 1), (i) => sum(m, (j) => at(dZ2, i, j)) / inGradient);
  const dZ1 = each(zeros(n1, m), (k, j) =>
    at(Z1, k, j) > 0 ? sum(n2, (i) => at(W2, i, k) * at(dZ2, i, j)) : 0,
  );
  const dW1 = each(zeros(n1, n0), (i, k) => sum(m, (j) => at(dZ1, i, j) * at(X, k, j)) / inGradient);
  const db1 = each(zeros(n1, 1), (i) => sum(m, (j) => at(dZ1, i, j)) / inGradient);
  const updated = (P: Matrix, dP: Matrix) =>
    each(zeros(P.rows, P.cols), (i, j) => at(P, i, j) - alpha * at(dP, i, j));
  return {
    ...{ Z1, A1, Z2, A2, loss, dZ2, dW2, db2, dZ1, dW1, db1 },
    W1_new: updated(W1, dW1),
    b1_new: updated(b1, db1),
    W2_new: updated(W2, dW2),
    b2_new: updated(b2, db2),
  };
}

function turned(answers: Answers, isTurned: (name: QuantityName) => boolean): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, M]) => [name, isTurned(name as QuantityName) ? transpose(M) : M]),
  );
}

const perExample = new Set(QUANTITIES.filter(({ isPerExample }) => isPerExample).map(({ name }) => name));

describe('a right program is marked right', () => {
  const programs: Readonly<Record<string, (exercise: Exercise) => Answers>> = {
    'in loops': (exercise) => inLoops(exercise),
    'in 32-bit floats': (exercise) => inLoops(exercise, { round: Math.fround }),
    'with the sums in the other order': (exercise) => inLoops(exercise, { backwards: true }),
    'with 32-bit sums in the other order': (exercise) =>
      inLoops(exercise, { backwards: true, round: Math.fround }),
    'with examples as rows': (exercise) => turned(inLoops(exercise), (name) => perExample.has(name)),
    'with examples as rows and weights transposed': (exercise) =>
      turned(inLoops(exercise), (name) => perExample.has(name) || name.includes('W')),
    'with biases as rows': (exercise) => turned(inLoops(exercise), (name) => name.includes('b')),
    'that divides by m in dZ2': (exercise) => inLoops(exercise, { divideEarly: true }),
    'that saves the gradients alone': (exercise) => {
      const { dW1, db1, dW2, db2 } = inLoops(exercise, { round: Math.fround });
      return { dW1, db1, dW2, db2 };
    },
  };
  test.each(Object.entries(programs))('%s', (_, program) => {
    for (const seed of SEEDS) {
      const exercise = randomExercise(createRandom(seed, 'right'));
      const answers = program(exercise);
      const { marks, wrong, right } = markAnswers(exercise, answers);
      const told = marks.filter(({ verdict }) => verdict === 'wrong').map(({ quantity }) => quantity.name);
      expect(told, `seed ${seed}`).toEqual([]);
      expect([wrong, right]).toEqual([0, Object.keys(answers).length]);
    }
  });
});

test('one entry that is wrong by 1% is found, and shown', () => {
  for (const round of [(x: number) => x, Math.fround]) {
    for (const seed of SEEDS) {
      const random = createRandom(seed, 'entry');
      const exercise = randomExercise(random);
      const answers = inLoops(exercise, { round });
      const { name } = QUANTITIES[random.below(QUANTITIES.length)]!;
      const M = answers[name];
      const k = largerHalf(M)[random.below(largerHalf(M).length)]!;
      const found = round(M.data[k]! * 1.01);
      const { marks } = markAnswers(exercise, {
        ...answers,
        [name]: { ...M, data: M.data.map((a, at) => (at === k ? found : a)) },
      });
      const mark = marks.find(({ quantity }) => quantity.name === name)!;
      expect(mark.verdict, `${name} of seed ${seed}`).toBe('wrong');
      expect(mark.wrongEntries).toBe(1);
      expect(mark.worst).toMatchObject({ row: Math.floor(k / M.cols), column: k % M.cols, found });
    }
  }
});

/** Entries that are no rest of terms that cancel: of such, 1% is less than 32-bit rounding. */
function largerHalf(M: Matrix): number[] {
  const sizes = M.data
    .map(Math.abs)
    .filter((a) => a > 0)
    .sort();
  const middle = sizes[sizes.length >> 1] ?? 0;
  return [...M.data.keys()].filter((k) => Math.abs(M.data[k]!) >= middle && middle > 0);
}

describe('programs that are known', () => {
  const exercise = randomExercise(createRandom(5, 'known'));
  const mistakesOf = (answers: Answers) =>
    markAnswers(exercise, answers).marks.flatMap(({ quantity, mistakes }) =>
      mistakes.map(({ id }) => `${quantity.name}: ${id}`),
    );

  test("the notebook's: np.sum(dZ) without an axis is a number", () => {
    const right = inLoops(exercise);
    const m = exercise.X.cols;
    const total = (M: Matrix) => M.data.reduce((sum, a) => sum + a, 0) / m;
    const [db2, db1] = [total(right.dZ2), total(right.dZ1)];
    const { alpha } = exercise;
    const answers = {
      ...right,
      db2: matrix(1, 1, [db2]),
      db1: matrix(1, 1, [db1]),
      b1_new: map(exercise.b1, (b) => b - alpha * db1),
      b2_new: map(exercise.b2, (b) => b - alpha * db2),
    };
    expect(mistakesOf(answers)).toEqual([
      'db2: bias-summed-over-everything',
      'db1: bias-summed-over-everything',
    ]);
  });

  test('rows as examples, with labels that count from 1: told in the loss, and dZ2 follows', () => {
    const wrong = { ...exercise, Y: matrix(exercise.Y.rows, exercise.Y.cols) };
    for (let k = 0; k < wrong.Y.data.length; k++)
      wrong.Y.data[(k + exercise.Y.cols) % wrong.Y.data.length] = exercise.Y.data[k]!;
    const answers = turned(inLoops(wrong), (name) => perExample.has(name) || name.includes('W'));
    expect(mistakesOf(answers)).toEqual(['loss: labels-off-by-one']);
  });

  test('pixels that are not divided by 255 are told where they come in first', () => {
    const answers = inLoops({ ...exercise, X: map(exercise.X, (x) => 255 * x) });
    expect(mistakesOf(answers)).toEqual(['Z1: pixels-not-divided']);
  });

  test('a loop that adds each example to dW, and forgets to divide at the end', () => {
    const right = inLoops(exercise);
    const m = exercise.X.cols;
    const answers = { ...right, dW1: map(right.dW1, (a) => a * m), dW2: map(right.dW2, (a) => -a * m) };
    expect(mistakesOf({ ...answers, W1_new: run(exercise).answers.W1_new })).toEqual([
      'dW2: gradient-sign',
      'dW2: not-divided-by-m',
      'dW1: not-divided-by-m',
    ]);
  });
});
