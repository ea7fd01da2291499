import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumOverExamples } from '../../maths/matrix-products.js';
import { LD, roundUp } from '../layout/plan.js';
import {
  batch,
  expectClose,
  place,
  RUNS,
  randomMatrix,
  seed,
  testBench,
  width,
} from './kernels.test.support.js';

describe('sums and updates', () => {
  test('a sum over examples, one value per unit, set or added', () => {
    const property = fc.property(width, batch, seed, (rows, cols, s) => {
      const b = testBench();
      const M = randomMatrix(rows, cols, s, 'M');
      const at = place(b, M, LD);
      const out = b.room(rows);
      const expected = sumOverExamples(M).data;
      b.kernels.sumRows({ M: at, ld: LD, rows, cols: roundUp(cols, 4), out, accumulate: false });
      expectClose(b.memory.floats(out, rows), expected);
      b.kernels.sumRows({ M: at, ld: LD, rows, cols: roundUp(cols, 4), out, accumulate: true });
      expectClose(
        b.memory.floats(out, rows),
        expected.map((sum) => 2 * sum),
      );
    });
    fc.assert(property, RUNS);
  });

  test('parts are summed in their order, and an update is W − factor · dW in 32 bits, exactly', () => {
    const b = testBench();
    const parts = randomMatrix(5, 8, 1, 'parts');
    const sums = b.room(8);
    b.kernels.sumParts(place(b, parts, 32), 5, 32, sums, 32);
    const expected = Array.from({ length: 8 }, (_, j) => {
      let sum = parts.data[j]!;
      for (let k = 1; k < 5; k++) sum = Math.fround(sum + parts.data[8 * k + j]!);
      return sum;
    });
    expect([...b.memory.floats(sums, 8)]).toEqual(expected);
    const W = randomMatrix(1, 8, 1, 'W');
    const at = place(b, W, 32);
    const factor = Math.fround(0.1);
    b.kernels.update(at, sums, factor, 32);
    const updated = expected.map((sum, j) => Math.fround(W.data[j]! - Math.fround(factor * sum)));
    expect([...b.memory.floats(at, 8)]).toEqual(updated);
  });
});

test('numbers below 10⁻³⁰ become 0, and nothing else changes', () => {
  const b = testBench();
  const values = Float32Array.of(0, -0, 1e-31, -1e-31, 1e-40, -1e-45, 1e-29, -1e-29, 1, -1, Infinity, NaN);
  const at = b.room(values.length);
  b.memory.floats(at, values.length).set(values);
  b.kernels.flushSubnormals(at, 4 * values.length);
  const expected = [...values].map((value) => (Math.abs(value) < 1e-30 ? 0 : value));
  expect([...b.memory.floats(at, values.length)]).toEqual(expected);
});
