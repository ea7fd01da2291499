import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError, type Dataset } from '@longhand/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openData } from './open-data.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'longhand-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const TRAINING = [
  [3, 10, 20, 30, 40],
  [9, 50, 60, 70, 80],
];
const TEST = [[4, 1, 2, 3, 4]];
const CSV = `label,pixel0,pixel1,pixel2,pixel3\n${TRAINING.map((row) => row.join(',')).join('\n')}\n`;

/** An IDX file: the last byte of its magic number is how many sizes it has. */
function idx(sizes: readonly number[], body: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + body.length);
  bytes.set([0, 0, 8, sizes.length]);
  for (const [i, size] of sizes.entries()) new DataView(bytes.buffer).setUint32(4 + 4 * i, size);
  bytes.set(body, 4 + 4 * sizes.length);
  return bytes;
}
const images = (rows: number[][], height = 2) =>
  idx(
    [rows.length, height, 4 / height],
    rows.flatMap((row) => row.slice(1)),
  );
const labels = (rows: number[][]) =>
  idx(
    [rows.length],
    rows.map((row) => row[0]!),
  );

const FILES: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': images(TRAINING),
  'train-labels-idx1-ubyte': labels(TRAINING),
  't10k-images-idx3-ubyte': images(TEST),
  't10k-labels-idx1-ubyte': labels(TEST),
};

const inFolder = (name: string) => path.join(folder, name);
const write = (name: string, bytes: Uint8Array | string) => writeFileSync(inFolder(name), bytes);
const writeFour = () => {
  for (const [name, bytes] of Object.entries(FILES)) write(name, bytes);
};
const rowsOf = (dataset: Dataset) =>
  Array.from({ length: dataset.length }, (_, i) => [dataset.label(i), ...dataset.pixels(i)]);

