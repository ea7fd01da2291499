import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createNetwork, type ModelRecord } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { explain, parseReference, writeOut } from '@longhand/core/explain';
import { decodeModel, encodeModel } from '@longhand/core/files';
import { forward } from '@longhand/core/maths';
import { mnistTest } from '@longhand/mnist';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const RECORD: ModelRecord = {
  width: 28,
  height: 28,
  classNames: [...'0123456789'],
  pixelScale: 1 / 255,
  settings: { alpha: 0.25 },
  results: {},
};

beforeAll(() => {
  for (const [name, layers] of [
    ['board', [784, 10, 10]],
    ['deep', [784, 12, 8, 6, 10]],
  ] as const) {
    const network = createNetwork({ layers, seed: 4 });
    writeFileSync(path.join(folder, `${name}.safetensors`), encodeModel({ network, record: RECORD }));
  }
});

const modelOf = (name: string) =>
  decodeModel(readFileSync(path.join(folder, `${name}.safetensors`)), name).network;
const ask = (...args: string[]) => longhand(['explain', ...args], folder);

describe('--json', () => {
  test.each([
    ['board', 'Z1[8]'],
    ['board', 'A2[3]'],
    ['deep', 'dW2[7,11]'],
    ['deep', 'dZ1[5]'],
    ['deep', 'J'],
    ['deep', 'W4[9,5]'],
  ])('%s %s: the data that core gives, for that digit of the test set', async (name, entry) => {
    const { code, stdout, stderr } = await ask(`${name}.safetensors`, entry, '--index', '115', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const network = modelOf(name);
    const { X, Y } = toDesignMatrix(await mnistTest(), [115]);
    const explanation = explain(network, { X, Y, alpha: 0.25 }, parseReference(entry, network, 1));
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ model: `${name}.safetensors`, written: writeOut(explanation) });
    expect(document.examples).toEqual([{ index: 115, label: 4 }]);
    expect(document.explanation).toEqual(JSON.parse(JSON.stringify(explanation)));
  });

  test('several examples are columns in their order', async () => {
    const { stdout } = await ask('board.safetensors', 'Z2[3,2]', '--index', '9,3,115', '--json');
    const { entry, examples, explanation } = JSON.parse(stdout);
    expect(entry).toBe('Z2[3,2]');
    expect(examples.map(({ index }: { index: number }) => index)).toEqual([9, 3, 115]);
    const { Z } = forward(modelOf('board'), toDesignMatrix(await mnistTest(), [115]).X);
    expect(explanation).toMatchObject({ m: 3, value: Z[1]!.data[3] });
  });

  test('--alpha is the learning rate of an update', async () => {
    const update = async (...flags: string[]) =>
      JSON.parse((await ask('board.safetensors', 'b2[4]', '--index', '0', '--json', ...flags)).stdout)
        .explanation;
    const [own, typed] = [await update(), await update('--alpha', '2')];
    expect([own.alpha, typed.alpha]).toEqual([0.25, 2]);
    expect(typed.value).toBe(typed.old.value - 2 * own.gradient.value);
  });
});

