import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeCheckpoint, encodeCheckpoint } from '@longhand/core/files';
import { createRandom } from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';
import { longhand, start, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** Settings that together use everything that a checkpoint stores. */
const RUNS = {
  'Adam, one-cycle, dropout, averages, patience':
    '--hidden 24 --activation gelu --initialization glorot --batch-size 64 --epochs 1 --optimizer adam --alpha 0.002 ' +
    '--schedule one-cycle --dropout 0.1 --label-smoothing 0.05 --clip-norm 1 --weight-averaging 0.5 --patience 60 --dev-every 20 --seed 4',
  'distorted pictures, dropped pixels, Nesterov':
    '--hidden 16 --dev 55000 --batch-size 50 --epochs 8 --optimizer nesterov --alpha 0.05 --shift 1 --elastic 0.7 ' +
    '--input-dropout 0.1 --weight-averaging 2 --dev-every 200 --seed 7',
  'L-BFGS':
    '--hidden 12 --dev 50000 --optimizer lbfgs --iterations 90 --weight-decay 0.0001 --dev-every 30 --seed 2',
};
/** The longest time in ms that a process may run after its first checkpoint. */
const LONGEST_LIFE = 400;
/** The longest time in ms after its start, if it is killed before it has one. */
const SHORTEST_LIFE = 500;
/** After so many kills the run may finish, so that the test ends in time. */
const MAX_KILLS = 5;
/** What is learned after the run is none of its parameters, and takes longer than the run. */
const QUIET = ['--quiet', '--json', '--no-doubt'];

function writtenAt(name: string): number | undefined {
  return statSync(file(name), { throwIfNoEntry: false })?.mtimeMs;
}

async function hashOf(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await longhand(['train', ...args, ...QUIET], folder);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).parametersSha256;
}

describe('a killed run', () => {
  test.each(Object.entries(RUNS))(
    '%s: killed several times, even while it writes, it has the same bits as an undisturbed run',
    async (name, settings) => {
      const expected = await hashOf([...settings.split(' '), '--threads', '1', '--out', 'whole.safetensors']);
      const random = createRandom(20, name);
      const checkpoint = `${name.slice(0, 4)}.ckpt`;
      const keeping = ['--checkpoint', checkpoint, '--every', '0.005s', '--out', 'killed.safetensors'];
      let [kills, found] = [0, ''];
      while (!found) {
        const begun = writtenAt(checkpoint);
        const threads = ['--threads', String(random.below(3))];
        const args = begun ? ['--resume', checkpoint, ...threads] : [...settings.split(' '), ...threads];
        const { child, ended } = start(['train', ...args, ...keeping, ...QUIET], folder);
        const kill = () => child.kill('SIGKILL');
        const isLast = kills === MAX_KILLS;
        const isEarly = random.below(6) === 0;
        let timer = isEarly && !isLast ? setTimeout(kill, random.below(SHORTEST_LIFE)) : undefined;
        const life = random.below(LONGEST_LIFE);
        // However slow the machine is, each process gets further than the one before.
        const watch = setInterval(() => {
          if (!isLast && writtenAt(checkpoint) !== begun) timer ??= setTimeout(kill, life);
        }, 10);
        const { code, stdout, stderr } = await ended;
        clearInterval(watch);
        clearTimeout(timer);
        if (code === 0) found = JSON.parse(stdout).parametersSha256;
        else {
          expect(code, stderr).toBeNull();
          kills++;
        }
      }
      expect(found).toBe(expected);
      // The runs were really interrupted.
      expect(kills).toBeGreaterThan(1);
    },
  );

  test('Ctrl-C leaves a checkpoint, too, and the resumed run has the same bits', async () => {
    const settings = ['--iterations', '300', '--seed', '3'];
    const expected = await hashOf([...settings, '--out', 'all.safetensors']);
    const { child, ended } = start(
      ['train', ...settings, '--checkpoint', 'stopped.ckpt', '--every', '1h', '--out', 'stopped.safetensors'],
      folder,
    );
    // Once: a second Ctrl-C ends the run without saving.
    let isStopped = false;
    child.stderr!.on('data', (text: string) => {
      if (isStopped || !/iteration/.test(text)) return;
      isStopped = child.kill('SIGINT');
    });
    const { code, stdout, stderr } = await ended;
    expect([code, stdout], stderr).toEqual([
      130,
      expect.stringContaining('Interrupted: saved stopped.safetensors after'),
    ]);
    expect(await hashOf(['--resume', 'stopped.ckpt', '--out', 'stopped.safetensors'])).toBe(expected);
  });
});

