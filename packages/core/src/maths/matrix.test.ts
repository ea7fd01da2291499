import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ShapeError } from '../errors.js';
import { add, hadamard, isFiniteMatrix, type Matrix, map, matrix, scale, shape, subtract } from './matrix.js';
import { addColumn, multiply, sumOverExamples, transpose } from './matrix-products.js';

/** Integers, so that sums are exact in any order and a law can be held to equality. */
function matrices(rows: number, cols: number): fc.Arbitrary<Matrix> {
  return fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: rows * cols, maxLength: rows * cols })
    .map((entries) => matrix(rows, cols, entries));
}

const size = fc.integer({ min: 1, max: 5 });
/** A (n×k), B and C (k×m). */
const chain = fc
  .tuple(size, size, size)
  .chain(([n, k, m]) => fc.tuple(matrices(n, k), matrices(k, m), matrices(k, m)));

const A = matrix(2, 3, [1, 2, 3, 4, 5, 6]);

describe('matrix', () => {
  test('without entries is zeros', () => expect([...matrix(2, 2).data]).toEqual([0, 0, 0, 0]));

  test('refuses the wrong number of entries', () => {
    expect(() => matrix(2, 3, [1, 2])).toThrow(new ShapeError('a matrix of 2 × 3 needs 6 entries, found 2'));
    expect(() => matrix(2, 3, new Float64Array(7))).toThrow(ShapeError);
  });

  test('shape is written rows × columns', () => expect(shape(A)).toBe('2 × 3'));
});

describe('multiply', () => {
  test('is the product as worked by hand', () => {
    const B = matrix(3, 2, [7, 8, 9, 10, 11, 12]);
    expect(multiply(A, B)).toEqual(matrix(2, 2, [58, 64, 139, 154]));
  });

  test('obeys (AB)ᵀ = BᵀAᵀ', () => {
    fc.assert(
      fc.property(chain, ([P, Q]) => {
        expect(transpose(multiply(P, Q))).toEqual(multiply(transpose(Q), transpose(P)));
      }),
    );
  });

  test('distributes: A(B + C) = AB + AC', () => {
    fc.assert(
      fc.property(chain, ([P, Q, R]) => {
        expect(multiply(P, add(Q, R))).toEqual(add(multiply(P, Q), multiply(P, R)));
      }),
    );
  });

  test('does not lose a NaN that meets a zero', () => {
    expect(multiply(matrix(1, 1, [0]), matrix(1, 1, [Number.NaN])).data[0]).toBeNaN();
  });

  test('names both shapes when they do not fit', () => {
    expect(() => multiply(A, A)).toThrow(new ShapeError('cannot multiply 2 × 3 by 2 × 3: 3 columns, 2 rows'));
  });
});

describe('entry by entry', () => {
  const B = matrix(2, 3, [6, 5, 4, 3, 2, 1]);

  test('add, subtract, hadamard, scale and map', () => {
    expect([...add(A, B).data]).toEqual([7, 7, 7, 7, 7, 7]);
    expect([...subtract(A, B).data]).toEqual([-5, -3, -1, 1, 3, 5]);
    expect([...hadamard(A, B).data]).toEqual([6, 10, 12, 12, 10, 6]);
    expect([...scale(A, 2).data]).toEqual([2, 4, 6, 8, 10, 12]);
    expect([...map(A, (a) => a * a).data]).toEqual([1, 4, 9, 16, 25, 36]);
  });

  test.each([
    ['add', add],
    ['subtract', subtract],
    ['multiply entry by entry', hadamard],
  ])('%s names both shapes when they differ', (verb, operation) => {
    expect(() => operation(A, transpose(A))).toThrow(
      new ShapeError(`cannot ${verb} 2 × 3 and 3 × 2: the shapes must be the same`),
    );
  });

  test('no operation changes what it is given', () => {
    const before = [...A.data];
    for (const operation of [add, subtract, hadamard]) operation(A, B);
    for (const operation of [transpose, sumOverExamples]) operation(A);
    scale(A, 2);
    addColumn(A, matrix(2, 1, [1, 2]));
    expect([...A.data]).toEqual(before);
  });
});

describe('addColumn', () => {
  test('adds the column to every column', () => {
    expect([...addColumn(A, matrix(2, 1, [10, 20])).data]).toEqual([11, 12, 13, 24, 25, 26]);
  });

  test.each([matrix(3, 1), matrix(2, 2), matrix(1, 2)])('refuses a b of another shape', (b) => {
    expect(() => addColumn(A, b)).toThrow(`cannot add a column of ${shape(b)} to 2 × 3: it must be 2 × 1`);
  });
});

describe('sumOverExamples', () => {
  test('gives one value per unit, not one for all', () => {
    expect(sumOverExamples(A)).toEqual(matrix(2, 1, [6, 15]));
  });

  test('is the product with a column of ones', () => {
    fc.assert(
      fc.property(chain, ([P]) => {
        expect(sumOverExamples(P)).toEqual(multiply(P, matrix(P.cols, 1, new Array(P.cols).fill(1))));
      }),
    );
  });
});

test('transpose turns rows into columns and back', () => {
  expect(transpose(A)).toEqual(matrix(3, 2, [1, 4, 2, 5, 3, 6]));
  expect(transpose(transpose(A))).toEqual(A);
});

test('isFiniteMatrix sees NaN and both infinities', () => {
  expect(isFiniteMatrix(A)).toBe(true);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(isFiniteMatrix(matrix(1, 2, [0, value]))).toBe(false);
  }
});
