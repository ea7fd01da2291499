import fc from 'fast-check';
import { describe, test } from 'vitest';
import { type Matrix, matrix } from '../../maths/matrix.js';
import { multiply, transpose } from '../../maths/matrix-products.js';
import { LD, roundUp } from '../layout/plan.js';
import { PACKED_BYTES } from '../layout/scratch.js';
import {
  batch,
  expectClose,
  place,
  RUNS,
  randomMatrix,
  read,
  seed,
  type TestBench,
  testBench,
  width,
} from './kernels.test.support.js';

describe('matrix products', () => {
  /** C = A B by the kernels, with A stored as it is or transposed, B packed as it is or transposed. */
  function product(b: TestBench, A: Matrix, B: Matrix, how: { ofA: boolean; ofB: boolean }, before?: Matrix) {
    const cols = roundUp(B.cols, 8);
    const K = how.ofB ? roundUp(B.rows, 4) : B.rows;
    const panels = b.room(cols * K);
    if (how.ofB) {
      const at = place(b, transpose(B), LD, cols);
      b.kernels.packTransposed({ B: at, ld: LD, K, cols, out: panels, panelStep: 32 * K });
    } else {
      b.kernels.packPanels(place(b, B, LD), LD, K, cols, panels);
    }
    // Where K is rounded up, B has zeros, and A must have columns to read.
    const wide = matrix(A.rows, K);
    for (let i = 0; i < A.rows; i++) {
      for (let k = 0; k < A.cols; k++) wide.data[i * K + k] = A.data[i * A.cols + k]!;
    }
    const ldA = 4 * Math.max(K, A.rows);
    const a = how.ofA ? place(b, transpose(wide), ldA) : place(b, wide, ldA);
    const C = before ? place(b, before, LD) : b.room((A.rows * LD) / 4);
    const [row, col] = how.ofA ? [4, ldA] : [ldA, 4];
    const packedRoom = b.memory.allocate(PACKED_BYTES, 'a test');
    b.kernels.multiply({
      A: a,
      aRow: row,
      aCol: col,
      panels,
      K,
      C,
      ldC: LD,
      rows: A.rows,
      cols,
      accumulate: before !== undefined,
      packed: packedRoom,
    });
    return read(b, C, A.rows, B.cols, LD);
  }

  test('A B, with A stored as it is or transposed, and B in panels of either kind', () => {
    const property = fc.property(
      width,
      width,
      batch,
      seed,
      fc.boolean(),
      fc.boolean(),
      (n, k, m, s, ofA, ofB) => {
        const A = randomMatrix(n, k, s, 'A');
        const B = randomMatrix(k, m, s, 'B');
        expectClose(product(testBench(), A, B, { ofA, ofB }), multiply(A, B).data);
      },
    );
    fc.assert(property, RUNS);
  });

  test.each([255, 256, 257, 300, 515])('a sum of %i terms, which is computed in parts', (K) => {
    const A = randomMatrix(61, K, 1, 'A');
    const B = randomMatrix(K, 17, 1, 'B');
    expectClose(product(testBench(), A, B, { ofA: false, ofB: false }), multiply(A, B).data);
  });

  test('can be added to what is there', () => {
    const [A, B, C] = [randomMatrix(7, 9, 1, 'A'), randomMatrix(9, 11, 1, 'B'), randomMatrix(7, 11, 1, 'C')];
    const expected = multiply(A, B).data.map((value, k) => value + C.data[k]!);
    expectClose(product(testBench(), A, B, { ofA: true, ofB: true }, C), expected);
  });
});
