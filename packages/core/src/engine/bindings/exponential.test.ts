import { describe, expect, test } from 'vitest';
import { Memory } from '../layout/memory.js';
import { instantiateKernels } from './instantiate-kernels.js';
import { kernelCode } from './kernel-code.js';
import { kernelsOf } from './kernels-of.js';

// exp and log compared with 64-bit floats, in units in the last place (ulp) of the true value, densely over
// all values that occur.

const memory = new Memory(false);
const kernels = kernelsOf(instantiateKernels(memory.wasm, false, kernelCode()));
/** Values tried at a time. */
const BATCH = 1 << 16;
const from = memory.allocate(4 * BATCH, 'values');
const to = memory.allocate(4 * BATCH, 'results');

type Kernel = 'expAll' | 'logAll';

function applied(kernel: Kernel, values: readonly number[]): number[] {
  memory.floats(from, BATCH).set(values);
  kernels[kernel](from, to, Math.ceil(values.length / 4) * 4);
  return [...memory.floats(to, values.length)];
}

/** The distance between 32-bit floats at a number's size; 2⁻¹⁴⁹ among the subnormal ones. */
function ulp(value: number): number {
  const size = Math.abs(value);
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** The largest error, in ulp, over every `step`-th float between two positive ones, each times `sign`. */
function worst(kernel: Kernel, truth: (x: number) => number, range: [number, number], sign = 1): number {
  const bits = new Uint32Array(Float32Array.from(range).buffer);
  const step = 61;
  let largest = 0;
  for (let first = bits[0]!; first <= bits[1]!; first += step * BATCH) {
    const count = Math.min(BATCH, Math.ceil((bits[1]! + 1 - first) / step));
    const x = new Float32Array(Uint32Array.from({ length: BATCH }, (_, k) => first + k * step).buffer);
    for (let k = 0; k < BATCH; k++) x[k]! *= sign;
    memory.floats(from, BATCH).set(x);
    kernels[kernel](from, to, BATCH);
    const found = memory.floats(to, BATCH);
    for (let k = 0; k < count; k++) {
      const exact = truth(x[k]!);
      largest = Math.max(largest, Math.abs(found[k]! - exact) / ulp(exact));
    }
  }
  return largest;
}

describe('exp', () => {
  test('from −104 to 0, what softmax, sigmoid and tanh ask for: within 2 ulp', () => {
    expect(worst('expAll', Math.exp, [2 ** -40, 104], -1)).toBeLessThanOrEqual(2);
  });

  test('from 0 to 88: within 2 ulp', () => {
    expect(worst('expAll', Math.exp, [2 ** -40, 88])).toBeLessThanOrEqual(2);
  });

  test('is exact at 0, 0 far below, never negative, and lets NaN through', () => {
    expect(applied('expAll', [0, -0, -120, -1e30, Number.NEGATIVE_INFINITY])).toEqual([1, 1, 0, 0, 0]);
    expect(applied('expAll', [Number.NaN])[0]).toBeNaN();
  });
});

describe('log', () => {
  test('from 1 to 256, sums of softmax over as many classes as there may be: within 2 ulp', () => {
    expect(worst('logAll', Math.log, [1, 256])).toBeLessThanOrEqual(2);
  });

  test('over all normal floats: within 2 ulp', () => {
    expect(worst('logAll', Math.log, [2 ** -126, 1 - 2 ** -24])).toBeLessThanOrEqual(2);
    expect(worst('logAll', Math.log, [256, 3.4e38])).toBeLessThanOrEqual(2);
  });

  test('is 0 at 1, and lets NaN and ∞ through', () => {
    const [atOne, atNaN, atInfinity] = applied('logAll', [1, Number.NaN, Number.POSITIVE_INFINITY]);
    expect(atOne).toBe(0);
    expect(atNaN).toBeNaN();
    expect(atInfinity).toBe(Number.POSITIVE_INFINITY);
  });
});
