import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createNetwork } from '../maths/network.js';
import { type FileFormat, formatByName, HEAD_BYTES, recognizeFile } from './file-format.js';
import { FILE_FORMATS } from './file-formats.js';
import { encodeModel } from './model.js';

const model = encodeModel({
  network: createNetwork({ layers: [4, 2] }),
  record: { width: 2, height: 2, classNames: ['0', '1'], pixelScale: 1, settings: {}, results: {} },
});
const checkpoint = new TextEncoder().encode(
  '________{"__metadata__":{"sha256":"00","format":"longhand checkpoint 2"}}',
);
const idx = (dimensions: number) => Uint8Array.of(0, 0, 8, dimensions, 0, 0, 0, 1);
const text = (content: string) => new TextEncoder().encode(content);
const CSV = text('label,pixel0\n1,2\n');

/** The bytes, cut after the third. */
const inTwo = (bytes: Uint8Array) =>
  async function* () {
    yield bytes.subarray(0, 3);
    yield bytes.subarray(3);
  };
const recognize = (bytes: Uint8Array, name: string, formats: readonly FileFormat[] = FILE_FORMATS) =>
  recognizeFile(formats, inTwo(bytes), name);
const nameOf = async (bytes: Uint8Array, name: string) => (await recognize(bytes, name)).format?.name;

describe('content comes first', () => {
  test.each<[string, Uint8Array, string]>([
    ['idx-images', idx(3), 'anything'],
    ['idx-images', idx(2), 'rows.csv'],
    ['idx-labels', idx(1), 'train-images-idx3-ubyte'],
    ['model', model, 'best.bin'],
    ['model', model, 'digits.csv'],
    ['checkpoint', checkpoint, 'run.safetensors'],
  ])('%s', async (format, bytes, name) => {
    expect(await nameOf(bytes, name)).toBe(format);
    expect(await nameOf(gzipSync(bytes), name)).toBe(format);
    expect(await nameOf(gzipSync(bytes), `${name}.gz`)).toBe(format);
  });
});

describe('the name decides', () => {
  test.each<[string | undefined, string]>([
    ['csv', 'digits.csv'],
    ['csv', 'DIGITS.CSV'],
    [undefined, 'digits.txt'],
    [undefined, 'my-images-idx3-ubyte/digits.txt'],
    ['idx-images', 'train-images.idx3-ubyte'],
    ['idx-labels', 'train-labels-idx1-ubyte'],
  ])('%s for %s, where content says nothing', async (format, name) => {
    expect(await nameOf(CSV, name)).toBe(format);
    expect(await nameOf(gzipSync(CSV), `${name}.gz`)).toBe(format);
  });

  test('between formats whose signatures both fit', async () => {
    const row = { kind: 'labels', label: 'labels', hasSignature: () => true, read: () => CSV } as const;
    const formats: FileFormat[] = [
      { ...row, name: 'first', fileName: /\.first$/ },
      { ...row, name: 'second', fileName: /\.second$/ },
    ];
    expect((await recognize(CSV, 'x.second', formats)).format?.name).toBe('second');
    expect((await recognize(CSV, 'x', formats)).format?.name).toBe('first');
  });

  test('of an empty file', async () => {
    expect(await nameOf(new Uint8Array(), 'digits.csv')).toBe('csv');
    expect(await nameOf(new Uint8Array(), 'digits')).toBeUndefined();
  });
});

test('a recognized file is read from its start, unpacked', async () => {
  const { format, chunks } = await recognize(gzipSync(CSV), 'digits.csv.gz');
  expect(format?.kind).toBe('dataset');
  if (format?.kind !== 'dataset') return;
  const dataset = await format.read(chunks(), 'digits.csv.gz');
  expect([dataset.length, dataset.label(0), dataset.pixels(0)[0]]).toEqual([1, 1, 2]);
});

test('a damaged gzip is named', async () => {
  const packed = gzipSync(CSV);
  await expect(recognize(packed.subarray(0, packed.length - 12), 'digits.csv.gz')).rejects.toThrow(
    'digits.csv.gz: the gzip is cut short',
  );
});

test('only the head of a long file is read', async () => {
  let read = 0;
  const chunks = async function* () {
    for (; read < 100; read++) yield new Uint8Array(HEAD_BYTES / 2);
  };
  await recognizeFile(FILE_FORMATS, chunks, 'long.csv');
  expect(read).toBeLessThan(3);
});

test('a model and a checkpoint are written by the row that reads them', async () => {
  const row = FILE_FORMATS.find(({ name }) => name === 'model')!;
  if (row.kind !== 'model') expect.unreachable('the row of models');
  expect(row.write(row.read(model, 'm'))).toEqual(model);
  const fixture = new URL('../../../../tests/fixtures/model.safetensors', import.meta.url);
  expect(await nameOf(readFileSync(fixture), 'foreign')).toBe('model');
});

test('no two rows have the same name, and every name is of a file that the row would take', () => {
  expect(new Set(FILE_FORMATS.map(({ name }) => name)).size).toBe(FILE_FORMATS.length);
  for (const [file, name] of [
    ['a.csv', 'csv'],
    ['a.gz', 'gzip'],
    ['a.safetensors', 'model'],
  ] as const)
    expect(formatByName(FILE_FORMATS, file)?.name).toBe(name);
});
