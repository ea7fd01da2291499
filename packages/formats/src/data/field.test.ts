import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { bytesOf, fixtures, idx, read, refusal, rows, told } from './field.test.support.js';
import { MNIST_MEANS, MNIST_SIDE } from './orientation/mnist-means.js';

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
    'pointer.csv',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 12345\n`,
    'a Git LFS pointer: fetch the real file with git lfs pull',
  ],
  ['page.csv', '<!DOCTYPE html>\n<p>a, b\n<p>c, d\n</html>\n', 'a web page'],
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
