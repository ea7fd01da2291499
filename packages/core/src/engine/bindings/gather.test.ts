import fc from 'fast-check';
import { describe, test } from 'vitest';
import { matrix } from '../../maths/matrix.js';
import { multiply, transpose } from '../../maths/matrix-products.js';
import { type Density, randomExamples } from '../cases.test.support.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, roundUp } from '../layout/plan.js';
import {
  batch,
  expectClose,
  place,
  RUNS,
  randomMatrix,
  seed,
  type TestBench,
  testBench,
  width,
} from './kernels.test.support.js';

/** Packs pictures as sparse rows. Returns X, inputs × examples, as bytes. */
function packed(
  b: TestBench,
  inputs: number,
  examples: number,
  density: Density,
  seedOf: number,
  scale: number,
) {
  const dataset = randomExamples(inputs, 3, examples, density, seedOf);
  const pictures = b.memory.allocate(inputs * examples, 'a test');
  const row = b.memory.allocate(roundUp(inputs, 16), 'a test');
  const sparseRows = b.memory.allocate(8 * examples, 'a test');
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
    sparseRows: sparseRows,
  });
  return { X, sparseRows };
}

describe.each([
  { name: 'gather2', vectors: 2 },
  { name: 'gather10', vectors: 3 },
  { name: 'gather8', vectors: 8 },
] as const)('the gather, $name', ({ name, vectors }) => {
  const units = 4 * vectors;
  const rowBytes = 16 * vectors;
  const densities = fc.constantFrom<Density>('blank', 'full', 'sparse', 'sparse');
  // Of rows of 12, gather10 uses 10. The other two are 0 in its operands and its results.
  const known = name === 'gather10' ? 10 : units;
  const random = (rows: number, s: number, what: string) => {
    const matrix = randomMatrix(rows, units, s, what);
    for (let at = 0; at < matrix.data.length; at++) if (at % units >= known) matrix.data[at] = 0;
    return matrix;
  };
  // gather10 finds a row by its offset in bytes, the others by its number.
  const scale = vectors === 3 ? rowBytes : 1;

  test('forward: value · weight over the pixels that are not 0 is W X', () => {
    const property = fc.property(width, batch, densities, seed, (inputs, examples, density, s) => {
      const b = testBench();
      const { X, sparseRows } = packed(b, inputs, examples, density, s, scale);
      const W = random(inputs, s, 'W');
      const out = b.room(units * examples);
      b.kernels[name](sparseRows, examples, place(b, W, rowBytes), out, false);
      expectClose(b.memory.floats(out, units * examples), multiply(transpose(X), W).data);
    });
    fc.assert(property, RUNS);
  });

  test('backward: the transposed rows give X dZᵀ, and can be added to what is there', () => {
    const property = fc.property(
      width,
      batch,
      densities,
      seed,
      fc.boolean(),
      (inputs, examples, density, s, tight) => {
        const b = testBench();
        const { X, sparseRows } = packed(b, inputs, examples, density, s, scale);
        const counts = b.room(inputs);
        const capacity = tight ? 0 : BLOCK_EXAMPLES / 4;
        const groups = b.kernels.countTransposed({
          sparseRows: sparseRows,
          count: examples,
          inputs,
          scale,
          counts,
        });
        const home = b.memory.allocate((tight ? groups : inputs * capacity) * GROUP_BYTES, 'a test');
        const transposedRows = b.memory.allocate(8 * inputs, 'a test');
        b.kernels.transposeRows({
          sparseRows: sparseRows,
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