describe('in words', () => {
  test('the equation, the largest terms (with the rest and the bias they add up to the value) and pictures', async () => {
    const { code, stdout } = await ask('board.safetensors', 'Z1[8]', '--index', '115');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^The weighted sum of unit 8 in layer 1 for example 115 \(a 4\):\n−?[0-9.]+\n\nz¹₈ = w¹₈,/,
    );
    expect(stdout).toMatch(/\(111\s+terms; 673\s+blank\) \+ b¹₈\n {4}= /);
    const rows = [...stdout.matchAll(/^ {2}(?:w¹₈,[₀-₉]+·a⁰[₀-₉]+|99 others|b¹₈) .*?([+−][0-9.]+)( |$)/gm)];
    expect(rows).toHaveLength(12 + 1 + 1);
    const total = rows.reduce((sum, [, value]) => sum + Number(value!.replace('−', '-')), 0);
    const value = Number(stdout.split('\n')[1]!.replace('−', '-'));
    expect(total).toBeCloseTo(value, 2);
    expect(stdout).toMatch(/example 115 +weight · pixel/);
    expect(stdout).toMatch(/^ +−[0-9.]+ ≣≡=-░▒▓█ \+[0-9.]+$/m);
  });

  test.each(['80', '120'])('within %s columns', async (COLUMNS) => {
    process.env.COLUMNS = COLUMNS;
    try {
      const entries = [
        'X[402]',
        'Y[4]',
        'Z1[8]',
        'A4[3]',
        'J',
        'dZ3[2]',
        'dW1[8,402]',
        'db2[4]',
        'W1[8,402]',
        'b4[4]',
      ];
      for (const index of ['115', '115,9,3']) {
        for (const entry of entries) {
          const { code, stdout } = await ask('deep.safetensors', entry, '--index', index);
          expect(code, entry).toBe(0);
          for (const line of stdout.split('\n'))
            expect([...line].length, entry).toBeLessThan(Number(COLUMNS));
        }
      }
    } finally {
      delete process.env.COLUMNS;
    }
  });

  test('the weights, too, if there is room', async () => {
    process.env.COLUMNS = '120';
    try {
      const { stdout } = await ask('board.safetensors', 'Z1[8]', '--index', '115');
      expect(stdout).toMatch(/example 115 +weights of unit 8 +weight · pixel/);
    } finally {
      delete process.env.COLUMNS;
    }
  });

  test('without --index the seed decides the example', async () => {
    const first = await ask('board.safetensors', 'J', '--seed', '3');
    expect(first.stdout).toMatch(/for example \d+ \(a \d\)/);
    expect(await ask('board.safetensors', 'J', '--seed', '3')).toEqual(first);
    expect((await ask('board.safetensors', 'J', '--seed', '4')).stdout).not.toBe(first.stdout);
  });

  test('--quiet: one line', async () => {
    const { stdout } = await ask('board.safetensors', 'dZ2[4]', '--index', '115', '--quiet');
    expect(stdout).toMatch(/^dz²₄ = a²₄ − y₄ = [0-9.·⁰¹²³⁴-⁹⁻]+ − 1 = −[0-9.]+\n$/);
  });
});

describe('wrong input gives one line and exit code 2', () => {
  test.each([
    [['Q1[0]'], /^longhand: Q1\[0\]: unknown quantity Q: expected one of X, Y, Z, .*\n$/],
    [['Z3[0]'], /^longhand: Z3\[0,0\]: no layer 3: the network has layers 1 to 2\n$/],
    [['Z1[10]'], /^longhand: Z1\[10,0\]: no row 10: Z1 is 10 × m, its rows are 0 to 9\n$/],
    [['Z1[8,1]'], /^longhand: Z1\[8,1\]: no column 1: Z1 is 10 × 1, its columns are 0 alone\n$/],
    [['dW1[8]'], /^longhand: dW1\[8\]: needs a unit and an input, such as dW1\[8,402\]\n$/],
    [['Z1'], /^longhand: Z1: which entry\? expected an entry such as .*\n$/],
    [['Z1[8]', '--alpha', 'fast'], /^longhand: --alpha: expected a number .* found "fast"\n$/],
    [
      ['Z1[8]', '--index', '10000'],
      /^longhand: --index: expected an integer from 0 to 9,999, found "10000"\n$/,
    ],
    [[], /^longhand: missing required argument 'entry'\n$/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await ask('board.safetensors', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

test('--help has examples and every flag', async () => {
  const { code, stdout } = await ask('--help');
  expect(code).toBe(0);
  expect(stdout).toContain("longhand explain model.safetensors --index 115 'Z1[8]'");
  for (const flag of ['--index', '--data', '--alpha', '--seed', '--json', '--quiet'])
    expect(stdout).toContain(flag);
});
