import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildRun, evaluate, parametersSha256, train } from '@longhand/core';
import { decodeModel, readCsv } from '@longhand/core/files';
import { createRandom } from '@longhand/core/maths';
import { beforeAll, expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const FLAGS = ['--hidden', '8', '--iterations', '300', '--threads', '1', '--quiet', '--json'];

/** A table with one rare example in 20: two measurements, which are larger on average when it is rare. */
function table(rows: number, seed: number): string {
  const random = createRandom(seed, 'table');
  const noise = () => random.uniform() + random.uniform() + random.uniform();
  const lines = Array.from({ length: rows }, (_, i) => {
    const isRare = i % 20 === 0;
    const [x, y] = [noise(), noise()].map((value) => (value + (isRare ? 0.7 : 0)).toFixed(4));
    return `${x},${y},${isRare ? 'rare' : 'common'}`;
  });
  return `x,y,label\n${lines.join('\n')}\n`;
}

async function trained(name: string, ...more: string[]) {
  const { code, stdout, stderr } = await longhand(
    ['train', '--data', 'training.csv', '--out', `${name}.safetensors`, ...FLAGS, ...more],
    folder,
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { parametersSha256: string };
}

async function figures(name: string, ...flags: string[]) {
  const { code, stdout, stderr } = await longhand(
    ['evaluate', `${name}.safetensors`, '--data', 'test.csv', ...flags],
    folder,
  );
  expect(code, stderr).toBe(0);
  return stdout;
}

beforeAll(() => {
  writeFileSync(file('training.csv'), table(2000, 1));
  writeFileSync(file('test.csv'), table(2000, 2));
});

test('balanced finds the rare class, and command and library train the same parameters', async () => {
  await trained('plain');
  const { parametersSha256: hash } = await trained('balanced', '--class-weight', 'balanced');
  const plain = JSON.parse(await figures('plain', '--json'));
  const balanced = JSON.parse(await figures('balanced', '--json'));
  // Without weights it says "common" nearly always, which is right 95 times in 100.
  expect(plain.accuracy).toBeGreaterThan(0.94);
  expect(plain.balancedAccuracy).toBeLessThan(0.6);
  expect(balanced.balancedAccuracy).toBeGreaterThan(0.7);
  const recalls = balanced.classes.map(({ recall }: { recall: number }) => recall);
  expect(balanced.balancedAccuracy).toBeCloseTo((recalls[0] + recalls[1]) / 2, 12);
  expect(await figures('balanced')).toContain(
    `${(100 * balanced.balancedAccuracy).toFixed(2)}% balanced accuracy: the mean recall of the classes`,
  );

  const dataset = await readCsv(createReadStream(file('training.csv')), 'training.csv');
  const { network, training, options } = buildRun({
    dataset,
    settings: { hidden: [8], iterations: 300, classWeight: 'balanced' },
  });
  const run = train(network, training, { ...options, threads: 0 });
  for await (const _ of run);
  expect(await parametersSha256(run.network)).toBe(hash);
  expect(evaluate(run.network, training).balancedAccuracy).toBeGreaterThan(0.7);
});

test('numbers, one for each class; the model records them, and show says them', async () => {
  await trained('numbers', '--class-weight', '1, 12.5');
  const { record } = decodeModel(readFileSync(file('numbers.safetensors')), 'numbers');
  expect(record.settings.classWeight).toEqual([1, 12.5]);
  const { stdout } = await longhand(['show', 'numbers.safetensors'], folder);
  expect(stdout).toMatch(/^Trained with class weights: common 1, rare 12\.5\n/);
  const { stdout: json } = await longhand(['show', 'numbers.safetensors', '--json'], folder);
  expect(JSON.parse(json).classWeight).toEqual([1, 12.5]);
  await trained('plain-again');
  const { stdout: without } = await longhand(['show', 'plain-again.safetensors'], folder);
  expect(without).not.toContain('class weights');
});

test('resuming continues with the same weights, to the same bits', async () => {
  const weights = ['--class-weight', '1,7', '--batch-size', '50'];
  const mini = ['train', '--data', 'training.csv', '--hidden', '8', '--epochs', '6', ...weights];
  const quiet = ['--threads', '1', '--quiet', '--json'];
  const whole = await longhand([...mini, ...quiet, '--out', 'whole.safetensors'], folder);
  const kept = ['--checkpoint', 'run.ckpt', '--every', '0.001s'];
  const first = await longhand([...mini, ...quiet, ...kept, '--out', 'first.safetensors'], folder);
  expect(first.code, first.stderr).toBe(0);
  const resumed = await longhand(
    ['train', '--data', 'training.csv', '--resume', 'run.ckpt', ...quiet, '--out', 'resumed.safetensors'],
    folder,
  );
  expect(resumed.code, resumed.stderr).toBe(0);
  const hash = ({ stdout }: { stdout: string }) => JSON.parse(stdout).parametersSha256;
  expect(hash(resumed)).toBe(hash(whole));
  expect(hash(first)).toBe(hash(whole));
});

test.each([
  ['1,2,3', '--class-weight: expected a number for each of the 2 classes: common, rare, found "1,2,3"'],
  ['0,0', 'not all 0, found "0,0"'],
  ['even', '--class-weight: expected none, balanced, or numbers from 0'],
])('--class-weight %s is refused in one line', async (value, message) => {
  const { code, stderr } = await longhand(
    ['train', '--data', 'training.csv', '--class-weight', value, ...FLAGS],
    folder,
  );
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('class sizes far apart are said before training, with the advice, unless it is followed', async () => {
  const warned = async (...flags: string[]) => {
    const args = ['train', '--data', 'training.csv', '--iterations', '1', '--out', 'w.safetensors', ...flags];
    const { code, stderr } = await longhand(args, folder);
    expect(code).toBe(0);
    return stderr.split('\n').filter((line) => line.startsWith('longhand: training.csv:'));
  };
  expect(await warned()).toEqual([
    'longhand: training.csv: class sizes are far apart: 1,900 of class common, 100 of class rare. With ' +
      '--class-weight balanced every class counts the same; look at the balanced accuracy',
  ]);
  expect(await warned('--class-weight', 'balanced')).toEqual([]);
  expect(await warned('--quiet')).toEqual([]);
});
