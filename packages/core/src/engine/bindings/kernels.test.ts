import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawAffineMap } from '../../data/augmentation/affine-map.js';
import { augmentPicture } from '../../data/augmentation/augment-picture.js';
import {
  createDisplacementField,
  type DisplacementField,
} from '../../data/augmentation/displacement-field.js';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../maths/activation.js';
import { dropoutMask } from '../../maths/dropout.js';
import { type Matrix, matrix, multiply, sumOverExamples, transpose } from '../../maths/matrix.js';
import { logSumExp, softmax } from '../../maths/softmax.js';
import { createRandom, dropoutThreshold, hashSeed } from '../../random.js';
import { type Ink, largestDifference, PROPERTY_SEED, randomExamples } from '../cases.test.support.js';
import { Memory } from '../layout/memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, LD, NO_ACTIVATION, roundUp } from '../layout/plan.js';
import { PACKED_BYTES } from '../layout/scratch.js';
import { sampleAffineMaps } from '../passes/augment.js';
import { instantiateKernels } from './instantiate-kernels.js';
import type { Kernels } from './kernels.js';

// Each kernel by itself against the maths. What several do together is tested in engine.test.ts.

const TOLERANCE = 1e-5;
const RUNS = { seed: PROPERTY_SEED, numRuns: 60 };

const width = fc.integer({ min: 1, max: 70 });
const batch = fc.integer({ min: 1, max: BLOCK_EXAMPLES });
const seed = fc.nat();

interface TestBench {
  readonly memory: Memory;
  readonly kernels: Kernels;
  room(floats: number): number;
}

function testBench(): TestBench {
  const memory = new Memory(false);
  const kernels = instantiateKernels(memory.wasm, false);
  return { memory, kernels, room: (floats) => memory.allocate(4 * floats, 'a test') };
}

/** Uniform in [−1, 1), 24 bits each, so that they are the same in 32 bits and in 64. */
function randomMatrix(rows: number, cols: number, seedOf: number, name: string): Matrix {
  const random = createRandom(seedOf, name);
  return matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * random.uniform() - 1),
  );
}

/** Writes a matrix with rows `ld` bytes apart, in room of `rows` rows. */
function place(
  { memory, room }: TestBench,
  { rows, cols, data }: Matrix,
  ld: number,
  roomRows = rows,
): number {
  const at = room((roomRows * ld) / 4);
  const floats = memory.floats(at, (roomRows * ld) / 4);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) floats[(i * ld) / 4 + j] = data[i * cols + j]!;
  }
  return at;
}

function read({ memory }: TestBench, at: number, rows: number, cols: number, ld: number): Float64Array {
  const floats = memory.floats(at, (rows * ld) / 4);
  return Float64Array.from(
    { length: rows * cols },
    (_, k) => floats[(Math.floor(k / cols) * ld) / 4 + (k % cols)]!,
  );
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(largestDifference(found, expected)).toBeLessThan(TOLERANCE);
}

/** Packs pictures into runs and gives X, inputs × examples, as the bytes are. */
function packed(b: TestBench, inputs: number, examples: number, ink: Ink, seedOf: number, scale: number) {
  const dataset = randomExamples(inputs, 3, examples, ink, seedOf);
  const pictures = b.memory.allocate(inputs * examples, 'a test');
  const row = b.memory.allocate(roundUp(inputs, 16), 'a test');
  const runs = b.memory.allocate(8 * examples, 'a test');
  const groups = b.memory.allocate((inputs + 3) * GROUP_BYTES * examples, 'a test');
  const X = matrix(inputs, examples);
  for (let j = 0; j < examples; j++) {
    b.memory.bytes(pictures + j * inputs, inputs).set(dataset.pixels(j));
    for (const [i, value] of dataset.pixels(j).entries()) X.data[i * examples + j] = value;
  }
  b.kernels.packPictures({
    pixels: pictures,
    count: examples,
    inputs,
    scale,
    row,
    group: groups,
    sparseRows: runs,
  });
  return { X, runs };
}

