import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../maths/matrix.js';
import { logSumExp, softmax } from '../../maths/softmax.js';
import { createRandom } from '../../random.js';
import { LD, roundUp } from '../layout/plan.js';
import {
  batch,
  expectClose,
  place,
  RUNS,
  randomMatrix,
  read,
  seed,
  testBench,
  width,
} from './kernels.test.support.js';

describe('softmax and its loss', () => {
  interface Answers {
    readonly A: Float64Array;
    readonly losses: number[];
    readonly classes: number[];
    readonly dZ: Float64Array;
  }

  function answers(Z: Matrix, labels: readonly number[]): Answers {
    const b = testBench();
    const cols = roundUp(Z.cols, 4);
    const at = place(b, Z, LD);
    const [labelsAt, classes, losses] = [b.room(cols), b.room(cols), b.room(cols)];
    b.memory.bytes(labelsAt, labels.length).set(labels);
    b.kernels.softmax({
      Z: at,
      ld: LD,
      classes: Z.rows,
      cols,
      labels: labelsAt,
      answers: classes,
      losses,
      room: b.room(12 * cols),
    });
    const A = read(b, at, Z.rows, Z.cols, LD);
    b.kernels.subtractLabels({ A: at, ld: LD, classes: Z.rows, count: Z.cols, cols, labels: labelsAt });
    const correct = labels.filter((label, j) => label === b.memory.bytes(classes, cols)[j]).length;
    expect(b.kernels.countCorrect(classes, labelsAt, Z.cols)).toBe(correct);
    const found = [...b.memory.floats(losses, Z.cols)];
    expect(b.kernels.sumLosses(losses, Z.cols)).toEqual(found.reduce((sum, loss) => sum + loss, 0));
    return {
      A,
      losses: found,
      classes: [...b.memory.bytes(classes, Z.cols)],
      dZ: read(b, at, Z.rows, Z.cols, LD),
    };
  }

  test('probabilities, losses, answers and dZ = A − Y', () => {
    const property = fc.property(width, batch, seed, fc.constantFrom(1, 10, 80), (n, m, s, size) => {
      const Z = matrix(
        n,
        m,
        randomMatrix(n, m, s, 'Z').data.map((z) => Math.fround(size * z)),
      );
      const random = createRandom(s, 'labels');
      const labels = Array.from({ length: m }, () => random.below(n));
      const found = answers(Z, labels);
      const A = softmax(Z);
      expectClose(found.A, A.data);
      expectClose(
        found.losses,
        logSumExp(Z).map((value, j) => value - Z.data[labels[j]! * m + j]!),
      );
      expectClose(
        found.dZ,
        A.data.map((a, k) => a - (labels[k % m] === Math.floor(k / m) ? 1 : 0)),
      );
      for (let j = 0; j < m; j++) {
        const column = Array.from({ length: n }, (_, i) => Z.data[i * m + j]!);
        expect(found.classes[j]).toBe(column.indexOf(Math.max(...column)));
      }
    });
    fc.assert(property, RUNS);
  });

  test('a weighted sum that is not finite makes the loss not finite', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    const Z = matrix(3, 4, [0, nan, infinity, 1, nan, 0, 0, 1, 0, 0, 0, 1]);
    const { losses } = answers(Z, [0, 0, 0, 0]);
    expect(losses.map(Number.isFinite)).toEqual([false, false, false, true]);
  });

  test('equal weighted sums: the lowest class', () => {
    expect(answers(matrix(3, 1, [2, 5, 5]), [0]).classes).toEqual([1]);
    expect(answers(matrix(3, 1, [5, 5, 5]), [0]).classes).toEqual([0]);
  });
});
