import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parametersSha256 } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMAND, longhand, type Result, start, startProgram, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const model = (name: string) => path.join(folder, name);
const readModel = (name: string) => decodeModel(readFileSync(model(name)), name);

describe('train on MNIST, 60 iterations', () => {
  let first: Result;

  beforeAll(async () => {
    first = await longhand(
      ['train', '--seed', '1', '--iterations', '60', '--json', '--out', 'first.safetensors'],
      folder,
    );
  });

  test('it succeeds, and stdout has one JSON document and nothing else', () => {
    expect(first.code).toBe(0);
    const run = JSON.parse(first.stdout);
    expect(run).toMatchObject({
      model: 'first.safetensors',
      layers: [784, 10, 10],
      iterations: 60,
      seed: 1,
      train: { examples: 59_000 },
      dev: { examples: 1_000 },
      test: { examples: 10_000 },
    });
    expect(run).not.toHaveProperty('interrupted');
    expect(run.seconds).toBeGreaterThan(0);
    expect(run.msPerIteration).toBeCloseTo((1000 * run.seconds) / 60, 6);
    expect(run.threads).toBeGreaterThan(0);
  });

  test('the accuracy is what this seed gives after 60 iterations', () => {
    const { train, dev, test: tested } = JSON.parse(first.stdout);
    for (const { accuracy } of [train, dev, tested]) {
      expect(accuracy).toBeGreaterThan(0.4);
      expect(accuracy).toBeLessThan(0.46);
    }
    expect(tested.loss).toBeGreaterThan(1.6);
    expect(tested.loss).toBeLessThan(1.8);
  });

  test('progress goes to stderr, as plain lines if that is no terminal', () => {
    expect(first.stderr).toContain('784 → 10 ReLU → 10 softmax (7,960 parameters)');
    expect(first.stderr).toMatch(/iteration 60\/60 {2}loss [0-9.]+ {2}accuracy [0-9.]+%/);
    expect(first.stderr).not.toContain('\x1b');
  });

  test('the saved model is the trained one, with its settings', async () => {
    const { network, record } = readModel('first.safetensors');
    expect(await parametersSha256(network)).toBe(JSON.parse(first.stdout).parametersSha256);
    expect(record).toMatchObject({
      width: 28,
      height: 28,
      settings: { hidden: [10], alpha: 0.1, batchSize: 'full', iterations: 60, seed: 1 },
      results: { iterations: 60, interrupted: false },
    });
  });

  test('the same seed gives the same file, byte for byte, with another number of threads; another seed another one', async () => {
    const again = [
      'train',
      '--seed',
      '1',
      '--iterations',
      '60',
      '--threads',
      '1',
      '--quiet',
      '--out',
      'again.safetensors',
    ];
    const other = [
      'train',
      '--seed',
      '2',
      '--iterations',
      '1',
      '--json',
      '--quiet',
      '--out',
      'other.safetensors',
    ];
    expect((await longhand(again, folder)).code).toBe(0);
    expect(readFileSync(model('again.safetensors')).equals(readFileSync(model('first.safetensors')))).toBe(
      true,
    );
    const { stdout, stderr } = await longhand(other, folder);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).parametersSha256).not.toBe(JSON.parse(first.stdout).parametersSha256);
  });
});

test('mini-batches through a wide network, in epochs', async () => {
  const args = [
    'train',
    '--hidden',
    '32,16',
    '--initialization',
    'he',
    '--batch-size',
    '128',
    '--epochs',
    '1',
    '--json',
    '--no-doubt',
  ];
  const { code, stdout } = await longhand([...args, '--out', 'deep.safetensors'], folder);
  expect(code).toBe(0);
  const run = JSON.parse(stdout);
  expect(run).toMatchObject({ layers: [784, 32, 16, 10], iterations: 461 });
  expect(run.test.accuracy).toBeGreaterThan(0.8);
});

test('no hidden layer and no dev examples', async () => {
  const args = [
    'train',
    '--hidden',
    'none',
    '--dev',
    '0',
    '--iterations',
    '5',
    '--json',
    '--out',
    'flat.safetensors',
  ];
  const { code, stdout } = await longhand(args, folder);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ layers: [784, 10], dev: null, train: { examples: 60_000 } });
});

test('without --json: the accuracies, and what to try next', async () => {
  const { code, stdout, stderr } = await longhand(
    ['train', '--iterations', '2', '--out', 'two.safetensors'],
    folder,
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^train {2}[0-9.]+% accuracy, loss [0-9.]+, 59,000 examples$/m);
  expect(stdout).toMatch(/^test {3}[0-9.]+% accuracy/m);
  expect(stdout).toContain('Saved two.safetensors');
  expect(stderr).toContain('evaluate two.safetensors');
});