async function refusal(name: string): Promise<string> {
  const error: unknown = await openData(name).then(
    () => expect.unreachable('the data were read'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).not.toContain('\n');
  return (error as DataError).message;
}

describe('a folder with the four IDX files', () => {
  const dotted = (name: string) => name.replace('-idx', '.idx');
  test.each<[string, (name: string) => string, (bytes: Uint8Array) => Uint8Array]>([
    ['as the originals are named', (name) => name, (bytes) => bytes],
    ['gzipped', (name) => `${name}.gz`, (bytes) => gzipSync(bytes)],
    ['with a dot', dotted, (bytes) => bytes],
    ['with a dot, gzipped', (name) => `${dotted(name)}.gz`, (bytes) => gzipSync(bytes)],
    ['gzipped without saying so', (name) => name, (bytes) => gzipSync(bytes)],
    ['unpacked but still named .gz', (name) => `${name}.gz`, (bytes) => bytes],
  ])('%s', async (_, rename, pack) => {
    for (const [name, bytes] of Object.entries(FILES)) write(rename(name), pack(bytes));
    const data = await openData(folder);
    expect(rowsOf(data.training)).toEqual(TRAINING);
    expect(rowsOf(data.test!)).toEqual(TEST);
    expect(data.name).toBe(folder);
  });

  test('the classes are numbers as far as training needs them, or have the names in classes.txt', async () => {
    writeFour();
    expect((await openData(folder)).training.classNames).toEqual([...'0123456789']);
    write('t10k-labels-idx1-ubyte', labels([[10]]));
    expect(await refusal(folder)).toContain('label 10 of example 0: expected a class from 0 to 9');
    write('classes.txt', [...'abcdefghijk'].join('\n'));
    const { training, test: tested } = await openData(folder);
    expect(training.classNames).toEqual([...'abcdefghijk']);
    expect(tested!.classNames).toEqual(training.classNames);
  });

  test('classes without names are those of the model that is asked', async () => {
    writeFour();
    const known = { width: 2, height: 2, classNames: [...'abcdefghijklm'] };
    expect((await openData(folder, known)).training.classNames).toEqual(known.classNames);
  });

  test('rows in place of pictures have two dimensions, and their name says so', async () => {
    writeFour();
    for (const [set, rows] of [
      ['train', TRAINING],
      ['t10k', TEST],
    ] as const) {
      rmSync(inFolder(`${set}-images-idx3-ubyte`));
      write(
        `${set}-images.idx2-ubyte.gz`,
        gzipSync(
          idx(
            [rows.length, 4],
            rows.flatMap((row) => row.slice(1)),
          ),
        ),
      );
    }
    const { training } = await openData(folder);
    expect([training.width, training.height]).toEqual([4, 1]);
    expect(rowsOf(training)).toEqual(TRAINING);
  });

  test('folders of the same names, as Kaggle packs them, do not get in the way', async () => {
    for (const [name, bytes] of Object.entries(FILES)) {
      mkdirSync(inFolder(name));
      write(dotted(name), bytes);
    }
    expect(rowsOf((await openData(folder)).training)).toEqual(TRAINING);
  });

  test('what is missing is named; a pair alone is a training set', async () => {
    writeFour();
    rmSync(inFolder('t10k-labels-idx1-ubyte'));
    expect(await refusal(folder)).toBe(
      `${inFolder('t10k-images-idx3-ubyte')}: the labels that belong to these pictures are missing: give both files, or their folder`,
    );
    rmSync(inFolder('t10k-images-idx3-ubyte'));
    const alone = await openData(folder);
    expect(rowsOf(alone.training)).toEqual(TRAINING);
    expect(alone.test).toBeUndefined();
    rmSync(inFolder('train-images-idx3-ubyte'));
    expect(await refusal(folder)).toContain(
      'train-labels-idx1-ubyte: these are labels: the pictures that belong to them are missing',
    );
  });

  test('one of them alone finds the others', async () => {
    writeFour();
    const { training, test: held, notes } = await openData(inFolder('train-images-idx3-ubyte'));
    expect([training.length, held!.length]).toEqual([2, 1]);
    expect(notes[0]).toContain('taken from the same folder');
    expect((await openData(inFolder('t10k-images-idx3-ubyte'))).training.length).toBe(1);
  });

  test('a damaged file is named', async () => {
    writeFour();
    write('t10k-images-idx3-ubyte', gzipSync(FILES['t10k-images-idx3-ubyte']!).subarray(0, 20));
    expect(await refusal(folder)).toContain(`${inFolder('t10k-images-idx3-ubyte')}: the gzip is cut short`);
  });

  test('pictures of two sizes do not belong together', async () => {
    writeFour();
    write('t10k-images-idx3-ubyte', images(TEST, 1));
    expect(await refusal(folder)).toContain('the training pictures are 2 × 2, the test pictures 4 × 1');
  });
});

describe('a CSV file', () => {
  test('has no test set', async () => {
    write('train.csv', CSV);
    const data = await openData(inFolder('train.csv'));
    expect(rowsOf(data.training)).toEqual(TRAINING);
    expect(data.test).toBeUndefined();
  });

  test('may be gzipped', async () => {
    write('train.csv.gz', gzipSync(CSV));
    expect(rowsOf((await openData(inFolder('train.csv.gz'))).training)).toEqual(TRAINING);
  });

  test('that is damaged is named', async () => {
    write('train.csv.gz', gzipSync(CSV).subarray(0, 30));
    expect(await refusal(inFolder('train.csv.gz'))).toContain(
      `${inFolder('train.csv.gz')}: the gzip is cut short`,
    );
    write('train.csv', CSV.replace('60', '256'));
    expect(await refusal(inFolder('train.csv'))).toContain(
      `${inFolder('train.csv')}: line 3, column 3 (pixel1)`,
    );
    write('train.csv', '');
    expect(await refusal(inFolder('train.csv'))).toContain('found an empty file');
  });
});

test('a path that leads to nothing says what was expected there', async () => {
  expect(await refusal(inFolder('nowhere'))).toBe(
    `${inFolder('nowhere')}: no such file or folder: expected a file or folder of data`,
  );
});

test('another file says what was expected and what it is; pictures without labels, that both are wanted', async () => {
  writeFour();
  write('digits.txt', 'seven');
  expect(await refusal(inFolder('digits.txt'))).toMatch(/digits\.txt: expected data \(IDX files, npz/);
  write('other', FILES['train-images-idx3-ubyte']!);
  expect(await refusal(inFolder('other'))).toContain(
    'the labels that belong to these pictures are missing: give both files, or their folder',
  );
  write('digits.csv', readFileSync(new URL('../../../../tests/fixtures/model.safetensors', import.meta.url)));
  expect(await refusal(inFolder('digits.csv'))).toMatch(/, found a safetensors file$/);
});