describe('a run that cannot be resumed gives one line on stderr and exit code 2', () => {
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
      '--alpha 0.2: made.ckpt was made with 0.1: leave it out, or start a new run without --resume',
    ],
    [
      ['--resume', 'made.ckpt', '--data', 'other.csv'],
      'made.ckpt: was made with other data than other.csv: resume with the same --data',
    ],
    [
      ['--resume', 'made.ckpt', '--preset', 'quick'],
      '--preset and --resume exclude each other: the checkpoint contains the settings',
    ],
    [['--resume', 'missing.ckpt'], 'missing.ckpt: no such file: expected a file that --checkpoint wrote'],
    [
      ['--resume', 'made.safetensors'],
      /^longhand: made.safetensors: not a checkpoint of Longhand \(format "longhand 2"\): expected .*\n$/,
    ],
    [['--resume', 'noise.ckpt'], /^longhand: noise.ckpt: its header claims .*\n$/],
    [
      ['--resume', 'flipped.ckpt'],
      'flipped.ckpt: is damaged (its SHA-256 is another than when it was written): train again',
    ],
    [['--resume', 'late.ckpt'], 'late.ckpt: claims iteration 100000 of a run of 3: start a new run'],
    [
      ['--resume', 'mean.ckpt'],
      'mean.ckpt: its averages do not fit its setting weightAveraging: start a new run',
    ],
    [['--resume', ''], '--resume: the file name is empty: is a shell variable unset?'],
    [['--checkpoint', ''], '--checkpoint: the file name is empty: is a shell variable unset?'],
    [
      ['--checkpoint', './made.safetensors'],
      '--checkpoint ./made.safetensors: is the same file as --out made.safetensors: choose two different files',
    ],
    [
      ['--resume', 'made.ckpt', '--log', 'made.ckpt'],
      'made.ckpt: exists: choose another file for --log, or remove it',
    ],
    [
      ['--checkpoint', 'other.csv'],
      'other.csv: exists and is not a checkpoint: choose another file for --checkpoint, or remove it',
    ],
    [
      ['--checkpoint', 'new.ckpt', '--log', 'new.ckpt'],
      '--log new.ckpt: is the same file as --checkpoint new.ckpt: choose two different files',
    ],
    [['--every', '3s'], '--every: needs --checkpoint'],
    [
      ['--checkpoint', 'new.ckpt', '--every', '3'],
      '--every: expected a time such as 30s, 5m or 1h, found "3"',
    ],
    [
      ['--checkpoint', 'new.ckpt', '--repeat', '2'],
      '--repeat cannot be combined with --checkpoint or --resume',
    ],
    [
      ['--checkpoint', 'new.ckpt', '--engine', 'maths'],
      '--checkpoint: stores 32-bit floats, but --engine maths has 64-bit floats: use --engine wasm',
    ],
    [
      ['--checkpoint', 'no/new.ckpt'],
      'no/new.ckpt: cannot save the checkpoint: the folder does not exist: create it first',
    ],
  ])('%j', async (args, message) => {
    await made;
    const flipped = readFileSync(file('made.ckpt'));
    flipped[flipped.length - 9]! ^= 1;
    writeFileSync(file('flipped.ckpt'), flipped);
    const whole = await decodeCheckpoint(readFileSync(file('made.ckpt')), 'made.ckpt');
    const { checkpoint } = whole;
    const withChange = (changed: Partial<typeof checkpoint>) =>
      encodeCheckpoint({ ...whole, checkpoint: { ...checkpoint, ...changed } });
    writeFileSync(file('late.ckpt'), await withChange({ iteration: 100_000 }));
    writeFileSync(file('mean.ckpt'), await withChange({ average: checkpoint.parameters }));
    const before = readFileSync(file('made.safetensors'));
    const { code, stdout, stderr } = await longhand(['train', ...args, '--out', 'made.safetensors'], folder);
    if (typeof message === 'string') expect(stderr).toBe(`longhand: ${message}\n`);
    else expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(readFileSync(file('made.safetensors'))).toEqual(before);
    expect(existsSync(file('new.ckpt'))).toBe(false);
  });
});

