import { matrix, multiply } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { lazyMatrix } from './lazy-matrix.js';

const entry = (row: number, column: number) => 10 * row + column;
const lazy = () => lazyMatrix(3, 4, entry);
const VALUES = [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23];

test('has the entries, the length and the shape of a full matrix', () => {
  const { rows, cols, data } = lazy();
  expect([rows, cols, data.length]).toEqual([3, 4, 12]);
  expect(VALUES.map((_, i) => data[i])).toEqual(VALUES);
  expect([data[12], data[-1], data[0.5]]).toEqual([undefined, undefined, undefined]);
});

test('computes only the entries that are read', () => {
  const read: [number, number][] = [];
  const { data } = lazyMatrix(1000, 1000, (row, column) => {
    read.push([row, column]);
    return 0;
  });
  expect(data[1_002]).toBe(0);
  expect(read).toEqual([[1, 2]]);
});

test('methods see every entry', () => {
  const { data } = lazy();
  expect([...data]).toEqual(VALUES);
  expect(data.every((value) => value < 23)).toBe(false);
  expect(data.some((value) => value === 23)).toBe(true);
  expect(Array.from(data.map((value) => value + 1))).toEqual(VALUES.map((value) => value + 1));
  expect(data.reduce((sum, value) => sum + value)).toBe(VALUES.reduce((sum, value) => sum + value));
  expect([...data.subarray(4, 6)]).toEqual([10, 11]);
  expect(data.indexOf(21)).toBe(9);
  expect(data.byteLength).toBe(96);
  expect(data).toBeInstanceOf(Float64Array);
});

test('takes part in the maths like any other matrix', () => {
  const one = matrix(2, 3, [1, 2, 3, 4, 5, 6]);
  expect(multiply(one, lazy())).toEqual(multiply(one, matrix(3, 4, VALUES)));
});

test('cannot be written to', () => {
  expect(() => {
    lazy().data[0] = 1;
  }).toThrow(TypeError);
});
