import { DataError } from '@longhand/core/errors';
import { expect, test } from 'vitest';
import { fileOf, type InputFile } from './input-file.js';
import { readAhead } from './read-ahead.js';

test('each file’s bytes or its error, in any pass over them; small files are opened ahead', async () => {
  let opened = 0;
  const file = (k: number, size: number): InputFile => ({
    path: `${k}`,
    size,
    async *open() {
      opened++;
      if (k === 3) throw new DataError('3: gone');
      yield Uint8Array.of(k);
    },
  });
  const files = Array.from({ length: 100 }, (_, k) => file(k, k === 5 ? 1e9 : 1));
  const read = readAhead(files, 2e9);
  expect([...(await read(0))]).toEqual([0]);
  expect(opened).toBe(31);
  for (let k = 1; k < files.length; k++) {
    if (k === 3) await expect(read(k)).rejects.toThrow('3: gone');
    else expect([...(await read(k))]).toEqual([k]);
  }
  expect(opened).toBe(100);
});

test('the limit holds', async () => {
  await expect(readAhead([fileOf('a', new Uint8Array(9))], 5)(0)).rejects.toThrow('a: is larger than');
});
