import { DataError } from '@longhand/core/errors';
import { expect, test } from 'vitest';
import { readBytes, unreadable } from './read-bytes.js';

const failure = (code: string) => Object.assign(new Error(`${code}: what the system says`), { code });

test.each([
  ['ENOENT', 'no such file: expected a PNG picture'],
  ['EISDIR', 'is a folder: expected a PNG picture'],
  ['EACCES', 'you have no permission to read it: expected a PNG picture'],
  ['EIO', 'cannot be read (EIO): expected a PNG picture'],
])('%s is one line that names the file', (code, message) => {
  const error = unreadable(failure(code), '7.png', 'a PNG picture') as DataError;
  expect(error).toBeInstanceOf(DataError);
  expect(error.message).toBe(`7.png: ${message}`);
});

test('an error that is not of the file system stays what it is', () => {
  const ours = new TypeError('a defect');
  expect(unreadable(ours, '7.png', 'a PNG picture')).toBe(ours);
  const data = new DataError('7.csv: line 3');
  expect(unreadable(data, '7.csv', 'a CSV file')).toBe(data);
});

test('a missing file', async () => {
  await expect(readBytes('no/such/7.png', 'a PNG picture')).rejects.toThrow('no/such/7.png: no such file');
});
