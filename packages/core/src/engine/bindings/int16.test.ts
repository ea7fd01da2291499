import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.js';
import { type Density, randomExamples } from '../cases.test.support.js';
import { GROUP_BYTES, LD, roundUp } from '../layout/plan.js';
import {
  batch,
  place,
  RUNS,
  randomMatrix,
  seed,
  type TestBench,
  testBench,
  width,
} from './kernels.test.support.js';

describe('int16 quantization', () => {
  const UNITS = 10;
  const ROW = 48;
  const densities = fc.constantFrom<Density>('blank', 'full', 'sparse', 'sparse');

  /** A block's rows of 2 × 2 blocks, both ways, with its pictures in the order of those rows. */
  function packedBlocks(b: TestBench, inputs: number, examples: number, density: Density, seedOf: number) {
    const dataset = randomExamples(inputs, 3, examples, density, seedOf);
    const stride = roundUp(inputs + 1, 128);
    const pixelPairs = Math.ceil(inputs / 2);
    const pairs = Math.ceil(examples / 2);
    const pictures = b.memory.allocate((examples + 2) * stride, 'a test') + stride;
    for (let j = 0; j < examples; j++) {
      b.memory.bytes(pictures + j * stride, inputs).set(dataset.pixels(j));
    }
    const masks = b.memory.allocate(((examples + 1) * stride) / 16, 'a test');
    const order = b.memory.allocate(2 * (examples + 1), 'a test');
    const sums = b.room(2);
    const bytes = b.kernels.pairExamples({ pictures, count: examples, stride, masks, order, maxima: sums });
    const counts = b.room(pixelPairs);
    const pairRows = b.memory.allocate(8 * pairs, 'a test');
    const home = b.memory.allocate(bytes, 'a test');
    b.kernels.packBlocks2x2({ pictures, order, pairs, stride, group: home, rows: pairRows, counts });
    const blocks = [...b.memory.integers(counts, pixelPairs)];
    const groups = blocks.reduce((sum, count) => sum + Math.ceil(count / 2), 0);
    const transposedRows = b.memory.allocate(8 * pixelPairs, 'a test');
    const turned = b.memory.allocate(groups * GROUP_BYTES, 'a test');
    b.kernels.transposeBlocks2x2({
      rows: pairRows,
      pairs,
      pixelPairs,
      group: turned,
      out: transposedRows,
      counts,
    });
    const places = [...new Uint16Array(b.memory.wasm.buffer, order, examples)];
    const [maxPixelSum, maxVariation] = [...b.memory.integers(sums, 2)];
    const taken = { bytes, packed: b.memory.integers(pairRows + 8 * pairs - 4, 1)[0]! - home };
    return { dataset, places, pairRows, pairs, transposedRows, pixelPairs, maxPixelSum, maxVariation, taken };
  }

  /** int16 numbers as the kernels need them: two rows in one of 48 bytes, unit by unit. */
  function placeInt16(b: TestBench, rows: number, value: (row: number, unit: number) => number): number {
    const at = b.memory.allocate((ROW * roundUp(rows, 2)) / 2, 'a test');
    const numbers = new Int16Array(b.memory.wasm.buffer, at, 12 * roundUp(rows, 2));
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < UNITS; unit++) {
        numbers[24 * (row >> 1) + 2 * unit + (row & 1)] = value(row, unit);
      }
    }
    return at;
  }

  /** A scale of 1 for every unit. */
  function ones(b: TestBench): number {
    const at = b.room(12);
    b.memory.floats(at, 12).fill(1);
    return at;
  }

  test('both directions give exact sums, and can be added to what is there', () => {
    const property = fc.property(width, batch, densities, seed, (inputs, examples, density, s) => {
      const b = testBench();
      const made = packedBlocks(b, inputs, examples, density, s);
      const { dataset, places, pairs, pixelPairs } = made;
      expect([...places].sort((x, y) => x - y)).toEqual(Array.from({ length: examples }, (_, i) => i));
      expect(made.taken.packed).toBe(made.taken.bytes);
      const random = createRandom(s, 'whole numbers');
      // So small that a 32-bit float holds every sum exactly.
      const whole = (rows: number) =>
        Array.from({ length: rows }, () => Array.from({ length: UNITS }, () => random.below(401) - 200));
      const pixel = (j: number, p: number) => dataset.pixels(places[j]!)[p]!;

      const W = whole(inputs);
      const sums = b.room(24 * pairs);
      b.kernels.gatherBlocks2x2({
        rows: made.pairRows,
        count: pairs,
        M: placeInt16(b, inputs, (p, u) => W[p]![u]!),
        scales: ones(b),
        out: sums,
        accumulate: false,
      });
      const forward = Array.from({ length: 12 * examples }, (_, k) => {
        const [j, u] = [Math.floor(k / 12), k % 12];
        return u < UNITS ? W.reduce((sum, row, p) => sum + row[u]! * pixel(j, p), 0) : 0;
      });
      expect([...b.memory.floats(sums, 12 * examples)]).toEqual(forward);

      const dZ = whole(examples);
      const dW = b.room(24 * pixelPairs);
      const backward = Array.from({ length: 12 * inputs }, (_, k) => {
        const [p, u] = [Math.floor(k / 12), k % 12];
        return u < UNITS ? dZ.reduce((sum, row, j) => sum + row[u]! * pixel(j, p), 0) : 0;
      });
      const rows = placeInt16(b, examples, (j, u) => dZ[j]![u]!);
      b.kernels.gatherBlocks2x2({
        rows: made.transposedRows,
        count: pixelPairs,
        M: rows,
        scales: ones(b),
        out: dW,
        accumulate: false,
      });
      expect([...b.memory.floats(dW, 12 * inputs)]).toEqual(backward);
      b.kernels.gatherBlocks2x2({
        rows: made.transposedRows,
        count: pixelPairs,
        M: rows,
        scales: ones(b),
        out: dW,
        accumulate: true,
      });
      expect([...b.memory.floats(dW, 12 * inputs)]).toEqual(backward.map((value) => 2 * value));
    });
    fc.assert(property, RUNS);
  });

  test('an example is paired with the one that differs from it in the fewest pairs of pixels', () => {
    const b = testBench();
    const { places } = packedBlocks(b, 60, 200, 'sparse', 3);
    const dataset = randomExamples(60, 3, 200, 'sparse', 3);
    const pairsOf = (i: number) =>
      Array.from({ length: 30 }, (_, p) => dataset.pixels(i)[2 * p]! + dataset.pixels(i)[2 * p + 1]! > 0);
    const unlike = (i: number, j: number) => {
      const other = pairsOf(j);
      return pairsOf(i).filter((nonZero, p) => nonZero !== other[p]).length;
    };
    const [first, second] = places as [number, number];
    expect(first).toBe(0);
    expect(unlike(first, second)).toBe(Math.min(...places.slice(1).map((j) => unlike(first, j))));
  });

  test('the largest possible sums stay within 32 bits', () => {
    const b = testBench();
    const [inputs, examples] = [1365, 256];
    const { pairRows, transposedRows, pairs, pixelPairs, maxPixelSum } = packedBlocks(
      b,
      inputs,
      examples,
      'full',
      1,
    );
    const most = Math.min(32766, Math.floor((2 ** 31 - 1) / maxPixelSum!));
    const out = b.room(24 * pixelPairs);
    for (const sign of [1, -1]) {
      const W = placeInt16(b, inputs, () => sign * most);
      b.kernels.gatherBlocks2x2({
        rows: pairRows,
        count: pairs,
        M: W,
        scales: ones(b),
        out,
        accumulate: false,
      });
      const sums = b.memory.floats(out, 12 * examples);
      for (let j = 0; j < examples; j++) expect(Math.sign(sums[12 * j]!)).toBe(sign);
      const dZ = placeInt16(b, examples, () => sign * 32767);
      b.kernels.gatherBlocks2x2({
        rows: transposedRows,
        count: pixelPairs,
        M: dZ,
        scales: ones(b),
        out,
        accumulate: false,
      });
      const gradients = b.memory.floats(out, 12 * inputs);
      for (let p = 0; p < inputs; p++) expect(Math.sign(gradients[12 * p]!)).toBe(sign);
    }
  });

  test('weights: no sum over the first pixels is off by more than half a step, no weight by more than a step', () => {
    const property = fc.property(width, seed, fc.integer({ min: 100, max: 32766 }), (inputs, s, most) => {
      const b = testBench();
      const W = randomMatrix(inputs, 12, s, 'W');
      W.data.forEach((_, at) => {
        if (at % 12 >= 9) W.data[at] = 0;
      });
      const at = place(b, W, ROW, roundUp(inputs, 2));
      const pairs = Math.ceil(inputs / 2);
      const [out, steps] = [b.memory.allocate(ROW * pairs, 'a test'), b.room(12)];
      b.kernels.quantizeRows(at, pairs, most, out, steps);
      const numbers = new Int16Array(b.memory.wasm.buffer, out, 24 * pairs);
      for (let unit = 0; unit < 12; unit++) {
        const step = b.memory.floats(steps, 12)[unit]!;
        const column = Array.from({ length: inputs }, (_, p) => W.data[12 * p + unit]!);
        expect(step * most).toBeCloseTo(Math.max(...column.map(Math.abs)), 6);
        let [sum, sumOfWhole] = [0, 0];
        for (const [p, weight] of column.entries()) {
          const whole = numbers[24 * (p >> 1) + 2 * unit + (p & 1)]!;
          if (step === 0) expect(weight).toBe(0);
          else expect(Math.abs(whole - weight / step)).toBeLessThan(1.01);
          expect(Math.abs(whole)).toBeLessThanOrEqual(most + 1);
          sum += weight;
          sumOfWhole += whole * step;
          expect(Math.abs(sum - sumOfWhole)).toBeLessThanOrEqual(0.51 * step + 1e-6);
        }
      }
    });
    fc.assert(property, RUNS);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'a weight of %d: the scale of its unit is not finite',
    (value) => {
      const b = testBench();
      const W = randomMatrix(8, 12, 1, 'W');
      W.data[12 * 3 + 5] = value;
      const [out, steps] = [b.memory.allocate(ROW * 4, 'a test'), b.room(12)];
      b.kernels.quantizeRows(place(b, W, ROW), 4, 32767, out, steps);
      const found = [...b.memory.floats(steps, 12)];
      expect(found.map(Number.isFinite)).toEqual(found.map((_, unit) => unit !== 5));
    },
  );

  test('dZ: each number within half a step of its unit', () => {
    const property = fc.property(batch, seed, (examples, s) => {
      const b = testBench();
      const cols = roundUp(examples, 8);
      const dZ = randomMatrix(12, examples, s, 'dZ');
      dZ.data.fill(0, 11 * examples);
      const [out, steps] = [b.memory.allocate((ROW * cols) / 2, 'a test'), b.room(12)];
      b.kernels.quantizeColumns({ dZ: place(b, dZ, LD), ld: LD, cols, max: 32767, out, scales: steps });
      const numbers = new Int16Array(b.memory.wasm.buffer, out, 12 * cols);
      for (let unit = 0; unit < 12; unit++) {
        const step = b.memory.floats(steps, 12)[unit]!;
        const row = dZ.data.subarray(unit * examples, (unit + 1) * examples);
        expect(step * 32767).toBeCloseTo(Math.max(...row.map(Math.abs)), 6);
        for (const [j, value] of row.entries()) {
          const whole = numbers[24 * (j >> 1) + 2 * unit + (j & 1)]!;
          if (step > 0) expect(Math.abs(whole - value / step)).toBeLessThan(0.51);
        }
      }
    });
    fc.assert(property, RUNS);
  });

  test('near the threshold: sums within reach of 0 are recomputed in floats, others stay as they are', () => {
    const b = testBench();
    const [inputs, examples] = [50, 40];
    const { dataset, places, pairRows } = packedBlocks(b, inputs, examples, 'sparse', 2);
    const W = randomMatrix(inputs, 12, 2, 'W');
    W.data.forEach((_, at) => {
      if (at % 12 >= UNITS) W.data[at] = 0;
    });
    const exact = (j: number, unit: number) =>
      dataset.pixels(places[j]!).reduce((sum, byte, p) => sum + byte * W.data[12 * p + unit]!, 0);
    const [scale, reach, step] = [1 / 255, 10, 0.03];
    const [sums, steps, bias] = [b.room(12 * examples), b.room(12), b.room(12)];
    // Units that do not exist have no scale.
    b.memory.floats(steps, UNITS).fill(step);
    // All sums are wrong; some are small.
    const random = createRandom(2, 'sums');
    const wrong = Float32Array.from({ length: 12 * examples }, () => 255 * (2 * random.uniform() - 1));
    b.memory.floats(sums, 12 * examples).set(wrong);
    const biases = b.memory.floats(bias, 12);
    biases.fill(0.1);
    b.kernels.recomputeNearThreshold({
      sums,
      count: examples,
      rows: pairRows,
      W: place(b, W, ROW),
      scales: steps,
      factor: scale,
      reach,
      b: bias,
    });
    let settled = 0;
    for (const [k, found] of b.memory.floats(sums, 12 * examples).entries()) {
      const [j, unit] = [Math.floor(k / 12), k % 12];
      const isNear = unit < UNITS && Math.abs(wrong[k]! * scale + biases[unit]!) < reach * step;
      if (isNear) settled++;
      if (isNear) expect(Math.abs(found - exact(j, unit))).toBeLessThan(1e-3);
      else expect(found).toBe(wrong[k]);
    }
    expect(settled).toBeGreaterThan(20);
    expect(settled).toBeLessThan(200);
  });
});