describe('Ctrl-C', () => {
  /** A very long run, interrupted as soon as it reports progress. */
  async function interrupted(signal: NodeJS.Signals, args: readonly string[]): Promise<Result> {
    const { child, ended } = start(['train', '--iterations', '1000000', ...args], folder);
    await new Promise<void>((resolve) => {
      child.stderr!.on('data', (text: string) => {
        if (text.includes('iteration')) resolve();
      });
    });
    child.kill(signal);
    return ended;
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends after the iteration, saves what was learnt, says so, and gives 130',
    async (signal) => {
      const { code, stdout } = await interrupted(signal, ['--json', '--out', `${signal}.safetensors`]);
      expect(code).toBe(130);
      const run = JSON.parse(stdout);
      expect(run.interrupted).toBe(true);
      expect(run.iterations).toBeGreaterThan(0);
      const { network, record } = readModel(`${signal}.safetensors`);
      expect(await parametersSha256(network)).toBe(run.parametersSha256);
      expect(record.results).toMatchObject({ iterations: run.iterations, interrupted: true });
    },
  );

  test('the saved model is that of so many iterations', async () => {
    const { stdout } = await interrupted('SIGINT', ['--json', '--out', 'part.safetensors']);
    const { iterations, parametersSha256: expected } = JSON.parse(stdout);
    const { stdout: whole } = await longhand(
      ['train', '--iterations', String(iterations), '--json', '--out', 'whole.safetensors'],
      folder,
    );
    expect(JSON.parse(whole).parametersSha256).toBe(expected);
  });

  test('signals from npm and the terminal together count as one', async () => {
    const { child, ended } = start(
      ['train', '--iterations', '1000000', '--json', '--out', 'npm.safetensors'],
      folder,
    );
    await new Promise<void>((resolve) => {
      child.stderr!.on('data', (text: string) => {
        if (text.includes('iteration')) resolve();
      });
    });
    for (let times = 0; times < 3; times++) child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout).interrupted).toBe(true);
  });

  test('a second one stops immediately, and leaves the old model unchanged', async () => {
    writeFileSync(model('slow.safetensors'), 'old model');
    // The maths take seconds for an iteration: enough time to press twice.
    const { child, ended } = start(['train', '--engine', 'maths', '--out', 'slow.safetensors'], folder);
    await new Promise((resolve) => child.stderr!.once('data', resolve));
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/longhand: stopped immediately\n$/);
    expect(readFileSync(model('slow.safetensors'), 'utf8')).toBe('old model');
  });

  test('in words', async () => {
    const { code, stdout } = await interrupted('SIGINT', ['--out', 'words.safetensors']);
    expect(code).toBe(130);
    expect(stdout).toMatch(/Interrupted: saved words\.safetensors after [0-9,]+ iterations?/);
  });
});

describe('an existing model', () => {
  const old = 'old model';
  const untouched = (name: string) => {
    expect(readFileSync(model(name), 'utf8')).toBe(old);
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  };

  test('stays unchanged if α makes the loss infinite: one line with iteration, symbol and cause, exit code 2', async () => {
    writeFileSync(model('good.safetensors'), old);
    const args = [
      'train',
      '--activation',
      'identity',
      '--alpha',
      '1000000',
      '--iterations',
      '50',
      '--out',
      'good.safetensors',
      '--quiet',
    ];
    const { code, stdout, stderr } = await longhand(args, folder);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^longhand: iteration [0-9]+: \S+ is not finite; likely .+; nothing was saved\n$/);
    untouched('good.safetensors');
  });

  test.skipIf(process.platform === 'win32')(
    'stays unchanged if the file cannot grow to its size',
    async () => {
      writeFileSync(model('limited.safetensors'), old);
      const command = `ulimit -f 8; exec "$0" "$@"`;
      const args = [COMMAND, 'train', '--iterations', '1', '--quiet', '--out', 'limited.safetensors'];
      const { code, stderr } = await startProgram('bash', ['-c', command, process.execPath, ...args], folder)
        .ended;
      expect(stderr).toBe(
        'longhand: limited.safetensors: cannot save the model: a file of that size is not allowed here: raise the limit (ulimit -f)\n',
      );
      expect(code).toBe(2);
      untouched('limited.safetensors');
    },
  );

  test.skipIf(process.platform === 'win32')(
    'a log or checkpoint that has no space gives one warning, and the run still saves its model',
    async () => {
      // The model takes 32 kB without a record of doubt, which 500 examples are too few for; the log and
      // a checkpoint with Adam's state take about 100 kB; a block is
      // 512 or 1,024 bytes.
      const command = `ulimit -f 80; exec "$0" "$@"`;
      const settings = '--optimizer adam --alpha 0.01 --iterations 900 --dev 59500 --dev-every 900';
      const files = '--log full.jsonl --checkpoint full.ckpt --every 0.01s --out full.safetensors';
      const args = ['train', ...settings.split(' '), ...files.split(' '), '--quiet'];
      const { code, stdout, stderr } = await startProgram(
        'sh',
        ['-c', command, process.execPath, COMMAND, ...args],
        folder,
      ).ended;
      const why = 'a file of that size is not allowed here: raise the limit (ulimit -f); training continues';
      expect(stderr.trimEnd().split('\n').sort()).toEqual([
        `longhand: full.ckpt: cannot save the checkpoint: ${why}, and the next one is tried again`,
        `longhand: full.jsonl: cannot write the log: ${why} without the log`,
      ]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('Saved full.safetensors')]);
      expect(readdirSync(folder).filter((name) => name.includes('full'))).toEqual([
        'full.jsonl',
        'full.safetensors',
      ]);
      const { stdout: runs } = await longhand(['runs', 'full.jsonl'], folder);
      expect(runs).toMatch(/ so far/);
    },
  );

  test.skipIf(!existsSync('/dev/full'))('a full disk is one clear line', async () => {
    const { code, stderr } = await longhand(
      ['train', '--iterations', '1', '--quiet', '--out', '/dev/full'],
      folder,
    );
    expect(stderr).toBe('longhand: /dev/full: cannot save the model: the disk is full: free some space\n');
    expect(code).toBe(2);
    expect(existsSync('/dev/full')).toBe(true);
  });
});

test.skipIf(process.platform === 'win32')('if a pipe closes early, the model is still saved', async () => {
  const command = 'set -o pipefail; "$0" "$@" | head -c 1';
  const args = [COMMAND, 'train', '--iterations', '2', '--out', 'piped.safetensors'];
  const { code, stderr } = await startProgram('bash', ['-c', command, process.execPath, ...args], folder)
    .ended;
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|Error/);
  expect(readModel('piped.safetensors').record.results).toMatchObject({ iterations: 2 });
});
