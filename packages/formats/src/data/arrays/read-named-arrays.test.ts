import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { encodeNpy } from '../../models/arrays/npy.js';
import { writeNamedArrays } from '../../models/arrays/write-named-arrays.js';
import { fileOf } from '../../source/input-file.js';
import { readNamedArrays } from './read-named-arrays.js';

const open = (files: Record<string, Uint8Array>) => readNamedArrays(fileOf('a.npz', zipSync(files)));

test('what is written is read again, with its shape', async () => {
  const arrays = new Map([
    ['W1', { shape: [2, 3], values: Float64Array.of(1, 2, 3, 4, 5.5, -1e-300) }],
    ['alpha', { shape: [], values: Float64Array.of(0.1) }],
  ]);
  expect(await readNamedArrays(fileOf('a.npz', writeNamedArrays(arrays)))).toEqual(arrays);
});

test('arrays in the order of Fortran are turned, of two dimensions and of three', async () => {
  const bytes = Uint8Array.from({ length: 6 }, (_, k) => k);
  const fortran = (shape: number[]) => {
    const file = encodeNpy('|u1', shape, bytes);
    const text = new TextDecoder('latin1')
      .decode(file)
      .replace("'fortran_order': False", "'fortran_order': True ");
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  };
  const arrays = await open({ 'two.npy': fortran([2, 3]), 'three.npy': fortran([1, 2, 3]) });
  expect([...arrays.get('two')!.values]).toEqual([0, 2, 4, 1, 3, 5]);
  expect([...arrays.get('three')!.values]).toEqual([0, 2, 4, 1, 3, 5]);
});

test.each([
  ['<i2', [1, 0, 255, 255], [1, -1]],
  ['>i2', [0, 1, 255, 255], [1, -1]],
  ['<f2', [0, 60, 0, 192], [1, -2]],
  ['|b1', [1, 0], [1, 0]],
])('numbers of the type %s', async (type, bytes, values) => {
  const arrays = await open({ 'a.npy': encodeNpy(type, [2], Uint8Array.from(bytes)) });
  expect([...arrays.get('a')!.values]).toEqual(values);
});

test("Python's objects are refused: nothing is executed", async () => {
  const file = encodeNpy('|O', [1], new Uint8Array(8));
  await expect(open({ 'Z1.npy': file })).rejects.toThrow(/array of Python's objects/);
});
