import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Matrix, map, matrix } from './matrix.js';
import { transpose } from './matrix-products.js';
import { logSumExp, softmax } from './softmax.js';

/** A column of weighted sums of any size a 64-bit float has room for. */
function columns(max: number): fc.Arbitrary<Matrix> {
  return fc
    .array(fc.double({ min: -max, max, noNaN: true }), { minLength: 1, maxLength: 10 })
    .map((z) => matrix(z.length, 1, z));
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

describe('softmax', () => {
  test('is eᶻ over the sum of eᶻ, column by column', () => {
    const Z = matrix(2, 2, [0, Math.log(3), 0, 0]);
    expect([...softmax(Z).data]).toEqual([0.5, expect.closeTo(0.75, 15), 0.5, expect.closeTo(0.25, 15)]);
  });

  test('every column is a distribution, for z of any finite size', () => {
    fc.assert(
      fc.property(columns(8e307), (Z) => {
        const { data } = softmax(Z);
        for (const a of data) expect(a >= 0 && a <= 1).toBe(true);
        expect(sum(data)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('adding a constant to a column changes nothing', () => {
    fc.assert(
      fc.property(columns(50), fc.integer({ min: -1000, max: 1000 }), (Z, constant) => {
        const shifted = softmax(map(Z, (z) => z + constant));
        for (const [i, a] of softmax(Z).data.entries()) expect(shifted.data[i]).toBeCloseTo(a, 12);
      }),
    );
  });

  test('keeps the order of the weighted sums', () => {
    fc.assert(
      fc.property(columns(100), (Z) => {
        const A = softmax(Z);
        for (let i = 1; i < Z.rows; i++) {
          const rises = Math.sign(Z.data[i]! - Z.data[i - 1]!);
          expect(Math.sign(A.data[i]! - A.data[i - 1]!) * rises).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('does not overflow where e^z does: 1000 and 999 are as 1 and 0', () => {
    const [large, small] = [softmax(matrix(2, 1, [1000, 999])), softmax(matrix(2, 1, [1, 0]))];
    expect(large).toEqual(small);
    expect([...softmax(matrix(2, 1, [-1000, -1000])).data]).toEqual([0.5, 0.5]);
  });

  test('a value that is not finite is not hidden, and spoils its own column alone', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { data } = softmax(matrix(2, 2, [bad, 0, 1, 0]));
      expect([data[0], data[2]]).toEqual([Number.NaN, Number.NaN]);
      expect([data[1], data[3]]).toEqual([0.5, 0.5]);
    }
  });
});

describe('logSumExp', () => {
  test('is the logarithm of the sum of eᶻ', () => {
    expect([...logSumExp(matrix(3, 1, [Math.log(1), Math.log(2), Math.log(5)]))]).toEqual([
      expect.closeTo(Math.log(8), 15),
    ]);
  });

  test('lies between the maximum and the maximum + log n, for z of any finite size', () => {
    fc.assert(
      fc.property(columns(8e307), (Z) => {
        const max = Math.max(...Z.data);
        const [value] = logSumExp(Z);
        expect(value).toBeGreaterThanOrEqual(max);
        expect(value).toBeLessThanOrEqual(max + Math.log(Z.rows) + 1e-12 * Math.abs(max));
      }),
    );
  });

  test('softmax is its gradient: log a = z − logsumexp(z)', () => {
    fc.assert(
      fc.property(columns(30), (Z) => {
        const [value] = logSumExp(Z);
        for (const [i, a] of softmax(Z).data.entries())
          expect(Math.log(a)).toBeCloseTo(Z.data[i]! - value!, 11);
      }),
    );
  });

  test('gives one value per example', () => {
    expect(logSumExp(transpose(matrix(4, 2)))).toHaveLength(4);
  });
});
