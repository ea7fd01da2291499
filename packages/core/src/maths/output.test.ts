import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ShapeError } from '../errors.js';
import { type Matrix, matrix } from './matrix.js';
import { OUTPUTS, sigmoidOutput, softmaxOutput } from './output.js';

const STEP = 1e-5;

describe.each(Object.values(OUTPUTS))('$name output', (output) => {
  test('dZ = A − Y is the derivative of the summed loss', () => {
    const rows = 3;
    const weightedSums = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), {
      minLength: 2 * rows,
      maxLength: 2 * rows,
    });
    const Y = matrix(rows, 2, [0, 1, 1, 0, 0, 0]);
    fc.assert(
      fc.property(weightedSums, (z) => {
        const dZ = output.delta(output.activate(matrix(rows, 2, z)), Y);
        const summedLoss = (moved: number[]) =>
          output.losses(matrix(rows, 2, moved), Y).reduce((sum, loss) => sum + loss, 0);
        for (const index of z.keys()) {
          const slope =
            (summedLoss(z.with(index, z[index]! + STEP)) - summedLoss(z.with(index, z[index]! - STEP))) /
            (2 * STEP);
          expect(dZ.data[index]).toBeCloseTo(slope, 7);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the loss stays finite where the probability of the right answer has become 0', () => {
    const [loss] = output.losses(matrix(2, 1, [800, -800]), matrix(2, 1, [0, 1]));
    expect(loss).toBe(1600);
    expect(output.activate(matrix(2, 1, [800, -800])).data[1]).toBe(0);
  });

  test('a sure and right answer costs nothing', () => {
    expect(output.losses(matrix(2, 1, [800, -800]), matrix(2, 1, [1, 0]))[0]).toBe(0);
  });

  test('a NaN is not hidden', () => {
    expect(output.losses(matrix(2, 1, [Number.NaN, 0]), matrix(2, 1, [0, 1]))[0]).toBeNaN();
  });

  test('names both shapes when Z and Y differ', () => {
    const [Z, Y]: Matrix[] = [matrix(3, 2), matrix(3, 1)];
    expect(() => output.losses(Z!, Y!)).toThrow(ShapeError);
    expect(() => output.losses(Z!, Y!)).toThrow('3 × 2 and 3 × 1');
    expect(() => output.delta(Z!, Y!)).toThrow('3 × 2 and 3 × 1');
  });
});

test('softmax loss is −log of the probability of the right class', () => {
  const Z = matrix(3, 2, [1, 0, -2, 4, 0.5, 1]);
  const losses = softmaxOutput.losses(Z, matrix(3, 2, [0, 0, 1, 0, 0, 1]));
  const A = softmaxOutput.activate(Z);
  expect([...losses]).toEqual([
    expect.closeTo(-Math.log(A.data[2]!), 13),
    expect.closeTo(-Math.log(A.data[5]!), 13),
  ]);
});

test('softmax of an undecided network costs log n nats', () => {
  expect(softmaxOutput.losses(matrix(10, 1), matrix(10, 1, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]))[0]).toBeCloseTo(
    Math.log(10),
    14,
  );
});

test('sigmoid loss is −y log a − (1 − y) log(1 − a), summed over the units', () => {
  const Z = matrix(2, 1, [1.5, -0.5]);
  const [a1, a2] = sigmoidOutput.activate(Z).data;
  expect(sigmoidOutput.losses(Z, matrix(2, 1, [1, 0]))[0]).toBeCloseTo(
    -Math.log(a1!) - Math.log(1 - a2!),
    14,
  );
});
