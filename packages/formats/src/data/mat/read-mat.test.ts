import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fileOf } from '../../source/input-file.js';
import { readData } from '../read-data.js';

// The files were written by scipy.io.savemat (tests/fixtures/write_formats.py): in a picture of 8 × 8, pixel p of picture i is 3p + i.
const fixtures = fileURLToPath(new URL('../../../../../tests/fixtures/formats/', import.meta.url));
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${fixtures}${name}`));
const read = (name: string, bytes: Uint8Array = bytesOf(name)) => readData([fileOf(name, bytes)]);
const upright = (i: number) => Array.from({ length: 64 }, (_, p) => 3 * p + i);
const refused = (name: string, bytes: Uint8Array) =>
  expect(read(name, bytes)).rejects.toSatisfy(
    ({ name: kind, message }: Error) => kind === 'DataError' && !message.includes('\n'),
  );

describe('a MATLAB file', () => {
  test('of EMNIST’s form: upright, with the classes of its mapping, whatever it is called', async () => {
    const found = await read('emnist.mat');
    const { training, test: held } = found;
    expect(found).toMatchObject({ kind: 'mat', label: 'dataset.train.labels' });
    expect(training!.classNames).toEqual(['A', 'B', 'C']);
    expect(Array.from({ length: 6 }, (_, i) => training!.label(i))).toEqual([0, 1, 2, 0, 1, 2]);
    expect([training!.width, training!.height, held!.length]).toEqual([8, 8, 3]);
    expect([...training!.pixels(5)]).toEqual(upright(5));
    expect([...held!.pixels(2)]).toEqual(upright(2));
    expect(training!.origin).toEqual({ transposed: true });
  });

  test('whose examples are columns (mldata’s mnist-original), beside a cell array', async () => {
    const { training, notes } = await read('columns.mat');
    expect([...training!.pixels(4)]).toEqual(upright(4));
    expect(notes.join()).toContain('data: of 64 × 6 numbers, the last index counts the examples');
  });

  test('with one-hot labels, and floats of three dimensions, not packed, gzipped', async () => {
    const found = await read('one-hot.mat.gz', gzipSync(bytesOf('one-hot.mat')));
    const { training, test: held } = found;
    expect([training!.width, training!.height, held!.length]).toEqual([8, 8, 2]);
    expect(Array.from({ length: 6 }, (_, i) => training!.label(i))).toEqual([1, 2, 3, 1, 2, 3]);
    expect([...training!.pixels(3)]).toEqual(upright(3));
    expect(training!.origin).toEqual({ valueRange: [0, 1] });
  });

  test('with the examples as pages of an array, each picture column by column', async () => {
    const { training } = await read('pages.mat');
    expect([training!.width, training!.height]).toEqual([8, 8]);
    expect([...training!.pixels(2)]).toEqual(upright(2));
  });

  test('whose labels count from 1 to 10 keeps the names that it has', async () => {
    const { training, notes } = await read('from-one.mat');
    expect(training!.classNames).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(Array.from({ length: 20 }, (_, i) => training!.classNames[training!.label(i)])).toEqual(
      Array.from({ length: 20 }, (_, i) => String((i % 10) + 1)),
    );
    expect(notes.join()).toContain('in some files 10 stands for the digit 0, in others 1 does');
    const known = { width: 8, height: 8, classNames: training!.classNames };
    const again = await readData([fileOf('from-one.mat', bytesOf('from-one.mat'))], { known });
    expect(again.training!.label(9)).toBe(9);
    const digits = { ...known, classNames: [...'0123456789'] };
    await expect(
      readData([fileOf('from-one.mat', bytesOf('from-one.mat'))], { known: digits }),
    ).rejects.toThrow('label 10 of example 9: expected a class from 0 to 9');
  });

  test('with an array for each class is refused with what to do', async () => {
    await expect(read('by-class.mat')).rejects.toThrow(
      'by-class.mat: an array for each class (train0, train1, …): stack them into one array X',
    );
    await expect(readData([fileOf('usps.mat', bytesOf('usps.mat'))], { unlabeled: true })).rejects.toThrow(
      'usps.mat: data: 64 pixels × 200 examples × 3 classes: lay the classes one after the other',
    );
  });

  test('without numbers, of another version, or damaged, is refused in one line', async () => {
    await expect(read('words.mat')).rejects.toThrow('holds no arrays of numbers, but names (a cell array)');
    const later = new TextEncoder().encode(`MATLAB 7.3 MAT-file${' '.repeat(600)}`);
    await expect(read('a.mat', later)).rejects.toThrow('of version 7.3 (HDF5): save it with -v7');
    await expect(read('a.mat', new Uint8Array(64).fill(1))).rejects.toThrow('save it with -v7');
    const whole = bytesOf('emnist.mat');
    for (let length = 20; length < whole.length; length += 37) await refused('a.mat', whole.slice(0, length));
    const flipped = whole.slice();
    flipped[whole.length - 40]! ^= 1;
    await refused('a.mat', flipped);
  });

  test('that ends after its head is refused: it holds nothing', async () => {
    const head = bytesOf('emnist.mat').slice(0, 128);
    await expect(read('a.mat', head)).rejects.toThrow('holds no arrays: expected pictures and labels');
  });

  test('that unpacks to far more than data do is refused at its head', async () => {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, 14, true);
    new DataView(head.buffer).setUint32(4, 4e9, true);
    const packed = zlibSync(head);
    const file = new Uint8Array(136 + packed.length);
    file.set(bytesOf('emnist.mat').subarray(0, 128));
    new DataView(file.buffer).setUint32(128, 15, true);
    new DataView(file.buffer).setUint32(132, packed.length, true);
    file.set(packed, 136);
    await expect(read('a.mat', file)).rejects.toThrow('unpacks to 4000 MB, more than 30 times its size');
  });
});
