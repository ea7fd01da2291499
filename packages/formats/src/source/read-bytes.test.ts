import { expect, test } from 'vitest';
import { fileOf } from './input-file.js';
import { bytesOf, headOf } from './read-bytes.js';

const inParts = {
  path: 'a/b',
  size: undefined,
  async *open() {
    yield Uint8Array.of(1, 2);
    yield Uint8Array.of(3);
    yield Uint8Array.of(4, 5, 6);
  },
};

test('the head is cut or short', async () => {
  expect([...(await headOf(inParts, 4))]).toEqual([1, 2, 3, 4]);
  expect([...(await headOf(fileOf('x', Uint8Array.of(9)), 4))]).toEqual([9]);
});

test('all bytes, up to a limit', async () => {
  expect([...(await bytesOf(inParts, 6))]).toEqual([1, 2, 3, 4, 5, 6]);
  await expect(bytesOf(inParts, 5)).rejects.toThrow('a/b: is larger than 0 MB');
  await expect(bytesOf({ ...inParts, size: 7e6 }, 6e6)).rejects.toThrow('a/b: is larger than 6 MB');
});
