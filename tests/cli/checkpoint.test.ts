import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRandom } from '@longhand/core';
import { describe, expect, test } from 'vitest';
import { longhand, start, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** All that a checkpoint has to keep is at work. */
const SETTINGS = (
  '--hidden 24 --activation gelu --initialisation glorot --batch 64 --epochs 2 --optimizer adam --alpha 0.002 ' +
  '--schedule one-cycle --dropout 0.1 --smoothing 0.05 --clip 1 --average 1 --patience 60 --dev-every 20 --seed 4'
).split(' ');
const QUIET = ['--quiet', '--json'];

async function hashOf(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await longhand(['train', ...args, ...QUIET], folder);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).parametersSha256;
}

describe('a run that is killed', () => {
  test('again and again, also while it writes, comes to the very bits of one that is left alone', async () => {
    const expected = await hashOf([...SETTINGS, '--out', 'whole.safetensors']);
    const random = createRandom(20, 'kills');
    const keeping = ['--checkpoint', 'run.ckpt', '--every', '0.005s', '--out', 'killed.safetensors'];
    let [kills, found] = [0, ''];
    while (!found) {
      const begun = existsSync(file('run.ckpt'));
      const threads = ['--threads', String(1 + random.below(3))];
      const args = begun ? ['--resume', 'run.ckpt', ...threads] : [...SETTINGS, ...threads];
      const { child, ended } = start(['train', ...args, ...keeping, ...QUIET], folder);
      const timer = setTimeout(() => child.kill('SIGKILL'), 700 + random.below(900));
      const { code, stdout, stderr } = await ended;
      clearTimeout(timer);
      if (code === 0) found = JSON.parse(stdout).parametersSha256;
      else {
        expect(code, stderr).toBeNull();
        kills++;
      }
      expect(kills).toBeLessThan(60);
    }
    expect(found).toBe(expected);
    // Each run after the first began where the one before was cut off: so some were cut off.
    expect(kills).toBeGreaterThan(2);
  });

  test('Ctrl-C leaves a checkpoint too, and the run goes on from it to the same bits', async () => {
    const settings = ['--iterations', '300', '--seed', '3'];
    const expected = await hashOf([...settings, '--out', 'all.safetensors']);
    const { child, ended } = start(
      ['train', ...settings, '--checkpoint', 'stopped.ckpt', '--every', '1h', '--out', 'stopped.safetensors'],
      folder,
    );
    child.stderr!.on('data', (text: string) => {
      if (/iteration/.test(text)) child.kill('SIGINT');
    });
    const { code, stdout, stderr } = await ended;
    expect([code, stdout], stderr).toEqual([130, expect.stringContaining('Interrupted: saved what')]);
    expect(await hashOf(['--resume', 'stopped.ckpt', '--out', 'stopped.safetensors'])).toBe(expected);
  });
});

describe('what cannot be gone on with is one line on stderr and exit 2', () => {
  const made = longhand(
    [
      'train',
      '--iterations',
      '3',
      '--checkpoint',
      'made.ckpt',
      '--every',
      '0.001s',
      '--quiet',
      '--out',
      'made.safetensors',
    ],
    folder,
  );
  const small = [
    'label,pixel0,pixel1,pixel2,pixel3',
    ...Array.from({ length: 30 }, (_, k) => `${k % 3},${k},0,9,1`),
  ];
  writeFileSync(file('other.csv'), `${small.join('\n')}\n`);
  writeFileSync(file('noise.ckpt'), Buffer.from(Array.from({ length: 300 }, (_, k) => (k * 7919) % 256)));

  test.each([
    [
      ['--resume', 'made.ckpt', '--alpha', '0.2'],
      '--alpha 0.2: made.ckpt was made with 0.1: leave it out, or train anew without --resume',
    ],
    [
      ['--resume', 'made.ckpt', '--data', 'other.csv'],
      'made.ckpt: was made with other data than other.csv: resume with the same --data',
    ],
    [
      ['--resume', 'made.ckpt', '--preset', 'quick'],
      '--preset and --resume exclude each other: the checkpoint has its settings',
    ],
    [['--resume', 'missing.ckpt'], 'missing.ckpt: no such file: name a file that --checkpoint wrote'],
    [
      ['--resume', 'made.safetensors'],
      /^longhand: made.safetensors: not a checkpoint of Longhand \(format "longhand 1"\): expected .*\n$/,
    ],
    [['--resume', 'noise.ckpt'], /^longhand: noise.ckpt: its header claims .*\n$/],
    [['--every', '3s'], '--every: needs --checkpoint'],
    [
      ['--checkpoint', 'new.ckpt', '--every', '3'],
      '--every: expected a time such as 30s, 5m or 1h, found "3"',
    ],
    [
      ['--checkpoint', 'new.ckpt', '--repeat', '2'],
      '--repeat and --checkpoint or --resume exclude each other: give one of them',
    ],
    [
      ['--checkpoint', 'new.ckpt', '--engine', 'maths'],
      '--checkpoint: keeps 32-bit floats, --engine maths has 64-bit ones: use --engine wasm',
    ],
    [
      ['--checkpoint', 'no/new.ckpt'],
      'no/new.ckpt: cannot save the model: the folder does not exist: make it first',
    ],
  ])('%j', async (args, message) => {
    await made;
    const before = readFileSync(file('made.safetensors'));
    const { code, stdout, stderr } = await longhand(['train', ...args, '--out', 'made.safetensors'], folder);
    if (typeof message === 'string') expect(stderr).toBe(`longhand: ${message}\n`);
    else expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(readFileSync(file('made.safetensors'))).toEqual(before);
    expect(existsSync(file('new.ckpt'))).toBe(false);
  });
});

test('a run that diverges leaves its last checkpoint, and says so', async () => {
  const args = [
    '--activation',
    'identity',
    '--alpha',
    '1000',
    '--iterations',
    '300',
    '--out',
    'none.safetensors',
  ];
  const keeping = ['--checkpoint', 'good.ckpt', '--every', '0.001s'];
  const { code, stderr } = await longhand(['train', ...args, ...keeping, '--quiet'], folder);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^longhand: iteration \d+: \S+ is not finite; likely .+; nothing was saved; good.ckpt is as it was last written\n$/,
  );
  expect(existsSync(file('good.ckpt'))).toBe(true);
  expect(existsSync(file('none.safetensors'))).toBe(false);
});
