// Files that were written before settings were renamed (`descent`, `decay`, `clip`, `smoothing`,
// `average`, `batch`, `initialisation`, `watch`): tests/fixtures/before-renaming.* are of iris.csv,
// by that version of the command.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeModel } from '@longhand/core/files';
import { expect, test } from 'vitest';
import { longhand, temporaryFolder } from './command.js';

const folder = temporaryFolder();
// The tests run from tests/dist/cli.
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

const DATA = ['--data', fixture('iris.csv')];
const SETTINGS =
  '--hidden 6 --initialization he --batch-size 16 --epochs 30 --alpha 0.1 --weight-decay 0.001 --clip-norm 1 ' +
  '--label-smoothing 0.05 --weight-averaging 4 --dev 30 --seed 3';
/** What the version that wrote the checkpoint came to, without a break. */
const HASH = '215e512805a9c83ab1e763eaa12abb6d207110fc3c5e543f9494fb958ab440f6';

async function hashOf(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await longhand(['train', ...DATA, ...args, '--json', '--quiet'], folder);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).parametersSha256;
}

test('a checkpoint is gone on with to the same bits, and the new names come to them, too', async () => {
  expect(await hashOf('--resume', fixture('before-renaming.ckpt'))).toBe(HASH);
  expect(await hashOf(...SETTINGS.split(' '))).toBe(HASH);
  expect(await hashOf(...SETTINGS.replace('--alpha', '--lr').split(' '))).toBe(HASH);
  expect(await hashOf(...SETTINGS.replace('--alpha', '--learning-rate').split(' '))).toBe(HASH);
});

test('a model has its settings under the names of today', () => {
  const { record } = decodeModel(readFileSync(fixture('before-renaming.safetensors')), 'm');
  expect(record.settings).toMatchObject({
    ...{ initialization: 'he', batchSize: 16, optimizer: 'sgd', weightDecay: 0.001, clipNorm: 1 },
    ...{ labelSmoothing: 0.05, weightAveraging: 4, monitor: 'accuracy' },
  });
  for (const name of ['initialisation', 'batch', 'decay', 'clip', 'smoothing', 'average', 'watch'])
    expect(record.settings).not.toHaveProperty(name);
});

test('a log of runs is compared with one of today', async () => {
  const line = (settings: object, seconds: number) =>
    [
      {
        ...{ type: 'run', version: 1, data: 'MNIST', layers: [784, 10, 10], examples: 59000, settings },
      },
      {
        ...{ type: 'end', iterations: 5, made: 5, ended: 'length', seconds, parametersSha256: 'ab' },
        ...{ train: { examples: 1, loss: 1, accuracy: 0.5 }, dev: null, test: null },
      },
    ]
      .map((part) => `${JSON.stringify(part)}\n`)
      .join('');
  writeFileSync(path.join(folder, 'old.jsonl'), line({ batch: 32, decay: 0, optimizer: 'descent' }, 1));
  writeFileSync(path.join(folder, 'new.jsonl'), line({ batchSize: 64, weightDecay: 0, optimizer: 'sgd' }, 1));
  const { code, stdout, stderr } = await longhand(['runs', 'old.jsonl', 'new.jsonl'], folder);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('32');
  expect(stdout).toContain('64');
  expect(stdout).not.toContain('descent');
  expect(stdout.match(/^ +\d +5 /gm)).toHaveLength(2);
});
