import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModel } from '@longhand/core';
import { createRandom } from '@longhand/core/maths';
import { decodePicture } from '@longhand/formats/pictures';
import { mnistTest } from '@longhand/mnist';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtimes/repository.js';
import { COMMAND, longhand, startProgram, temporaryFolder } from './command.js';

const { composePage } = await import(path.join(ROOT, 'scripts/pages/compose-page.js'));
const { measurePages } = await import(path.join(ROOT, 'scripts/pages/measure-pages.js'));

const MODEL = fileURLToPath(new URL('../../../packages/studio/models/draw.safetensors', import.meta.url));
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const read = (...args: string[]) => longhand(['read', MODEL, ...args], folder);

beforeAll(async () => {
  writeFileSync(at('damaged.png'), 'hello');
  const kind = { paper: 'plain', content: 'telephone', isPhoto: false, touching: 0 };
  const { picture } = composePage(await mnistTest(), createRandom(3, 'a number'), kind);
  writeFileSync(at('number.png'), encode({ ...picture, depth: 8 }));
  writeFileSync(
    at('blank.png'),
    encode({ width: 60, height: 60, channels: 1, depth: 8, data: new Uint8Array(3600).fill(255) }),
  );
});

describe('longhand read', () => {
  test('prints a line for each line, and the same as JSON with boxes and probabilities', async () => {
    const { code, stdout, stderr } = await read('number.png', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[-\d ]{6,}\n/);
    const [page] = JSON.parse((await read('number.png', '--json', '--quiet')).stdout);
    expect(`${page.text}\n`).toBe(stdout);
    const { width } = await decodePicture(readFileSync(at('number.png')), 'number.png');
    for (const { box, digit, sign, probabilities } of page.lines[0].marks) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(probabilities).toHaveLength(10);
      expect(digit === null).toBe(sign !== null);
    }
  });

  test('without a model, that of the page Draw answers, which is said', async () => {
    const named = await read('number.png', '--quiet');
    const unnamed = await longhand(['read', 'number.png'], folder);
    expect([unnamed.code, unnamed.stdout]).toEqual([0, named.stdout]);
    expect(unnamed.stderr).toContain('longhand: no model was given: that of the page Draw answers');
    const piped = startProgram(
      'sh',
      ['-c', `cat number.png | "$0" "$1" read - --quiet`, process.execPath, COMMAND],
      folder,
    );
    expect(await piped.ended).toMatchObject({ code: 0, stdout: named.stdout });
    const predicted = await longhand(['predict', 'number.png', '--quiet'], folder);
    expect(predicted).toEqual(await longhand(['predict', MODEL, 'number.png', '--quiet'], folder));
  });

  test.each([
    [[], 'pass the pictures to read'],
    [[MODEL], `pass the pictures to read after the model ${MODEL}`],
    [['missing.png'], 'missing.png: no such file: expected a picture'],
    [['missing'], 'missing: no such file: expected a picture'],
    [
      ['damaged.png'],
      'damaged.png: expected a picture (PNG, JPEG, WebP, BMP or GIF), found bytes that begin 0x68656c6c6f',
    ],
    [['.'], '.: is a folder: expected a picture'],
    [[''], 'the name of a file is empty: expected a picture'],
  ])('%j is one line and exit code 2', async (args, line) => {
    const { code, stdout, stderr } = await longhand(['read', ...args, '--quiet'], folder);
    expect([code, stdout, stderr]).toEqual([2, '', `longhand: ${line}\n`]);
  });

  test('--out writes the picture with boxes', async () => {
    const { code, stdout } = await read('number.png', '--out', 'marked.png');
    expect(code).toBe(0);
    expect(stdout).toContain('Saved the marked picture to marked.png');
    const marked = await decodePicture(readFileSync(at('marked.png')), 'marked.png');
    const before = await decodePicture(readFileSync(at('number.png')), 'number.png');
    expect([marked.width, marked.height]).toEqual([before.width, before.height]);
  });

  test('a file that cannot be read is named, and the others are read', async () => {
    const { code, stdout, stderr } = await read('blank.png', 'number.png', 'missing.png', '--quiet');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^number\.png:\n[-\d ]{6,}\n/);
    expect(stderr).toContain('blank.png: no digit found');
    expect(stderr).toContain('missing.png: no such file');
    const strict = await read('blank.png', 'number.png', '--strict', '--quiet');
    expect([strict.code, strict.stdout]).toEqual([2, '']);
    const many = await read('number.png', 'number.png', '--out', 'marked.png');
    expect([many.code, many.stderr]).toEqual([
      2,
      expect.stringContaining('--out marked.png: takes one picture'),
    ]);
  });

  test('predict says that there are several digits', async () => {
    const { stdout } = await longhand(['predict', MODEL, 'number.png', '--quiet'], folder);
    expect(stdout).toMatch(/there are \d+ digits on it: longhand read reads them all/);
    const [answer] = JSON.parse((await longhand(['predict', MODEL, 'number.png', '--json'], folder)).stdout);
    expect(answer.digits).toBeGreaterThan(5);
  });
});

test('model.read gives the same text as the command', async () => {
  const model = await loadModel(readFileSync(MODEL));
  const { text, lines } = await model.read(await decodePicture(readFileSync(at('number.png')), 'number.png'));
  expect(`${text}\n`).toBe((await read('number.png', '--quiet')).stdout);
  expect(lines[0]!.marks[0]!.pixels).toHaveLength(784);
});

test('on composed pages of test digits, nearly all are found in order and read', async () => {
  const model = await loadModel(readFileSync(MODEL));
  const { sum } = measurePages(await mnistTest(), model, { pages: 1, seed: 50, touching: 0 });
  expect(sum.digits).toBeGreaterThan(400);
  expect(sum.found / sum.digits).toBeGreaterThan(0.97);
  expect(sum.apartRight / sum.apart).toBeGreaterThan(0.94);
});
