import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeModel } from '@longhand/core/files';
import type { ElementHandle, Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from '../cli/command.js';
import { IRIS, irisNetwork } from '../iris-network.js';
import { choose, click, find, namesOf } from './controls.js';
import { waitForDownload } from './downloads.js';
import { draw, STROKES } from './drawing.js';
import { type Dropped, drop, dropAtOnce } from './dropping.js';
import { testDigits } from './reference-implementation.js';
import { inBrowsers } from './studio.js';
import { train } from './training.js';
import { textOf, waitFor, waitForText } from './wait-for.js';

const folder = temporaryFolder();
const file = path.join(folder, 'of-the-command.safetensors');
const FORMATS = new URL('../../fixtures/formats/', import.meta.url);
const ANSWER = 'section[aria-labelledby=answer-title]';

interface Figures {
  readonly accuracy: number;
  readonly loss: number;
  readonly confusion: number[][];
}
let hash: string;
let figures: Figures;

beforeAll(async () => {
  const trained = await longhand(
    ['train', '--hidden', '12', '--iterations', '25', '--out', file, '--json', '--quiet'],
    folder,
  );
  hash = JSON.parse(trained.stdout).parametersSha256;
  figures = await evaluated(file);
});

describe('the user’s own files', () => {
  inBrowsers((open) => {
    test('a model from the command is opened, evaluated and saved again with the same figures', async (context) => {
      const { page, downloads } = await open(context, { at: 'draw' });
      await click(page, 'button', /^Open/);
      const chooser = (await page.$(
        'input[type=file][aria-label="Choose files …"]',
      )) as ElementHandle<HTMLInputElement>;
      await chooser.uploadFile(file);
      expect(await waitForText(page, '.notification', /./)).toMatch(
        new RegExp(`^of-the-command.safetensors: a network of 784 → 12 → 10, parameters ${hash.slice(0, 8)}`),
      );
      await choose(page, 'model', 'of-the-command');
      await waitForText(page, 'main', /784 → 12 ReLU → 10/);

      await click(page, 'button', /^Open/);
      await click(page, 'button', 'Save the model of-the-command');
      const saved = await waitForDownload(downloads, new RegExp(`${hash.slice(0, 8)}\\.safetensors$`));
      expect(await evaluated(saved)).toEqual(figures);
    });

    test('a corrupt model gets one clear line, and nothing is lost', async (context) => {
      const { page } = await open(context, { at: 'draw' });
      const good = readFileSync(file);
      await drop(page, [{ name: 'good.safetensors', bytes: good }]);
      await waitForText(page, '.notification', /^good.safetensors: a network/);
      await choose(page, 'model', 'good');
      await draw(page, STROKES[0]!);
      const before = await digitRead(page);

      for (const [name, bytes] of [
        ['cut-short.safetensors', good.subarray(0, good.length - 100)],
        ['half.safetensors', good.subarray(0, 300)],
        ['noise.safetensors', Buffer.from(Array.from({ length: 5000 }, (_, k) => (k * 7919) % 256))],
        ['empty.safetensors', new Uint8Array()],
      ] as const) {
        await drop(page, [{ name, bytes }]);
        const told = await waitForText(page, '[role=alert]', new RegExp(name));
        expect(told).toMatch(/^\S+: ./);
        expect(told).not.toMatch(/undefined|\[object|at .*:\d+:\d+/);
      }
      expect(await digitRead(page)).toBe(before);
      await click(page, 'button', 'Close this message');
      await click(page, 'button', /^Open/);
      expect((await namesOf(page, 'button')).filter((name) => name.startsWith('Save the model'))).toEqual([
        'Save the model good',
      ]);
    });

    test('a model that is dropped as soon as the page exists is opened', async (context) => {
      const studio = await open(context);
      await dropAtOnce(studio.page, [{ name: 'early.safetensors', bytes: readFileSync(file) }]);
      await studio.visit('draw');
      await waitForText(studio.page, '.notification', /^early.safetensors: a network/);
    });

    test('a truncated dataset gets one clear line, and the digits in use stay', async (context) => {
      const { page } = await open(context, { at: 'board?digit=test:7&entry=X[402,0]' });
      await waitForText(page, '[data-entry]', /=/);
      const [images, labels] = smallSet(60);
      for (const [why, files] of [
        ['images', [{ ...images, bytes: images.bytes.subarray(0, 30_000) }, labels]],
        ['labels', [images, { ...labels, bytes: labels.bytes.subarray(0, 20) }]],
        ['missing', [images]],
        ['csv', [{ name: 'cut.csv', bytes: Buffer.from('label,pixel0,pixel1\n5,0,0\n3,0') }]],
      ] as const) {
        await drop(page, files);
        const told = await waitForText(page, '[role=alert]', /./);
        expect(told, why).toMatch(/^\S+: ./);
        expect(told, why).not.toMatch(/undefined|\[object|at .*:\d+:\d+/);
        await click(page, 'button', 'Close this message');
      }
      await waitForText(page, '[data-entry]', /=/);
      await click(page, 'button', /^Open/);
      expect(await textOf(page, 'dialog')).toMatch(/current data ?MNIST/);
    });

    test('the user’s own dataset is trained on, and closed again', async (context) => {
      const { page } = await open(context, { at: 'train?iterations=10' });
      await drop(page, smallSet(300));
      expect(await waitForText(page, '.notification', /training examples/)).toMatch(
        /257 training examples, 43 test examples, 10 classes/,
      );
      const { figures: shown } = await train(page);
      expect(shown.training).toMatch(/of 232$/);
      expect(shown.test).toMatch(/of 43$/);
      await click(page, 'button', /^Open/);
      await click(page, 'button', 'Back to MNIST');
      await waitForText(page, 'dialog', /MNIST [\d,]+ training examples/);
      await find(page, 'button', 'Close');
    });

    test('pictures of several formats, with the class in each name, are read; one that is none is named', async (context) => {
      const { page } = await open(context, { at: 'train' });
      const formats = ['baseline.jpg', 'lossy.webp', '8-bit.bmp', 'palette.gif', 'reference.png', 'cmyk.jpg'];
      const files = formats.map((name, k) => ({
        name: `${k % 2}_${10 + k}.${name.split('.')[1]}`,
        bytes: readFileSync(new URL(name, FORMATS)),
      }));
      await drop(page, [...files, { name: '0_99.png', bytes: Buffer.from('no picture') }]);
      const told = await waitForText(page, '.notification', /training examples/);
      expect(told).toMatch(/^your files: 5 training examples, 1 test example, 2 classes\./);
      expect(told).toContain(
        '1 of 7 pictures could not be read and is left out: 0_99.png: expected a picture',
      );
      expect(told).toContain('The class of a picture is the first part of its name');
    });

    test('a zip of pictures and the arrays of an npz are read', async (context) => {
      const { page } = await open(context, { at: 'train' });
      for (const [name, told] of [
        ['classes.zip', /^classes: 7 training examples, 1 test example, 2 classes\./],
        ['keras.npz', /^keras: 8 training examples, 4 test examples, (\d+ of 10|\d+) classes\./],
      ] as const) {
        await drop(page, [{ name, bytes: readFileSync(new URL(name, FORMATS)) }]);
        await waitForText(page, '.notification', told);
      }
    });

    test('a table of numbers with named classes is trained on, and the command reads the model', async (context) => {
      const { page, downloads } = await open(context, { at: 'train?iterations=300&alpha=1' });
      await drop(page, [{ name: 'iris.csv', bytes: readFileSync(IRIS) }]);
      expect(await waitForText(page, '.notification', /training examples/)).toMatch(
        /iris: 129 training examples, 21 test examples, 3 classes/,
      );
      await train(page);
      await click(page, 'button', /^Open/);
      const [save] = (await namesOf(page, 'button')).filter((name) =>
        name.startsWith('Save the model 4-10-3'),
      );
      await click(page, 'button', save!);
      const saved = await waitForDownload(downloads, /^longhand-4-10-3-.*\.safetensors$/);
      const { classNames, features } = decodeModel(readFileSync(saved), saved).record;
      expect(classNames).toEqual(['setosa', 'versicolor', 'virginica']);
      expect(features![0]).toEqual({ name: 'sepal length (cm)', min: 4.3, max: 7.9 });
      const args = ['evaluate', saved, '--data', fileURLToPath(IRIS), '--json'];
      const { code, stdout, stderr } = await longhand(args, folder);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout).accuracy).toBeGreaterThan(0.8);
    });

    test('a network of another program for a table is as accurate as there, on every table that is dropped', async (context) => {
      const { page } = await open(context, { at: 'examine' });
      const { bytes, right } = irisNetwork();
      const table = readFileSync(IRIS);
      await drop(page, [{ name: 'flowers.safetensors', bytes }]);
      await waitForText(page, '.notification', /^flowers.safetensors: a network of 4 → 3/);
      // For MNIST, another model is shown, and named.
      const isOther = () => {
        const { value } = document.querySelector<HTMLSelectElement>('.model-menu select')!;
        return value !== '' && !value.startsWith('own ');
      };
      await waitFor(page, 'a model for MNIST', isOther, []);
      await drop(
        page,
        ['iris-train.csv', 'iris-test.csv'].map((name) => ({ name, bytes: table })),
      );
      await waitForText(
        page,
        '.notification',
        /flowers takes the columns of your files as the numbers that they are, .*; its classes are taken to be setosa, versicolor, virginica, in this order\./,
      );
      expect(right).toBe(147);
      await waitForText(page, '.figures-line', /accuracy ?98\.00% ?balanced.*mistakes ?3 ?loss/);
      // The next table has wider columns: the network is fitted to it from what was opened.
      const wider = Buffer.concat([table, Buffer.from('20,10,20,10,virginica\n')]);
      await drop(
        page,
        ['iris-train.csv', 'iris-test.csv'].map((name) => ({ name, bytes: wider })),
      );
      await waitForText(page, '.figures-line', /accuracy ?98\.01% ?balanced.*mistakes ?3 ?loss/);
    });
  });
});

/** The command's figures for a model on the test digits. */
async function evaluated(model: string): Promise<Figures> {
  const { code, stdout, stderr } = await longhand(['evaluate', model, '--json'], folder);
  expect(code, stderr).toBe(0);
  const { accuracy, loss, confusion } = JSON.parse(stdout) as Figures;
  return { accuracy, loss, confusion };
}

/** Test digits as two IDX files. */
function smallSet(count: number): [images: Dropped, labels: Dropped] {
  const digits = testDigits(0, count);
  const header = (...words: number[]) => {
    const bytes = Buffer.alloc(4 * words.length);
    for (const [k, word] of words.entries()) bytes.writeUInt32BE(word, 4 * k);
    return bytes;
  };
  return [
    {
      name: 'own-images-idx3-ubyte',
      bytes: Buffer.concat([header(0x803, count, 28, 28), ...digits.map(({ pixels }) => pixels)]),
    },
    {
      name: 'own-labels-idx1-ubyte',
      bytes: Buffer.concat([header(0x801, count), Uint8Array.from(digits, ({ label }) => label)]),
    },
  ];
}

/** The answer of Draw's model to the drawing. */
async function digitRead(page: Page): Promise<string> {
  return /\d/.exec(await waitForText(page, ANSWER, /^the answer ?\d/))![0];
}