describe.each([
  { name: 'gather2', vectors: 2 },
  { name: 'gather10', vectors: 3 },
  { name: 'gather8', vectors: 8 },
] as const)('ink, $name', ({ name, vectors }) => {
  const units = 4 * vectors;
  const rowBytes = 16 * vectors;
  const inks = fc.constantFrom<Ink>('blank', 'full', 'sparse', 'sparse');
  // Of rows of 12, gather10 knows 10: the other two are 0 in what it is given and in what it gives.
  const known = name === 'gather10' ? 10 : units;
  const random = (rows: number, s: number, what: string) => {
    const matrix = randomMatrix(rows, units, s, what);
    for (let at = 0; at < matrix.data.length; at++) if (at % units >= known) matrix.data[at] = 0;
    return matrix;
  };
  // gather10 finds a row by its place in bytes, the others by its number.
  const scale = vectors === 3 ? rowBytes : 1;

  test('forward: byte · weight over the inked pixels is W X', () => {
    const property = fc.property(width, batch, inks, seed, (inputs, examples, ink, s) => {
      const b = testBench();
      const { X, runs } = packed(b, inputs, examples, ink, s, scale);
      const W = random(inputs, s, 'W');
      const out = b.room(units * examples);
      b.kernels[name](runs, examples, place(b, W, rowBytes), out, false);
      expectClose(b.memory.floats(out, units * examples), multiply(transpose(X), W).data);
    });
    fc.assert(property, RUNS);
  });

  test('backward: the runs of the pixels give X dZᵀ, and add to what is there', () => {
    const property = fc.property(
      width,
      batch,
      inks,
      seed,
      fc.boolean(),
      (inputs, examples, ink, s, tight) => {
        const b = testBench();
        const { X, runs } = packed(b, inputs, examples, ink, s, scale);
        const counts = b.room(inputs);
        const capacity = tight ? 0 : BLOCK_EXAMPLES / 4;
        const groups = b.kernels.countTransposed({
          sparseRows: runs,
          count: examples,
          inputs,
          scale,
          counts,
        });
        const home = b.memory.allocate((tight ? groups : inputs * capacity) * GROUP_BYTES, 'a test');
        const transposedRows = b.memory.allocate(8 * inputs, 'a test');
        b.kernels.transposeRows({
          sparseRows: runs,
          count: examples,
          inputs,
          scale,
          rowScale: scale,
          capacity,
          group: home,
          out: transposedRows,
          fill: counts,
        });
        const dZ = random(examples, s, 'dZ');
        const rows = place(b, dZ, rowBytes);
        const out = b.room(units * inputs);
        const expected = multiply(X, dZ).data;
        b.kernels[name](transposedRows, inputs, rows, out, false);
        expectClose(b.memory.floats(out, units * inputs), expected);
        b.kernels[name](transposedRows, inputs, rows, out, true);
        expectClose(
          b.memory.floats(out, units * inputs),
          expected.map((value) => 2 * value),
        );
      },
    );
    fc.assert(property, RUNS);
  });
});

