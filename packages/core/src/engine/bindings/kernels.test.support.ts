// What the tests of the kernels share: kernels on a memory of their own, and matrices in it.
import fc from 'fast-check';
import { expect } from 'vitest';
import { type Matrix, matrix } from '../../maths/matrix.js';
import { createRandom } from '../../random.js';
import { largestDifference, numberOfCases, PROPERTY_SEED } from '../cases.test.support.js';
import { Memory } from '../layout/memory.js';
import { BLOCK_EXAMPLES } from '../layout/plan.js';
import { instantiateKernels } from './instantiate-kernels.js';
import { kernelCode } from './kernel-code.js';
import type { Kernels } from './kernels.js';
import { kernelsOf } from './kernels-of.js';

const TOLERANCE = 1e-5;
/** Options of the property tests. */
export const RUNS = { seed: PROPERTY_SEED, numRuns: numberOfCases(60) };

export const width = fc.integer({ min: 1, max: 70 });
export const batch = fc.integer({ min: 1, max: BLOCK_EXAMPLES });
export const seed = fc.nat();

/** Kernels on a memory of their own. */
export interface TestBench {
  readonly memory: Memory;
  readonly kernels: Kernels;
  room(floats: number): number;
}

export function testBench(): TestBench {
  const memory = new Memory(false);
  const kernels = kernelsOf(instantiateKernels(memory.wasm, false, kernelCode()));
  return { memory, kernels, room: (floats) => memory.allocate(4 * floats, 'a test') };
}

/** Uniform in [−1, 1), 24 bits each, so that 32-bit and 64-bit floats hold the same numbers. */
export function randomMatrix(rows: number, cols: number, seedOf: number, name: string): Matrix {
  const random = createRandom(seedOf, name);
  return matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * random.uniform() - 1),
  );
}

/** Writes a matrix with rows `ld` bytes apart, into space for `roomRows` rows. Returns its address. */
export function place(
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

/** Reads a matrix with rows `ld` bytes apart. */
export function read(
  { memory }: TestBench,
  at: number,
  rows: number,
  cols: number,
  ld: number,
): Float64Array {
  const floats = memory.floats(at, (rows * ld) / 4);
  return Float64Array.from(
    { length: rows * cols },
    (_, k) => floats[(Math.floor(k / cols) * ld) / 4 + (k % cols)]!,
  );
}

export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(largestDifference(found, expected)).toBeLessThan(TOLERANCE);
}
