import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DataError, type Dataset } from '@longhand/core';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fileOf, type InputFile } from '../source/input-file.js';
import { MNIST_MEANS, MNIST_SIDE } from './orientation/mnist-means.js';
import { readData } from './read-data.js';
import type { DataOptions, ReadData } from './read-result.js';

// What people bring, each in a small file of our own.
const fixtures = fileURLToPath(new URL('../../../../tests/fixtures/', import.meta.url));
const bytesOf = (text: string) => new TextEncoder().encode(text);
const filesOf = (files: Readonly<Record<string, Uint8Array | string>>): InputFile[] =>
  Object.entries(files).map(([path, body]) => fileOf(path, typeof body === 'string' ? bytesOf(body) : body));
const read = (files: Readonly<Record<string, Uint8Array | string>>, options?: DataOptions) =>
  readData(filesOf(files), options);
const rows = (dataset: Dataset | undefined) =>
  Array.from({ length: dataset!.length }, (_, i) => [
    dataset!.classNames[dataset!.label(i)],
    ...dataset!.pixels(i),
  ]);
const told = ({ notes, warnings = [] }: ReadData) => [...notes, ...warnings].join('\n');

async function refusal(files: Readonly<Record<string, Uint8Array | string>>, options?: DataOptions) {
  const error: unknown = await read(files, options).then(
    () => expect.unreachable('the data were read'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).not.toContain('\n');
  return (error as DataError).message;
}

/** Numbers as bytes, big-endian, `size` bytes each. */
function packed(type: 'u1' | 'i2' | 'i4' | 'f4' | 'f8', values: readonly number[]): Uint8Array {
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

function idx(type: keyof typeof CODES, sizes: readonly number[], values: readonly number[]): Uint8Array {
  const head = packed('i4', [(CODES[type] << 8) + sizes.length, ...sizes]);
  return Uint8Array.from([...head, ...packed(type, values)]);
}

function npy(descr: string, shape: string, body: Uint8Array, fortran = false): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const header = bytesOf(`${text.padEnd(117)}\n`);
  return Uint8Array.from([0x93, ...bytesOf('NUMPY'), 1, 0, header.length, 0, ...header, ...body]);
}

describe('IDX', () => {
  const LABELS = idx('u1', [2], [3, 9]);

  test.each([
    ['i2', [0, 500, 1000, 250], [0, 128, 255, 64], [0, 1000]],
    ['i4', [0, 500, 1000, 250], [0, 128, 255, 64], [0, 1000]],
    ['f4', [0, 0.5, 1, 0.25], [0, 128, 255, 64], [0, 1]],
    ['f8', [-1, 0, 1, 0.5], [0, 128, 255, 191], [-1, 1]],
    ['u1', [0, 8, 16, 4], [0, 128, 255, 64], [0, 16]],
  ] as const)('numbers of type %s are scaled, said and recorded', async (type, values, pixels, range) => {
    const found = await read({ 'a-images': idx(type, [2, 1, 2], values), 'a-labels': LABELS });
    expect(rows(found.training).map(([, ...of]) => of)).toEqual([pixels.slice(0, 2), pixels.slice(2)]);
    expect(found.training!.origin).toEqual({ valueRange: range });
    expect(told(found)).toContain(`${range[0]}…${range[1]} are scaled to 0…255`.replace('-', '−'));
  });

  test('bytes stay as they are, and the record says nothing', async () => {
    const found = await read({ i: idx('u1', [2, 1, 2], [0, 200, 3, 4]), l: LABELS });
    expect(rows(found.training)).toEqual([
      ['3', 0, 200],
      ['9', 3, 4],
    ]);
    expect(found.training!.origin).toBeUndefined();
  });

  test('EMNIST is turned upright, and its labels 1…26 are letters', async () => {
    const found = await read({
      'emnist-letters-train-images-idx3-ubyte.gz': gzipSync(
        idx('u1', [2, 2, 3], [1, 2, 3, 4, 5, 200, 0, 0, 0, 0, 0, 9]),
      ),
      'emnist-letters-train-labels-idx1-ubyte.gz': gzipSync(idx('u1', [2], [1, 26])),
    });
    expect([found.training!.width, found.training!.height]).toEqual([2, 3]);
    expect(rows(found.training)).toEqual([
      ['A', 1, 4, 2, 5, 3, 200],
      ['Z', 0, 0, 0, 0, 0, 9],
    ]);
    expect(found.training!.classNames).toHaveLength(26);
    expect(found.training!.origin).toEqual({ transposed: true });
    expect(told(found)).toContain('turned upright');
  });

  test.each([
    ['emnist-byclass', 61, 'z', 62],
    ['emnist-balanced', 46, 't', 47],
    ['emnist-digits', 9, '9', 10],
    ['kmnist', 9, 'を', 10],
    ['k49', 48, 'ゝ', 49],
    ['notMNIST', 9, 'J', 10],
    ['fashion-mnist/raw/x', 9, 'Ankle boot', 10],
  ])('%s has the names of its classes', async (name, label, className, classes) => {
    const { training } = await read({
      [`${name}-train-images-idx3-ubyte`]: idx('u1', [2, 1, 1], [0, 255]),
      [`${name}-train-labels-idx1-ubyte`]: idx('u1', [2], [0, label]),
    });
    expect(training!.classNames[training!.label(1)]).toBe(className);
    expect(training!.classNames).toHaveLength(classes);
  });

  test('QMNIST: of 32-bit labels in 8 columns the first counts; train and test by their names', async () => {
    const qmnist = (part: string, digits: readonly number[]) => ({
      [`qmnist-${part}-images-idx3-ubyte`]: idx(
        'u1',
        [digits.length, 1, 1],
        digits.map(() => 255),
      ),
      [`qmnist-${part}-labels-idx2-int`]: idx(
        'i4',
        [digits.length, 8],
        digits.flatMap((digit) => [digit, 4, 2300, 7, 0, 1, 2, 90000]),
      ),
    });
    const found = await read({ ...qmnist('test', [7]), ...qmnist('train', [5, 0]) });
    expect(rows(found.training)).toEqual([
      ['5', 255],
      ['0', 255],
    ]);
    expect(rows(found.test)).toEqual([['7', 255]]);
    expect(told(found)).toContain('the first of 8 columns');
  });

  test('wrong counts, missing labels and a size that no file can have are one line', async () => {
    expect(await refusal({ i: idx('u1', [2, 1, 1], [1, 2]), l: idx('u1', [3], [1, 2, 3]) })).toBe(
      'l: 3 labels, but i has 2 pictures: do the files belong together?',
    );
    expect(await refusal({ i: idx('u1', [2, 1, 1], [1, 2]) })).toContain(
      'labels that belong to these pictures are missing',
    );
    const huge = idx('f8', [0x7fffffff, 0x7fffffff, 0x7fffffff], []);
    expect(await refusal({ i: huge, l: LABELS })).toContain('the file is cut short');
    expect(await refusal({ 'i.gz': gzipSync(huge), l: LABELS })).toContain('the file is damaged');
  });
});

describe('an IDX file alone', () => {
  const folder = {
    'd/train-images-idx3-ubyte.gz': gzipSync(idx('u1', [2, 1, 1], [1, 255])),
    'd/train-labels-idx1-ubyte.gz': gzipSync(idx('u1', [2], [3, 9])),
    'd/train-labels-idx1-ubyte': idx('u1', [2], [3, 9]),
    'd/t10k-images.idx3-ubyte': idx('u1', [1, 1, 1], [200]),
    'd/t10k-labels.idx1-ubyte': idx('u1', [1], [4]),
    'd/other-labels-idx1-ubyte': idx('u1', [2], [5, 5]),
  };
  const alone = (name: keyof typeof folder) =>
    read(
      { [name]: folder[name] },
      {
        beside: async (isWanted) =>
          filesOf(folder).filter(({ path }) => path !== name && isWanted(path.replace('d/', ''))),
      },
    );

  test('finds its labels, and of a training set the test set, in the same folder, and says so', async () => {
    const found = await alone('d/train-images-idx3-ubyte.gz');
    expect([rows(found.training), rows(found.test)]).toEqual([
      [
        ['3', 1],
        ['9', 255],
      ],
      [['4', 200]],
    ]);
    expect(found.notes[0]).toBe(
      'train-labels-idx1-ubyte, t10k-images.idx3-ubyte, t10k-labels.idx1-ubyte: taken from the same folder',
    );
    const test10k = await alone('d/t10k-labels.idx1-ubyte');
    expect([rows(test10k.training), test10k.test]).toEqual([[['4', 200]], undefined]);
  });

  test('that has none there is refused', async () => {
    await expect(alone('d/other-labels-idx1-ubyte')).rejects.toThrow(
      'pictures that belong to them are missing',
    );
  });
});

describe('pictures that lie on their side', () => {
  // The mean pictures of MNIST's digits, as they are or transposed.
  const side = MNIST_SIDE;
  const drawn = (from: (x: number, y: number) => number) =>
    MNIST_MEANS.flatMap((mean) =>
      Array.from({ length: side * side }, (_, at) => mean[from(at % side, Math.floor(at / side))]!),
    );
  const digits = idx('u1', [10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const warnings = async (pixels: readonly number[]) =>
    (await read({ i: idx('u1', [10, side, side], pixels), l: digits })).warnings ?? [];

  test('are a warning with what to do; upright ones are none', async () => {
    expect(await warnings(drawn((x, y) => y * side + x))).toEqual([]);
    expect((await warnings(drawn((x, y) => x * side + y))).join()).toMatch(
      /^the digits look transposed: .*turn them upright first \(for EMNIST, put emnist-digits into the name/,
    );
    expect((await warnings(drawn((x, y) => y * side + x).map((value) => 255 - value))).join()).toContain(
      'invert them first',
    );
  });

  test('and are EMNIST’s letters by their number are a warning, unless the name says so', async () => {
    const letters = {
      'my-images': new Uint8Array(16 + 20_800 * 784),
      'my-labels': new Uint8Array(8 + 20_800).fill(26),
    };
    letters['my-images'].set(idx('u1', [20_800, 28, 28], []));
    letters['my-labels'].set(idx('u1', [20_800], []));
    letters['my-labels'][8] = 1;
    // Its labels begin with 1, so a file must name the classes.
    const names = Array.from({ length: 27 }, (_, label) => `letter ${label}`).join('\n');
    expect((await read({ ...letters, 'classes.txt': names })).warnings!.join()).toContain(
      'put emnist-letters into the name of the files',
    );
    const named = {
      'emnist-letters-images': letters['my-images'],
      'emnist-letters-labels': letters['my-labels'],
    };
    expect((await read(named)).warnings ?? []).toEqual([]);
  });
});

describe('npz', () => {
  const X = packed('u1', [0, 200, 3, 4, 5, 6, 7, 255]);
  const y = Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0);

  test('Keras has a training and a test set in one file', async () => {
    const found = await read({
      'mnist.npz': zipSync({
        'x_train.npy': npy('|u1', '(2, 2, 2)', X),
        'y_train.npy': npy('<i4', '(2,)', y),
        'x_test.npy': [npy('|u1', '(1, 2, 2)', X.slice(0, 4)), { level: 0 }],
        'y_test.npy': npy('<i4', '(1,)', y.slice(4)),
      }),
    });
    expect(rows(found.training)).toEqual([
      ['1', 0, 200, 3, 4],
      ['2', 5, 6, 7, 255],
    ]);
    expect(rows(found.test)).toEqual([['2', 0, 200, 3, 4]]);
    expect(found).toMatchObject({ kind: 'npz', label: 'y_train' });
  });

  test('arrays in Fortran’s order, of big-endian floats, of words', async () => {
    const floats = packed('f4', [0, 0.2, 0.4, 1]);
    const words = packed(
      'i4',
      ['b', 'a'].map((letter) => letter.charCodeAt(0)),
    );
    const found = await read({
      'x.npz': zipSync({
        'X.npy': npy('>f4', '(2, 1, 2)', floats, true),
        'y.npy': npy('>U1', '(2,)', words),
      }),
    });
    expect(rows(found.training)).toEqual([
      ['b', 0, 102],
      ['a', 51, 255],
    ]);
  });

  test('a folder of npy files, and a zip of a folder, are the same', async () => {
    const files = { 'd/X.npy': npy('|u1', '(2, 2, 2)', X), 'd/y.npy': npy('<i4', '(2,)', y) };
    const direct = await read(files);
    expect(rows((await read({ 'a.zip': zipSync(files) })).training)).toEqual(rows(direct.training));
  });

  test('Kuzushiji-49 has an array without a name in each of four files', async () => {
    const file = (shape: string, body: Uint8Array) => zipSync({ 'arr_0.npy': npy('|u1', shape, body) });
    const { training, test: held } = await read({
      'k49/k49-train-imgs.npz': file('(2, 2, 2)', X),
      'k49/k49-train-labels.npz': file('(2,)', Uint8Array.of(48, 0)),
      'k49/k49-test-imgs.npz': file('(1, 2, 2)', X.slice(0, 4)),
      'k49/k49-test-labels.npz': file('(1,)', Uint8Array.of(1)),
    });
    expect(training!.classNames).toHaveLength(49);
    expect([rows(training), rows(held)]).toEqual([
      [
        ['ゝ', 0, 200, 3, 4],
        ['あ', 5, 6, 7, 255],
      ],
      [['い', 0, 200, 3, 4]],
    ]);
  });

  test('a header that claims more than there is, and objects, are refused', async () => {
    const claims = { 'X.npy': npy('<f8', '(4000000000, 28, 28)', X), 'y.npy': npy('<i4', '(2,)', y) };
    expect(await refusal({ 'a.npz': zipSync(claims) })).toContain('cut short');
    expect(await refusal({ 'n.npz': zipSync({ 'X.npy2': X, 'Y.npy.txt': X }) })).toContain('n.npz');
    expect(await refusal({ 'o.npy': npy('|O', '(2,)', X) })).toContain("Python's objects");
  });
});

describe('tables', () => {
  const IRIS = '5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n6.4,3.2,Iris-versicolor\n';

  test.each<[string, string, string, readonly string[], RegExp]>([
    [
      'no header',
      'a.csv',
      IRIS,
      ['Iris-setosa', 'Iris-versicolor'],
      /no header.*\n.*"3" \(the only column of words\)/,
    ],
    [
      'semicolons and decimal commas',
      'a.csv',
      'a;b;kind\n1,5;2;x\n2,5;3;y\n',
      ['x', 'y'],
      /semicolons.*\n.*decimal commas/,
    ],
    ['tabs', 'a.tsv', 'a\tb\tlabel\n1.5\t2\tx\n2\t3\ty\n', ['x', 'y'], /tabs stand between/],
    [
      'counts in front',
      'a.csv',
      '3,2,ape,bee\n1.5,2,0\n3,4,1\n5,6,0\n',
      ['ape', 'bee'],
      /counts the rows and names the classes: ape, bee/,
    ],
    [
      'a count alone in front',
      'a.csv',
      '3\n1.5 2 0\n3 4 1\n5 6.5 0\n',
      ['0', '1'],
      /its first line, 3, counts the rows/,
    ],
    [
      'quoted names',
      'a.csv',
      '"a","b","label"\n"1","2.5","x, y"\n"3","4","z"\n',
      ['x, y', 'z'],
      /"label" \(by its name\)/,
    ],
    [
      'an outcome',
      'a.csv',
      'age,sex,score,outcome\n20,0,1.5,0\n30,1,2.5,1\n',
      ['0', '1'],
      /"outcome" \(by its name\)/,
    ],
    ['y is no label beside x', 'a.csv', 'x,y,group\n1.5,2,0\n3,4,1\n', ['0', '1'], /"group" \(by its name\)/],
    [
      'names of rows',
      'a.csv',
      ',a,label\n0,1.5,x\n1,2.5,y\n',
      ['x', 'y'],
      /numbers the rows and is left out/,
    ],
  ])('%s', async (_, name, text, classNames, note) => {
    const found = await read({ [name]: text });
    expect(found.training!.classNames).toEqual(classNames);
    expect(told(found)).toMatch(note);
  });

  test.each([
    ['utf-16le with a mark', Buffer.from('\ufefflabel,a\nä,1\nb,200\n', 'utf16le')],
    ['utf-16le without', Buffer.from('label,a\nä,1\nb,200\n', 'utf16le')],
    ['utf-16be', Buffer.from('\ufefflabel,a\nä,1\nb,200\n', 'utf16le').swap16()],
    ['latin1', Buffer.from('label,a\nä,1\nb,200\n', 'latin1')],
    ['utf-8 with a mark', Buffer.from('\ufefflabel,a\nä,1\nb,200\n')],
  ])('text in %s', async (_, bytes) => {
    const { training } = await read({ 'a.csv': new Uint8Array(bytes) });
    expect(rows(training).map(([label]) => label)).toEqual(['ä', 'b']);
  });

  test('one-hot labels behind 0 and 1 with spaces between (semeion)', async () => {
    const row = (i: number) => [
      ...Array.from({ length: 64 }, (_, k) => ((i * 7 + k * k) % 3 === 0 ? '1.0000' : '0.0000')),
      ...Array.from({ length: 10 }, (_, k) => (k === i % 10 ? 1 : 0)),
    ];
    const text = Array.from({ length: 40 }, (_, i) => `${row(i).join(' ')} \n`).join('');
    const found = await read({ 'semeion.data': text });
    const { training } = found;
    expect([training!.width, training!.height, training!.length]).toEqual([8, 8, 40]);
    expect(Array.from({ length: 12 }, (_, i) => training!.label(i))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1,
    ]);
    expect(training!.pixels(0)[0]).toBe(255);
    expect(training!.origin).toEqual({ valueRange: [0, 1] });
    expect(told(found)).toContain('the labels are the last 10 columns');
  });

  test('Kaggle’s header by rows and columns', async () => {
    const { training } = await read({
      'a.csv': 'label,1x1,1x2,1x3,2x1,2x2,2x3\n7,0,255,3,4,5,6\n1,9,8,7,6,5,4\n',
    });
    expect([training!.width, training!.height]).toEqual([3, 2]);
    expect(training!.classNames).toHaveLength(10);
    expect([...training!.pixels(0)]).toEqual([0, 255, 3, 4, 5, 6]);
  });

  test('digits of 0…16 (scikit-learn) and 0…1 are scaled, and a label found by its place is a warning', async () => {
    const pixels = (i: number, most: number) =>
      Array.from({ length: 64 }, (_, k) => ((i + k) % 17) / (16 / most));
    const text = (most: number) =>
      Array.from({ length: 30 }, (_, i) => [...pixels(i, most), i % 10].join(',')).join('\n');
    const found = await read({ 'digits.csv': text(16) });
    expect(found.training!.origin).toEqual({ valueRange: [0, 16] });
    expect(found.training!.pixels(0)[16]).toBe(255);
    expect(found.warnings!.join()).toContain('taken from the last column, "65"');
    const ones = await read({ 'digits.csv': text(1) });
    expect(ones.training!.origin).toEqual({ valueRange: [0, 1] });
    expect([...ones.training!.pixels(3)]).toEqual([...found.training!.pixels(3)]);
  });

  test('--label and --ignore choose columns; a column that numbers the rows is a warning', async () => {
    const text = `id,a,b\n${Array.from({ length: 12 }, (_, i) => `${i + 1},${(i % 5) * 1.5},${i % 3}`).join('\n')}`;
    const found = await read({ 'a.csv': text }, { label: 'b' });
    expect(found.label).toBe('b');
    expect(told(found)).toContain('"b" (as asked for)');
    expect(found.warnings!.join()).toContain('--ignore id');
    const without = await read({ 'a.csv': text }, { label: 'b', ignore: ['id'] });
    expect(without.training!.features!.map(({ name }) => name)).toEqual(['a']);
    expect(without.warnings).toEqual([]);
    expect(await refusal({ 'a.csv': text }, { label: 'c' })).toContain('no column "c"');
  });

  test.each([
    ['id', [4, 9, 11, 12, 30, 41, 42, 55, 61, 70, 71, 99], 'numbers the rows (whole numbers in order)'],
    [
      'PassengerId',
      [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99],
      'numbers the rows (whole numbers, all different)',
    ],
    [
      'row_index',
      [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99],
      'numbers the rows (whole numbers, all different)',
    ],
    ['id', [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 4], undefined],
    ['id', [4.5, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99], undefined],
    ['acid', [4, 1, 9, 3, 30, 7, 8, 55, 61, 2, 71, 99], undefined],
  ])('a column %s that may be a number of the row: %j', async (name, ids, warning) => {
    const text = `${name},a,label\n${ids.map((id, i) => `${id},${(i % 5) * 1.5},${i % 3}`).join('\n')}`;
    const { warnings = [] } = await read({ 'a.csv': text });
    if (warning === undefined) expect(warnings).toEqual([]);
    else
      expect(warnings.join()).toContain(
        `${warning}, which tells nothing about new ones: leave it out with --ignore ${name}`,
      );
  });

  test.each([
    [
      'nan',
      'label,a\nnan,1\n1,2\n',
      'line 2, column 1 (label): expected a label, an integer or a word, found nan',
    ],
    ['nothing', 'label,a\n,1\n1,2\n', 'found nothing'],
    ['an escape code', 'label,a\n\u001b[31mred,1\nb,2\n', 'which has control characters'],
    [
      'two columns of words',
      'name,city,a\nx,y,1\nz,w,2\n',
      'hold words: say which are the labels with --label',
    ],
    [
      'a missing value',
      'label,a,b\nx,1,2\ny,,3\n',
      'line 3, column 2 (a): expected a finite number, found nothing',
    ],
  ])('a label or value that is %s is refused', async (_, text, message) => {
    expect(await refusal({ 'a.csv': text })).toContain(message);
  });

  test('values that are no bytes are read twice, and never kept', async () => {
    let opened = 0;
    const text = bytesOf(`label,a,b\n${'x,1.5,2\ny,2.5,1e3\n'.repeat(3000)}`);
    const file: InputFile = {
      path: 'a.csv',
      size: text.length,
      async *open() {
        opened++;
        for (let at = 0; at < text.length; at += 1000) yield text.subarray(at, at + 1000);
      },
    };
    const { training } = await readData([file]);
    // Its kind, its encoding, its first lines, the ranges, the bytes.
    expect(opened).toBe(5);
    expect(rows(training).slice(0, 2)).toEqual([
      ['x', 0, 0],
      ['y', 255, 255],
    ]);
    expect(training!.pixels(0).buffer.byteLength).toBe(2 * 6000);
  });
});

describe('a model asked with other data', () => {
  const known = { width: 2, height: 1, classNames: ['3', '9'] };
  const labels = idx('u1', [2], [3, 9]);

  test('of another range hears of it', async () => {
    const found = await read(
      { i: idx('u1', [2, 1, 2], [0, 1, 1, 0]), l: labels },
      { known: { ...known, classNames: [...'0123456789'] } },
    );
    expect(told(found)).toContain("the values are 0…1, but the model's data had 0…255");
    const scaled = { ...known, classNames: [...'0123456789'], origin: { valueRange: [0, 16] as const } };
    const same = await read({ i: idx('u1', [2, 1, 2], [0, 8, 4, 0]), l: labels }, { known: scaled });
    expect(rows(same.training).map(([, ...pixels]) => pixels)).toEqual([
      [0, 128],
      [64, 0],
    ]);
    expect(told(same)).toBe('');
  });

  test('of another orientation hears of it', async () => {
    const upright = { ...known, classNames: [...'0123456789'], origin: { transposed: true as const } };
    const found = await read({ i: idx('u1', [2, 1, 2], [0, 200, 4, 0]), l: labels }, { known: upright });
    expect(told(found)).toContain('turned upright on the way in');
  });

  test('of other columns or classes is refused', async () => {
    const table = {
      ...known,
      features: [
        { name: 'a', min: 0, max: 1 },
        { name: 'b', min: 0, max: 1 },
      ],
    };
    expect(await refusal({ 'a.csv': 'label,a,b,c\n3,1,2,3\n' }, { known: table })).toContain(
      '"c" was not trained on',
    );
    expect(await refusal({ 'a.csv': 'label,a,b\nx,1,2\n' }, { known: table })).toContain(
      'expected a label that was trained on (3, 9), found "x"',
    );
  });
});

describe('Parquet', () => {
  const parquet = (name: string) => new Uint8Array(readFileSync(`${fixtures}formats/${name}`));

  test('pictures and the names of their classes, as Hugging Face has them', async () => {
    const found = await read({
      'train-0.parquet': parquet('pictures.parquet'),
      'test-0.parquet': parquet('pictures.parquet'),
    });
    expect(found).toMatchObject({ kind: 'parquet', label: 'label' });
    expect(found.training!.classNames).toEqual(['zero', 'one', 'two']);
    expect([found.training!.length, found.test!.length, found.training!.width]).toEqual([12, 12, 8]);
    expect([...found.training!.pixels(1).subarray(0, 4)]).toEqual([0, 4, 8, 12]);
  });

  test('columns of numbers and words', async () => {
    const { training } = await read({ 'plain.parquet': parquet('plain.parquet') });
    expect(training!.classNames).toEqual(['iris', 'lily', 'rose']);
    expect(training!.features).toEqual([
      { name: 'length', min: 0.5, max: 14.25 },
      { name: 'width', min: 0, max: 4 },
    ]);
  });
});

test.each<[string, Uint8Array | string, string]>([
  ['a.csv', '<!DOCTYPE html><html><body>404</body></html>', 'found a web page (a download that failed?)'],
  [
    'train-images-idx3-ubyte',
    'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
    'a Git LFS pointer: fetch the real file with git lfs pull',
  ],
  [
    'a.xlsx',
    zipSync({ '[Content_Types].xml': bytesOf('x'), 'xl/workbook.xml': bytesOf('x') }),
    'a document of Excel or Office: save it as CSV',
  ],
  ['a.mat', `MATLAB 7.3 MAT-file${' '.repeat(600)}`, 'a MATLAB file of version 7.3 (HDF5): save it with -v7'],
  ['a.h5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a), 'an HDF5 file'],
  ['a.pt', zipSync({ 'model/data.pkl': bytesOf('x') }), 'a PyTorch checkpoint'],
  [
    'a.pkl',
    Uint8Array.of(0x80, 4, 0x95, 0),
    'a pickle of Python (.pkl, .joblib, an old .pt): a pickle can run programs',
  ],
  ['a.onnx', Uint8Array.of(8, 7, 0x12, 7, ...bytesOf('pytorch')), 'an ONNX model'],
  ['a.pdf', '%PDF-1.7', 'a PDF document'],
  ['a.7z', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), 'a 7z archive: unpack it'],
  ['a.tar', `${'a'.repeat(257)}ustar`, 'a tar archive'],
  ['a.json', '{"a": 1}', 'a JSON file'],
  ['a.csv', '', 'an empty file'],
])('%s that is something else is named, with what to do', async (name, body, message) => {
  expect(await refusal({ [name]: body })).toContain(message);
});

test('a zip that unpacks to far more than data do is refused before anything is unpacked', async () => {
  const bomb = zipSync({ 'a.csv': new Uint8Array(3e6) }, { level: 1 });
  // In its directory, the size of the file is 24 bytes behind the signature.
  const directory = Buffer.from(bomb).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  new DataView(bomb.buffer).setUint32(directory + 24, 300e6, true);
  expect(await refusal({ 'a.zip': bomb })).toContain('unpacks to 300 MB, more than 30 times its size');
});
