import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, type Result, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

describe('several seeds, and their logs', () => {
  let repeated: Result;
  let single: Result;

  beforeAll(async () => {
    const short = ['train', '--iterations', '12', '--quiet', '--json'];
    repeated = await longhand(
      [...short, '--seed', '5', '--repeat', '3', '--log', 'seeds.jsonl', '--out', 'best.safetensors'],
      folder,
    );
    single = await longhand([...short, '--seed', '6', '--alpha', '0.3', '--log', 'one.jsonl'], folder);
  });

  test('--repeat trains with several seeds, and reports mean and standard deviation', async () => {
    expect(repeated.code, repeated.stderr).toBe(0);
    const { runs, dev, test: tested, savedSeed, model } = JSON.parse(repeated.stdout);
    expect(runs.map(({ seed }: { seed: number }) => seed)).toEqual([5, 6, 7]);
    const accuracies = runs.map((run: { test: { accuracy: number } }) => run.test.accuracy);
    const mean = (accuracies[0] + accuracies[1] + accuracies[2]) / 3;
    expect(tested.mean).toBeCloseTo(mean, 12);
    const squares = accuracies.reduce((sum: number, value: number) => sum + (value - mean) ** 2, 0);
    expect(tested.standardDeviation).toBeCloseTo(Math.sqrt(squares / 2), 12);
    expect(dev.runs).toBe(3);
    // The saved model is chosen on dev, and is exactly that run's.
    const best = runs.reduce((a: Run, b: Run) => (b.dev.accuracy > a.dev.accuracy ? b : a));
    expect(savedSeed).toBe(best.seed);
    const evaluated = await longhand(['evaluate', model, '--json'], folder);
    expect(JSON.parse(evaluated.stdout).accuracy).toBe(best.test.accuracy);
    const alone = await longhand(['train', '--iterations', '12', '--seed', '6', '--quiet', '--json'], folder);
    expect(JSON.parse(alone.stdout).parametersSha256).toBe(runs[1].parametersSha256);
  });

  test('a log has the settings and every measurement, one line of JSON each', () => {
    const lines = readFileSync(file('one.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(15);
    expect(lines[0]).toMatchObject({ type: 'run', layers: [784, 10, 10], examples: 59_000 });
    expect(lines[0].settings).toMatchObject({ alpha: 0.3, seed: 6, iterations: 12, optimizer: 'sgd' });
    expect(lines[0].settings).not.toHaveProperty('threads');
    expect(lines.slice(1, 14).map(({ type, iteration }) => [type, iteration])).toEqual(
      Array.from({ length: 13 }, (_, k) => ['step', k]),
    );
    expect(lines[11].dev.examples).toBe(1000);
    const { train, dev, test: tested, parametersSha256 } = JSON.parse(single.stdout);
    expect(lines[14]).toMatchObject({
      type: 'end',
      stopReason: 'length',
      train,
      dev,
      test: tested,
      parametersSha256,
    });
  });

  test('runs shows the differences and results, and the spread of runs that differ in their seed only', async () => {
    const { code, stdout, stderr } = await longhand(['runs', 'seeds.jsonl', 'one.jsonl'], folder);
    expect(code, stderr).toBe(0);
    const rows = stdout.trimEnd().split('\n');
    expect(rows).toHaveLength(6);
    expect(rows[1]).toMatch(/^ +1 +12 +.*%.*%.*% +α 0\.1, seed 5$/);
    expect(rows[4]).toMatch(/^ +4 +12 +.*%.*% .* α 0\.3, seed 6$/);
    const { dev } = JSON.parse(repeated.stdout);
    const spread = `${(100 * dev.mean).toFixed(2)}% ± ${(100 * dev.standardDeviation).toFixed(2)}`;
    expect(rows[5]).toContain('runs 1, 2, 3: ');
    expect(rows[5]).toContain(`dev ${spread}`);
    const json = JSON.parse((await longhand(['runs', 'seeds.jsonl', '--json'], folder)).stdout);
    expect(json).toHaveLength(3);
    expect(json[0]).toMatchObject({ data: 'MNIST', steps: 13, settings: { seed: 5 } });
    const { runs } = JSON.parse(repeated.stdout);
    expect(json.map(({ end }: { end: Run }) => end.test)).toEqual(runs.map((run: Run) => run.test));
  });

  test('a log that was cut off is read as far as it goes', async () => {
    const whole = readFileSync(file('one.jsonl'), 'utf8');
    writeFileSync(file('cut.jsonl'), whole.slice(0, Math.floor(whole.length / 2)));
    const { code, stdout } = await longhand(['runs', 'cut.jsonl'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ so far/);
  });

  test.each([
    [
      ['runs', 'missing.jsonl'],
      'missing.jsonl: no such file: expected a file that longhand train --log wrote',
    ],
    [
      ['runs', 'best.safetensors'],
      'best.safetensors: line 1 is not part of a run log: expected a file that longhand train --log wrote',
    ],
    [
      ['runs', 'empty.jsonl'],
      'empty.jsonl: contains no run: expected a file that longhand train --log wrote',
    ],
    [
      ['runs', 'middle.jsonl'],
      'middle.jsonl: line 3 is not part of a run log: expected a file that longhand train --log wrote',
    ],
    [['train', '--log', 'one.jsonl'], 'one.jsonl: exists: choose another file for --log, or remove it'],
    [
      ['train', '--log', 'no/one.jsonl'],
      'no/one.jsonl: cannot write the log: the folder does not exist: create it first',
    ],
    [['train', '--repeat', '0'], '--repeat: expected an integer from 1 to 1,000, found "0"'],
    [
      ['train', '--repeat', '5', '--seed', '9007199254740991'],
      '--seed: with --repeat 5 expected an integer from 0 to 9,007,199,254,740,987, found 9007199254740991',
    ],
    [['train', '--log', ''], '--log: the file name is empty: is a shell variable unset?'],
    [
      ['train', '--repeat', '2', '--dev', '0'],
      '--repeat: needs held-out examples to choose the best model: --dev greater than 0',
    ],
  ])('%j is one line on stderr and exit 2', async (args, message) => {
    writeFileSync(file('empty.jsonl'), '');
    const lines = readFileSync(file('one.jsonl'), 'utf8').split('\n');
    writeFileSync(file('middle.jsonl'), [...lines.slice(0, 2), '{"type":', ...lines.slice(2)].join('\n'));
    const { code, stdout, stderr } = await longhand(args, folder);
    expect([code, stdout, stderr]).toEqual([2, '', `longhand: ${message}\n`]);
  });
});

interface Run {
  readonly seed: number;
  readonly test: { readonly accuracy: number };
  readonly dev: { readonly accuracy: number };
}