test('a diverging run keeps the last checkpoint that was no worse than its start, and says which', async () => {
  // α grows by 0.1 with every update: the run learns at first.
  const args = '--activation identity --alpha 100 --warmup 1000 --iterations 2000 --out none.safetensors';
  const keeping = ['--checkpoint', 'good.ckpt', '--every', '0.001s', '--log', 'diverged.jsonl'];
  const { code, stderr } = await longhand(['train', ...args.split(' '), ...keeping, '--quiet'], folder);
  expect(code).toBe(2);
  const [, kept] =
    /^longhand: iteration \d+: \S+ is not finite; likely .+; nothing was saved; good.ckpt holds iteration (\d+)\n$/.exec(
      stderr,
    ) ?? [];
  expect(kept, stderr).toBeDefined();
  const losses = readFileSync(file('diverged.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line).loss);
  expect(Number(kept)).toBeGreaterThan(1);
  expect(losses[Number(kept)]).toBeLessThanOrEqual(losses[0]);
  expect(losses.at(-1)).toBeGreaterThan(losses[0]);
  expect(existsSync(file('none.safetensors'))).toBe(false);
  const { checkpoint, firstLoss } = await decodeCheckpoint(readFileSync(file('good.ckpt')), 'good.ckpt');
  expect([checkpoint.iteration, firstLoss]).toEqual([Number(kept), losses[0]]);
});

test('data with other numbers are other data, even if they are equal when scaled to bytes', async () => {
  const iris = readFileSync(fileURLToPath(new URL('../../fixtures/iris.csv', import.meta.url)), 'utf8');
  const [head, ...rows] = iris.trimEnd().split('\n');
  const twice = rows.map((row) => row.replaceAll(/[0-9.]+/g, (value) => String(2 * Number(value))));
  writeFileSync(file('iris.csv'), iris);
  writeFileSync(file('twice.csv'), `${[head, ...twice].join('\n')}\n`);
  const made = '--data iris.csv --dev 30 --iterations 20 --checkpoint iris.ckpt --every 0.001s';
  await hashOf([...made.split(' '), '--out', 'iris.safetensors']);
  await hashOf(['--data', 'iris.csv', '--resume', 'iris.ckpt', '--out', 'iris.safetensors']);
  const resumed = await longhand(['train', '--data', 'twice.csv', '--resume', 'iris.ckpt'], folder);
  expect([resumed.code, resumed.stderr]).toEqual([
    2,
    'longhand: iris.ckpt: was made with other data than twice.csv: resume with the same --data\n',
  ]);
});

test('a resumed run has its own log, from the step after the checkpoint', async () => {
  const settings = ['--iterations', '40', '--dev-every', '7'];
  const keeping = ['--checkpoint', 'logged.ckpt', '--every', '0.001s'];
  const whole = await hashOf([
    ...settings,
    ...keeping,
    '--log',
    'whole.jsonl',
    '--out',
    'logged.safetensors',
  ]);
  const resumed = ['--resume', 'logged.ckpt', '--log', 'resumed.jsonl', '--out', 'logged.safetensors'];
  expect(await hashOf(resumed)).toBe(whole);
  const [before, after] = ['whole', 'resumed'].map((name) =>
    readFileSync(file(`${name}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => ({ ...JSON.parse(line), seconds: 0 })),
  ) as [Record<string, unknown>[], Record<string, unknown>[]];
  const { checkpoint } = await decodeCheckpoint(readFileSync(file('logged.ckpt')), 'logged.ckpt');
  expect(after[0]).toEqual(before[0]);
  expect(after.slice(1)).toEqual(before.slice(2 + checkpoint.iteration));
});
