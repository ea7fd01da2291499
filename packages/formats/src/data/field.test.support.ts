import { fileURLToPath } from 'node:url';
import { DataError, type Dataset } from '@longhand/core';
import { expect } from 'vitest';
import { fileOf, type InputFile } from '../source/input-file.js';
import { readData } from './read-data.js';
import type { DataOptions, ReadData } from './read-result.js';

// What people bring, each in a small file of our own.
export const fixtures = fileURLToPath(new URL('../../../../tests/fixtures/', import.meta.url));
export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const filesOf = (files: Readonly<Record<string, Uint8Array | string>>): InputFile[] =>
  Object.entries(files).map(([path, body]) => fileOf(path, typeof body === 'string' ? bytesOf(body) : body));
export const read = (files: Readonly<Record<string, Uint8Array | string>>, options?: DataOptions) =>
  readData(filesOf(files), options);
export const rows = (dataset: Dataset | undefined) =>
  Array.from({ length: dataset!.length }, (_, i) => [
    dataset!.classNames[dataset!.label(i)],
    ...dataset!.pixels(i),
  ]);
export const told = ({ notes, warnings = [] }: ReadData) => [...notes, ...warnings].join('\n');

export async function refusal(files: Readonly<Record<string, Uint8Array | string>>, options?: DataOptions) {
  const error: unknown = await read(files, options).then(
    () => expect.unreachable('the data were read'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).not.toContain('\n');
  return (error as DataError).message;
}

/** Numbers as bytes, big-endian, `size` bytes each. */
export function packed(type: 'u1' | 'i2' | 'i4' | 'f4' | 'f8', values: readonly number[]): Uint8Array {
  const size = Number(type[1]);
  const view = new DataView(new ArrayBuffer(size * values.length));
  for (const [i, value] of values.entries()) {
    if (type === 'u1') view.setUint8(i, value);
    if (type === 'i2') view.setInt16(size * i, value);
    if (type === 'i4') view.setInt32(size * i, value);
    if (type === 'f4') view.setFloat32(size * i, value);
    if (type === 'f8') view.setFloat64(size * i, value);
  }
  return new Uint8Array(view.buffer);
}

const CODES = { u1: 0x08, i2: 0x0b, i4: 0x0c, f4: 0x0d, f8: 0x0e } as const;

export function idx(
  type: keyof typeof CODES,
  sizes: readonly number[],
  values: readonly number[],
): Uint8Array {
  const head = packed('i4', [(CODES[type] << 8) + sizes.length, ...sizes]);
  return Uint8Array.from([...head, ...packed(type, values)]);
}

export function npy(descr: string, shape: string, body: Uint8Array, fortran = false): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const header = bytesOf(`${text.padEnd(117)}\n`);
  return Uint8Array.from([0x93, ...bytesOf('NUMPY'), 1, 0, header.length, 0, ...header, ...body]);
}
