import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../maths/activation.js';
import { matrix } from '../../maths/matrix.js';
import { transpose } from '../../maths/matrix-products.js';
import { LD, NO_ACTIVATION, roundUp } from '../layout/plan.js';
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

test('NO_ACTIVATION is the identity', () => expect(ACTIVATIONS.identity.kernelCode).toBe(NO_ACTIVATION));

describe.each(ACTIVATION_NAMES)('the activation %s', (name) => {
  const { f, derivative, derivativeFromOutput, kernelCode } = ACTIVATIONS[name];

  test('A = g(Z + b) and dZ = dA ⊙ g′(Z), near and far from 0', () => {
    const property = fc.property(width, batch, seed, fc.constantFrom(0.01, 1, 30), (rows, cols, s, size) => {
      const b = testBench();
      const Z = matrix(
        rows,
        cols,
        randomMatrix(rows, cols, s, 'Z').data.map((z) => Math.fround(z * size)),
      );
      const bias = randomMatrix(rows, 1, s, 'b');
      const dA = randomMatrix(rows, cols, s, 'dA');
      const at = place(b, Z, LD);
      b.kernels.activate({
        kind: kernelCode,
        Z: at,
        ld: LD,
        b: place(b, bias, 4),
        rows,
        cols: roundUp(cols, 4),
      });
      const z = Z.data.map((value, k) => Math.fround(value + bias.data[Math.floor(k / cols)]!));
      expectClose(read(b, at, rows, cols, LD), z.map(f));
      const pulled = z.map((value, k) => dA.data[k]! * derivative(value));
      const activated = place(b, matrix(rows, cols, z), LD);
      const derivatives = place(b, matrix(rows, cols), LD);
      b.kernels.activateWithDropout({
        kind: kernelCode,
        A: activated,
        derivatives,
        ld: LD,
        firstRow: 0,
        rows,
        cols: roundUp(cols, 4),
        key: 0,
        first: 0,
        threshold: 0,
        keep: 1,
      });
      expect(read(b, activated, rows, cols, LD)).toEqual(read(b, at, rows, cols, LD));
      const dZWithDropout = place(b, dA, LD);
      b.kernels.activationBackwardWithDropout({
        kind: kernelCode,
        A: activated,
        derivatives,
        dA: dZWithDropout,
        ld: LD,
        rows,
        cols: roundUp(cols, 4),
        keep: 1,
      });
      expectClose(read(b, dZWithDropout, rows, cols, LD), pulled);
      if (!derivativeFromOutput) return;
      const dZ = place(b, dA, LD);
      b.kernels.activationBackward({
        kind: kernelCode,
        A: at,
        dA: dZ,
        ld: LD,
        rows,
        cols: roundUp(cols, 4),
      });
      expectClose(read(b, dZ, rows, cols, LD), pulled);
    });
    fc.assert(property, RUNS);
  });

  test('from the first layer’s sums, an example a row, and back', () => {
    const property = fc.property(width, batch, seed, (n, m, s) => {
      const b = testBench();
      const [units, cols] = [roundUp(n, 4), roundUp(m, 8)];
      const sums = randomMatrix(cols, units, s, 'sums');
      const bias = randomMatrix(units, 1, s, 'b');
      const A = b.room((units * LD) / 4);
      const from = place(b, sums, 4 * units);
      b.kernels.activateFirst({
        kind: kernelCode,
        sums: from,
        rowBytes: 4 * units,
        scale: 0.5,
        b: place(b, bias, 4),
        A,
        ld: LD,
        units,
        cols,
      });
      const expected = transpose(sums).data.map((z, k) => f(0.5 * z + bias.data[Math.floor(k / cols)]!));
      expectClose(read(b, A, units, cols, LD), expected);
      const rows = b.room(units * cols);
      b.kernels.toExampleRows({ dZ: A, ld: LD, units, cols, out: rows, rowBytes: 4 * units });
      const found = transpose(matrix(units, cols, read(b, A, units, cols, LD)));
      expect(Float64Array.from(b.memory.floats(rows, units * cols))).toEqual(found.data);
      const tight = b.room(n * m);
      b.kernels.exampleRows(A, LD, n, m, tight);
      expect([...b.memory.floats(tight, n)]).toEqual([...found.data.subarray(0, n)]);
    });
    fc.assert(property, RUNS);
  });

  test('lets NaN through, forward and back', () => {
    const b = testBench();
    const at = place(b, matrix(1, 4, [Number.NaN, 1, -1, 0]), LD);
    b.kernels.activate({ kind: kernelCode, Z: at, ld: LD, b: b.room(4), rows: 1, cols: 4 });
    const found = read(b, at, 1, 4, LD);
    expect([...found].map(Number.isNaN)).toEqual([true, false, false, false]);
    const dZ = place(b, matrix(1, 4, [1, Number.NaN, 1, 1]), LD);
    b.kernels.activationBackward({ kind: kernelCode, A: at, dA: dZ, ld: LD, rows: 1, cols: 4 });
    expect(read(b, dZ, 1, 4, LD)[1]).toBeNaN();
  });
});
