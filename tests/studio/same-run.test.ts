// Mini-batches, class weights and early stopping: how often dev is evaluated decides which parameters
// are kept, so all ways of training must agree on it without being told.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildRun, parametersSha256, train } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';
import { mnistTraining } from '@longhand/mnist';
import { describe, expect, test } from 'vitest';
import { longhand, temporaryFolder } from '../cli/command.js';
import { inBrowsers } from './studio.js';
import { train as trainOnPage } from './training.js';

const folder = temporaryFolder();

const SETTINGS = {
  hidden: [12],
  batchSize: 100,
  epochs: 3,
  alpha: 1.5,
  patience: 2,
  classWeight: 'balanced',
  seed: 4,
} as const;
const FLAGS =
  '--hidden 12 --batch-size 100 --epochs 3 --alpha 1.5 --patience 2 --class-weight balanced --seed 4';
const ADDRESS = 'train?hidden=12&batchSize=100&epochs=3&alpha=1.5&patience=2&classWeight=balanced&seed=4';

const built = mnistTraining().then((dataset) => buildRun({ settings: SETTINGS, dataset }));

/** The run by the library alone. */
async function byLibrary() {
  const { network, training, options } = await built;
  const run = train(network, training, { ...options, reportEvery: 50 });
  for await (const _ of run);
  return run;
}

const library = byLibrary();

test('the run stops early, on parameters that an evaluation chose', async () => {
  const { stopReason, updates, iterations } = await library;
  expect(stopReason).toBe('patience');
  expect(updates).toBeLessThan(iterations);
  expect((await built).settings.devEvery).toBe(59);
});

test('the command trains the parameters of the library, and records the same settings', async () => {
  const out = path.join(folder, 'same.safetensors');
  const { code, stdout, stderr } = await longhand(
    ['train', ...FLAGS.split(' '), '--out', out, '--json', '--quiet'],
    folder,
  );
  expect(code, stderr).toBe(0);
  const run = await library;
  expect(JSON.parse(stdout)).toMatchObject({
    parametersSha256: await parametersSha256(run.network),
    stopReason: 'patience',
  });
  const { record } = decodeModel(readFileSync(out), out);
  expect(record.settings).toEqual((await built).record({}).settings);
});

describe('the page', () => {
  inBrowsers((open) => {
    test('trains the parameters of the library', async (context) => {
      const { page } = await open(context, { at: ADDRESS });
      const { sha256 } = await trainOnPage(page);
      expect(sha256).toBe(await parametersSha256((await library).network));
    });
  });
});