describe('ink in whole numbers', () => {
  const UNITS = 10;
  const ROW = 48;
  const inks = fc.constantFrom<Ink>('blank', 'full', 'sparse', 'sparse');

  /** A block's quads in both directions, with its pictures in the order that they have there. */
  function quadsOf(b: TestBench, inputs: number, examples: number, ink: Ink, seedOf: number) {
    const dataset = randomExamples(inputs, 3, examples, ink, seedOf);
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
    const quads = [...b.memory.integers(counts, pixelPairs)];
    const groups = quads.reduce((sum, count) => sum + Math.ceil(count / 2), 0);
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

  /** Whole numbers as the kernels want them: two rows in one of 48 bytes, unit by unit. */
  function placeWhole(b: TestBench, rows: number, value: (row: number, unit: number) => number): number {
    const at = b.memory.allocate((ROW * roundUp(rows, 2)) / 2, 'a test');
    const numbers = new Int16Array(b.memory.wasm.buffer, at, 12 * roundUp(rows, 2));
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < UNITS; unit++) {
        numbers[24 * (row >> 1) + 2 * unit + (row & 1)] = value(row, unit);
      }
    }
    return at;
  }

  /** A step of 1 for every unit. */
  function ones(b: TestBench): number {
    const at = b.room(12);
    b.memory.floats(at, 12).fill(1);
    return at;
  }

  test('both directions give the sums to the last digit, and add to what is there', () => {
    const property = fc.property(width, batch, inks, seed, (inputs, examples, ink, s) => {
      const b = testBench();
      const made = quadsOf(b, inputs, examples, ink, s);
      const { dataset, places, pairs, pixelPairs } = made;
      expect([...places].sort((x, y) => x - y)).toEqual(Array.from({ length: examples }, (_, i) => i));
      expect(made.taken.packed).toBe(made.taken.bytes);
      const random = createRandom(s, 'whole numbers');
      // Such that every sum is a 32-bit float, too.
      const whole = (rows: number) =>
        Array.from({ length: rows }, () => Array.from({ length: UNITS }, () => random.below(401) - 200));
      const pixel = (j: number, p: number) => dataset.pixels(places[j]!)[p]!;

      const W = whole(inputs);
      const sums = b.room(24 * pairs);
      b.kernels.gatherBlocks2x2({
        rows: made.pairRows,
        count: pairs,
        M: placeWhole(b, inputs, (p, u) => W[p]![u]!),
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
      const rows = placeWhole(b, examples, (j, u) => dZ[j]![u]!);
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

  test('an example goes with one that it shares the most ink with', () => {
    const b = testBench();
    const { places } = quadsOf(b, 60, 200, 'sparse', 3);
    const dataset = randomExamples(60, 3, 200, 'sparse', 3);
    const pairsOf = (i: number) =>
      Array.from({ length: 30 }, (_, p) => dataset.pixels(i)[2 * p]! + dataset.pixels(i)[2 * p + 1]! > 0);
    const unlike = (i: number, j: number) => {
      const other = pairsOf(j);
      return pairsOf(i).filter((inked, p) => inked !== other[p]).length;
    };
    const [first, second] = places as [number, number];
    expect(first).toBe(0);
    expect(unlike(first, second)).toBe(Math.min(...places.slice(1).map((j) => unlike(first, j))));
  });

  test('the largest sums that there can be stay in 32 bits', () => {
    const b = testBench();
    const [inputs, examples] = [1365, 256];
    const { pairRows, transposedRows, pairs, pixelPairs, maxPixelSum } = quadsOf(
      b,
      inputs,
      examples,
      'full',
      1,
    );
    const most = Math.min(32766, Math.floor((2 ** 31 - 1) / maxPixelSum!));
    const out = b.room(24 * pixelPairs);
    for (const sign of [1, -1]) {
      const W = placeWhole(b, inputs, () => sign * most);
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
      const dZ = placeWhole(b, examples, () => sign * 32767);
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

  test('weights: no sum over the first pixels is off by more than half a step, no weight by more than one', () => {
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

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a weight of %d: its unit has no step', (value) => {
    const b = testBench();
    const W = randomMatrix(8, 12, 1, 'W');
    W.data[12 * 3 + 5] = value;
    const [out, steps] = [b.memory.allocate(ROW * 4, 'a test'), b.room(12)];
    b.kernels.quantizeRows(place(b, W, ROW), 4, 32767, out, steps);
    const found = [...b.memory.floats(steps, 12)];
    expect(found.map(Number.isFinite)).toEqual(found.map((_, unit) => unit !== 5));
  });

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

  test('gates: what lies within reach of 0 is summed in floats, nothing else is touched', () => {
    const b = testBench();
    const [inputs, examples] = [50, 40];
    const { dataset, places, pairRows } = quadsOf(b, inputs, examples, 'sparse', 2);
    const W = randomMatrix(inputs, 12, 2, 'W');
    W.data.forEach((_, at) => {
      if (at % 12 >= UNITS) W.data[at] = 0;
    });
    const exact = (j: number, unit: number) =>
      dataset.pixels(places[j]!).reduce((sum, byte, p) => sum + byte * W.data[12 * p + unit]!, 0);
    const [scale, reach, step] = [1 / 255, 10, 0.03];
    const [sums, steps, bias] = [b.room(12 * examples), b.room(12), b.room(12)];
    // Units that are not there have no step.
    b.memory.floats(steps, UNITS).fill(step);
    // Sums that are all wrong, some of them small.
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

describe('products', () => {
  /** C = A B by the kernels, A read as it stands or transposed, B packed as it stands or transposed. */
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
    // A K rounded up brings zeros of B; A must be there to be read.
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

  test('A B, A as it stands or transposed, B in panels of either kind', () => {
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

  test.each([255, 256, 257, 300, 515])('a sum of %i terms, which is done in parts', (K) => {
    const A = randomMatrix(61, K, 1, 'A');
    const B = randomMatrix(K, 17, 1, 'B');
    expectClose(product(testBench(), A, B, { ofA: false, ofB: false }), multiply(A, B).data);
  });

  test('adds to what is there', () => {
    const [A, B, C] = [randomMatrix(7, 9, 1, 'A'), randomMatrix(9, 11, 1, 'B'), randomMatrix(7, 11, 1, 'C')];
    const expected = multiply(A, B).data.map((value, k) => value + C.data[k]!);
    expectClose(product(testBench(), A, B, { ofA: true, ofB: true }, C), expected);
  });
});

test('no activation is the identity', () => expect(ACTIVATIONS.identity.kernelCode).toBe(NO_ACTIVATION));

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
      const bent = place(b, matrix(rows, cols, z), LD);
      const derivatives = place(b, matrix(rows, cols), LD);
      b.kernels.activateWithDropout({
        kind: kernelCode,
        A: bent,
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
      expect(read(b, bent, rows, cols, LD)).toEqual(read(b, at, rows, cols, LD));
      const byHand = place(b, dA, LD);
      b.kernels.activationBackwardWithDropout({
        kind: kernelCode,
        A: bent,
        derivatives,
        dA: byHand,
        ld: LD,
        rows,
        cols: roundUp(cols, 4),
        keep: 1,
      });
      expectClose(read(b, byHand, rows, cols, LD), pulled);
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

describe('distortion', () => {
  const strengths = fc.record({
    shift: fc.constantFrom(0, 3, 50),
    rotate: fc.constantFrom(0, 15, 180),
    scale: fc.constantFrom(0, 0.5),
    shear: fc.constantFrom(0, 1),
    elastic: fc.constantFrom(0, 0, 2, 20),
    elasticSigma: fc.constant(2),
    width: fc.integer({ min: 2, max: 40 }),
    height: fc.integer({ min: 2, max: 40 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
  });

  test('makes the bytes of the longhand', () => {
    const property = fc.property(strengths, (distortion) => {
      const b = testBench();
      const { width, height, seed } = distortion;
      const picture = randomExamples(width * height, 2, 1, 'full', seed).pixels(0);
      const field = createDisplacementField(distortion);
      const warps = [0, 1, 2].map((iteration) => drawAffineMap(distortion, iteration, 5));
      const expected = warps.map((warp) => augmentPicture(picture, width, height, warp, field));
      const all = { key: 0, place: 0, threshold: 0 };
      const found = augmentExamples(b, [picture], warps, all, { width, height, field });
      expect(found).toEqual(expected.map((made) => runOf(b, made)));
    });
    fc.assert(property, RUNS);
  });

  test('is drawn as in the longhand, number by number', () => {
    const property = fc.property(
      strengths,
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 0, max: 1e9 }),
      (distortion, iteration, place) => {
        const b = testBench();
        const count = 3;
        const out = b.room(9 * count);
        sampleAffineMaps(b.kernels, distortion, { iteration, place, count, room: b.room(20), out });
        const drawn = [...new Int32Array(b.memory.wasm.buffer, out, 9 * count)];
        for (let k = 0; k < count; k++) {
          expect(drawn.slice(9 * k, 9 * k + 8)).toEqual(drawAffineMap(distortion, iteration, place + k));
        }
      },
    );
    fc.assert(property, RUNS);
  });
});

test('what is all but 0 becomes 0, and nothing else changes', () => {
  const b = testBench();
  const values = Float32Array.of(0, -0, 1e-31, -1e-31, 1e-40, -1e-45, 1e-29, -1e-29, 1, -1, Infinity, NaN);
  const at = b.room(values.length);
  b.memory.floats(at, values.length).set(values);
  b.kernels.flushSubnormals(at, 4 * values.length);
  const expected = [...values].map((value) => (Math.abs(value) < 1e-30 ? 0 : value));
  expect([...b.memory.floats(at, values.length)]).toEqual(expected);
});

test('a picture packed without the pixels that drop out is the run of what is left', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 800 }),
    seed,
    fc.constantFrom(0, 0.1, 0.5),
    (inputs, s, share) => {
      const b = testBench();
      const picture = randomExamples(inputs, 2, 1, 'sparse', s).pixels(0);
      const dropout = { share, seed: s, iteration: 7 };
      const D = dropoutMask(dropout, 0, inputs, 1, 5).data;
      const left = picture.map((value, i) => (D[i] ? value : 0));
      const training = { key: hashSeed(dropout, 0), place: 4, threshold: dropoutThreshold(share) };
      const [, found] = augmentExamples(b, [new Uint8Array(inputs), picture], [[], []], training);
      expect(found).toEqual(runOf(b, left));
    },
  );
  fc.assert(property, RUNS);
});

/** The bytes of a picture's run. */
function runOf(b: TestBench, picture: Uint8Array): Uint8Array {
  const inputs = picture.length;
  const at = b.memory.allocate(roundUp(inputs, 16), 'a test');
  b.memory.bytes(at, inputs).set(picture);
  const run = b.room(3 * (inputs + 8));
  return b.memory.bytes(run, b.kernels.packPicture(at, inputs, 1, run) - run).slice();
}

/** The runs of examples made of pictures, in turn, each by its warp; their labels are right. */
function augmentExamples(
  b: TestBench,
  pictures: readonly Uint8Array[],
  warps: readonly (readonly number[])[],
  { key, place, threshold }: { key: number; place: number; threshold: number },
  by?: { width: number; height: number; field: DisplacementField | undefined },
): Uint8Array[] {
  const inputs = pictures[0]!.length;
  const placed = (bytes: Uint8Array, more: number) => {
    const address = b.memory.allocate(bytes.length + more, 'a test');
    b.memory.bytes(address, bytes.length).set(bytes);
    return address;
  };
  const { length } = pictures;
  const all = placed(Uint8Array.from(pictures.flatMap((picture) => [...picture])), 16);
  const drawn = warps.flatMap((warp, k) => [
    ...[k % length, ...warp],
    ...new Array<number>(8 - warp.length).fill(0),
  ]);
  const table = placed(new Uint8Array(Int32Array.from(drawn).buffer), 0);
  const labels = placed(
    Uint8Array.from(pictures, (_, k) => 7 + k),
    0,
  );
  const [width, height] = [by?.width ?? inputs, by?.height ?? 1];
  const [picture, room] = [inputs + 16, 3 * inputs + 80].map((bytes) => b.memory.allocate(bytes, 'a test'));
  const bytes = 12 * Math.ceil(inputs / 4);
  const [runs, made] = [b.room(2 * warps.length), b.room(warps.length)];
  b.kernels.augmentExamples({
    samples: table,
    count: warps.length,
    pictures: all,
    inputs,
    labels,
    width: by ? width : 0,
    height: by ? height : 0,
    field: by?.field ? placed(new Uint8Array(by.field.displacements.buffer), 8) : 0,
    size: by?.field?.size ?? 0,
    framed: b.memory.allocate(17 * (width + 4) * (height + 4) + 64, 'a test'),
    picture: picture!,
    key,
    place,
    threshold,
    scale: 1,
    room: room!,
    groups: b.memory.allocate(bytes * warps.length, 'a test'),
    bytes,
    sparseRows: runs,
    outLabels: made,
  });
  expect([...b.memory.bytes(made, warps.length)]).toEqual(warps.map((_, k) => 7 + (k % length)));
  const addresses = b.memory.integers(runs, 2 * warps.length);
  return warps.map((_, k) =>
    b.memory.bytes(addresses[2 * k]!, addresses[2 * k + 1]! - addresses[2 * k]!).slice(),
  );
}

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

  test('a sum that is not finite shows in the loss', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    const Z = matrix(3, 4, [0, nan, infinity, 1, nan, 0, 0, 1, 0, 0, 0, 1]);
    const { losses } = answers(Z, [0, 0, 0, 0]);
    expect(losses.map(Number.isFinite)).toEqual([false, false, false, true]);
  });

  test('equal sums: the lowest class', () => {
    expect(answers(matrix(3, 1, [2, 5, 5]), [0]).classes).toEqual([1]);
    expect(answers(matrix(3, 1, [5, 5, 5]), [0]).classes).toEqual([0]);
  });
});

describe('sums over parameters and examples', () => {
  test('a sum over examples, one value per unit, by itself or added', () => {
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

  test('parts are summed in their order, and an update is W − factor · dW in 32 bits, to the last bit', () => {
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
