import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mnistTest } from '@longhand/mnist';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

// Answers to data without labels, in the form of Kaggle's competitions, and to pictures of any format.
const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const MODEL = fileURLToPath(new URL('../../../packages/studio/models/draw.safetensors', import.meta.url));
/** The first digits of MNIST's test set. */
const DIGITS = [7, 2, 1, 0, 4];
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const predict = (...args: string[]) => longhand(['predict', MODEL, ...args], folder);

beforeAll(async () => {
  const digits = await mnistTest();
  const pixels = DIGITS.map((_, k) => [...digits.pixels(k)]);
  const header = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, DIGITS.length, 0, 0, 0, 28, 0, 0, 0, 28);
  writeFileSync(at('images-idx3-ubyte'), Buffer.concat([header, Uint8Array.from(pixels.flat())]));
  const names = Array.from({ length: 784 }, (_, k) => `pixel${k}`).join(',');
  writeFileSync(at('test.csv'), `${names}\n${pixels.map((row) => row.join(',')).join('\n')}\n`);
  mkdirSync(at('scans'));
  for (const [k, data] of pixels.entries()) {
    const picture = { width: 28, height: 28, channels: 1, depth: 8, data: Uint8Array.from(data) } as const;
    writeFileSync(at(`scans/scan ${k}.png`), encode(picture));
  }
});

describe('data without labels', () => {
  test.each(['images-idx3-ubyte', 'test.csv'])('%s: an answer a row, counted from 1', async (data) => {
    const { code, stdout, stderr } = await predict('--data', data, '--out', 'submission.csv');
    expect([code, stderr.split('\n')[0]]).toEqual([0, expect.stringMatching(`^Data: ${data} \\(`)]);
    expect(stdout).toBe('Saved 5 answers to submission.csv\n');
    expect(readFileSync(at('submission.csv'), 'utf8')).toBe('ImageId,Label\n1,7\n2,2\n3,1\n4,0\n5,4\n');
  });

  test('without --out the same goes to standard output', async () => {
    const { stdout } = await predict('--data', 'images-idx3-ubyte', '--quiet');
    expect(stdout).toBe('ImageId,Label\n1,7\n2,2\n3,1\n4,0\n5,4\n');
  });

  test('a folder of pictures: an answer a file, and a column for each class', async () => {
    const { code, stdout } = await predict('--data', 'scans', '--probabilities');
    expect(code).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toBe('File,Label,0,1,2,3,4,5,6,7,8,9');
    for (const [k, row] of rows.entries()) {
      const [file, label, ...probabilities] = row.split(',');
      expect([file, Number(label)]).toEqual([`scans/scan ${k}.png`, DIGITS[k]]);
      expect(probabilities.reduce((sum, one) => sum + Number(one), 0)).toBeCloseTo(1, 5);
    }
    expect(rows).toHaveLength(5);
  });

  test('as JSON', async () => {
    const { stdout } = await predict('--data', 'images-idx3-ubyte', '--json');
    const { model, data, answers } = JSON.parse(stdout) as {
      model: string;
      data: object;
      answers: { index: number; digit: number; probabilities: number[] }[];
    };
    expect(model).toMatch(/\.safetensors$/);
    expect(data).toMatchObject({ kind: 'idx', label: null, warnings: [] });
    expect(answers.map(({ digit }) => digit)).toEqual(DIGITS);
    expect(answers.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  });

  test('of another size is refused in one line', async () => {
    writeFileSync(
      at('small-images-idx3-ubyte'),
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 9, 9),
    );
    const { code, stderr } = await predict('--data', 'small-images-idx3-ubyte', '--out', 'none.csv');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^longhand: small-images-idx3-ubyte: .*, but \S+ takes pictures of 28 × 28\n$/);
    expect(readdirSync(folder)).not.toContain('none.csv');
  });
});

describe('--out', () => {
  test.each([
    ['the data', 'test.csv', 'test.csv'],
    ['a picture of the data', 'scans', 'scans/scan 1.png'],
  ])('never replaces %s', async (_, data, out) => {
    const before = readFileSync(at(out));
    const { code, stderr } = await predict('--data', data, '--out', out);
    expect(code).toBe(2);
    expect(stderr).toContain(`${out}: is read, and would be overwritten`);
    expect(readFileSync(at(out)).equals(before)).toBe(true);
  });

  test('is checked before the data are read', async () => {
    const { code, stderr } = await predict('--data', 'nowhere', '--out', 'no/such/file.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('no/such/file.csv: cannot save the answers');
  });
});

test('pictures of every format, under any name, beside one that is none', async () => {
  for (const name of ['baseline.jpg', 'turned-6.jpg', 'lossy.webp', '24-bit.bmp', 'palette.gif'])
    copyFileSync(`${fixtures}formats/${name}`, at(name));
  copyFileSync(`${fixtures}formats/cmyk.jpg`, at('seven.png'));
  copyFileSync(`${fixtures}formats/lossy.webp`, at('seven.jfif'));
  writeFileSync(at('photo.heic'), '\0\0\0\x18ftypheic\0\0\0\0');
  const files = ['baseline.jpg', 'turned-6.jpg', 'lossy.webp', '24-bit.bmp', 'palette.gif'];
  const { code, stdout, stderr } = await predict(
    ...files,
    'seven.png',
    'seven.jfif',
    'photo.heic',
    '--quiet',
  );
  expect(code).toBe(2);
  expect(stderr).toBe('longhand: photo.heic: a HEIC picture: save it as JPEG or PNG\n');
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(7);
  for (const line of lines) expect(line).toMatch(/^\S+: 7 \(/);
});

test('a folder of pictures with a corrupt one is trained on without it; --strict stops', async () => {
  for (const digit of [0, 1]) mkdirSync(at(`classes/${digit}`), { recursive: true });
  for (const k of Array(12).keys())
    copyFileSync(at(`scans/scan ${k % 2 === 0 ? 3 : 2}.png`), at(`classes/${k % 2}/${k}.png`));
  writeFileSync(at('classes/0/bad.png'), 'no picture');
  const args = ['--data', 'classes', '--quiet'];
  const { stdout, stderr } = await predict(...args, '--out', 'classes.csv');
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /1 of 13 pictures could not be read and is left out: classes\/0\/bad\.png: expected a picture/,
  );
  expect(readFileSync(at('classes.csv'), 'utf8').split('\n')).toHaveLength(14);
  const strict = await predict(...args, '--strict', '--out', 'strict.csv');
  expect([strict.code, strict.stderr]).toEqual([
    2,
    expect.stringMatching(/^longhand: classes\/0\/bad\.png: /),
  ]);
});
