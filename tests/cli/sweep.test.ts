import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { longhand, start, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const IRIS = fileURLToPath(new URL('../../fixtures/iris.csv', import.meta.url));

/** Nine trials, of which three, then one go on: each long enough to be killed. */
const SWEEP = [
  ...['sweep', '--data', IRIS, '--batch-size', '4', '--epochs', '30', '--seed', '3'],
  ...['--vary', 'alpha=log:0.005..0.5', '--vary', 'hidden=4,8', '--vary', 'optimizer=sgd,adam'],
  ...['--strategy', 'halving', '--trials', '9', '--fresh', '2', '--no-doubt', '--json'],
];

interface Table {
  readonly complete: boolean;
  readonly rungs: number;
  readonly trials: readonly {
    readonly trial: number;
    readonly rung: number;
    readonly settings: object;
    readonly parametersSha256: string;
    readonly dev: { readonly accuracy: number; readonly loss: number };
  }[];
  readonly winner: { readonly trial: number; readonly parametersSha256: string; readonly command: string };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child, parent]) => (parent === pid ? [child!] : []));
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 3000) throw new Error('it never came');
    await pause(20);
  }
}

const resultsIn = (log: string) =>
  existsSync(file(log))
    ? (readFileSync(file(log), 'utf8').match(/^\{"type":"measured".*\n/gm) ?? []).length
    : 0;

describe('the table of a sweep', () => {
  let straight: string;
  let table: Table;

  beforeAll(async () => {
    const { code, stdout, stderr } = await longhand(
      [...SWEEP, '--processes', '1', '--log', 'one.jsonl'],
      folder,
    );
    expect(code, stderr).toBe(0);
    straight = stdout;
    table = JSON.parse(stdout);
  });

  test('has every trial once, the winner first, and the log says the same', () => {
    expect(table).toMatchObject({ complete: true, rungs: 3 });
    expect(table.trials.map(({ trial }) => trial).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(table.trials.map(({ rung }) => rung)).toEqual([3, 2, 2, 1, 1, 1, 1, 1, 1]);
    const [first] = table.trials;
    expect(table.winner).toMatchObject({ trial: first!.trial, parametersSha256: first!.parametersSha256 });
    const lines = readFileSync(file('one.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const types = lines
      .map(({ type }) => type)
      .join(' ')
      .replace(/(\w+)( \1)+/g, '$1…');
    expect(types).toBe('sweep trial… measured… winner… end');
    expect(lines.filter(({ type }) => type === 'measured')).toHaveLength(9 + 3 + 1);
    expect(lines.at(-1)).toEqual({ type: 'end', complete: true, winner: table.winner.trial });
    expect(existsSync(file('one.jsonl.states'))).toBe(false);
  });

  test('is the same to the last bit with three processes, of which some are killed', async () => {
    const { child, ended } = start([...SWEEP, '--processes', '3', '--log', 'killed.jsonl'], folder);
    let kills = 0;
    for (const results of [0, 2, 5, 9]) {
      await until(() => resultsIn('killed.jsonl') >= results && childrenOf(child.pid!).length > 0);
      await pause(150);
      const [victim] = childrenOf(child.pid!).slice(results % 2);
      if (victim !== undefined && process.kill(victim, 'SIGKILL')) kills++;
    }
    const { code, stdout, stderr } = await ended;
    expect(code, stderr).toBe(0);
    expect(kills).toBeGreaterThan(2);
    expect(stderr).toContain('(SIGKILL)');
    expect(stdout).toBe(straight);
  });

  test('is the same after its coordinator was killed twice, and its log cut in the middle of a line', async () => {
    const begun = [...SWEEP, '--processes', '2', '--log', 'cut.jsonl'];
    for (const [args, results] of [
      [begun, 2],
      [['sweep', '--data', IRIS, '--resume', 'cut.jsonl', '--processes', '2'], 6],
    ] as const) {
      const { child, ended } = start(args, folder);
      await until(() => resultsIn('cut.jsonl') >= results);
      const children = childrenOf(child.pid!);
      child.kill('SIGKILL');
      await ended;
      // They end with their parent.
      await until(() => !children.some(isAlive));
    }
    const log = readFileSync(file('cut.jsonl'), 'utf8');
    writeFileSync(file('cut.jsonl'), log.slice(0, -40));
    const resume = ['sweep', '--data', IRIS, '--resume', 'cut.jsonl', '--fresh', '2', '--no-doubt', '--json'];
    const { code, stdout, stderr } = await longhand(resume, folder);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(straight);
    // All is known now, and the log does not grow any more.
    const whole = readFileSync(file('cut.jsonl'), 'utf8');
    expect((await longhand(resume, folder)).stdout).toBe(straight);
    expect(readFileSync(file('cut.jsonl'), 'utf8')).toBe(whole);
  });

  test('is not lost with Ctrl-C: --resume goes on', async () => {
    const { child, ended } = start([...SWEEP, '--processes', '2', '--log', 'stopped.jsonl'], folder);
    await until(() => resultsIn('stopped.jsonl') >= 3);
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain(
      'longhand: interrupted: go on with longhand sweep --resume stopped.jsonl',
    );
    expect(JSON.parse(stopped.stdout)).toMatchObject({ complete: false, winner: null });
    const [, ...flags] = SWEEP;
    const { stdout, stderr } = await longhand(['sweep', ...flags, '--resume', 'stopped.jsonl'], folder);
    expect(stdout, stderr).toBe(straight);
  });

  test('is read by runs: each trial with its last rung, and a torn last line does no harm', async () => {
    writeFileSync(file('torn.jsonl'), `${readFileSync(file('one.jsonl'), 'utf8')}{"type":"meas`);
    const { code, stdout, stderr } = await longhand(['runs', 'torn.jsonl', '--json'], folder);
    expect(code, stderr).toBe(0);
    const runs = JSON.parse(stdout);
    const byTrial = table.trials.toSorted((a, b) => a.trial - b.trial);
    expect(runs.map(({ end }: { end: { parametersSha256: string } }) => end.parametersSha256)).toEqual(
      byTrial.map(({ parametersSha256 }) => parametersSha256),
    );
    expect(runs[0].layers).toEqual([4, expect.any(Number), 3]);
    expect((await longhand(['runs', 'torn.jsonl'], folder)).stdout).toMatch(
      /^run +iterations .*differences\n/,
    );
  });

  test('comes with a line that trains the same parameters', async () => {
    const [, ...words] = table.winner.command.split(' ');
    const { stdout } = await longhand([...words, '--no-doubt', '--json'], folder);
    expect(JSON.parse(stdout).parametersSha256).toBe(table.winner.parametersSha256);
  });

  test.each([
    [
      ['--resume', 'one.jsonl', '--vary', 'alpha=0.1,0.2'],
      /^longhand: one.jsonl: is the log of a sweep with other settings /,
    ],
    [
      ['--log', 'one.jsonl', '--vary', 'alpha=0.1,0.2'],
      /^longhand: one.jsonl: exists: go on with --resume one.jsonl/,
    ],
    [['--resume', 'one.jsonl', '--log', 'x.jsonl'], /^longhand: --log and --resume exclude each other/],
  ])('is not mixed with another: %j', async (args, message) => {
    const { code, stdout, stderr } = await longhand(['sweep', '--data', IRIS, ...args, '--quiet'], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

test('a file says what to try, flags override it, and CSV and table have every trial', async () => {
  const space = {
    ...{ settings: { batchSize: 16, epochs: 4 }, repeat: 2, seed: 5 },
    vary: { hidden: [[3], [4, 3]], alpha: '0.1..0.3:2', momentum: [0.9, 0.95] },
  };
  writeFileSync(file('sweep.json'), JSON.stringify(space));
  const args = ['--data', IRIS, '--csv', 't.csv', '--fresh', '0', '--no-doubt', '--out', 'file.safetensors'];
  const { code, stdout, stderr } = await longhand(
    ['sweep', 'sweep.json', ...args, '--vary', 'momentum=0.9'],
    folder,
  );
  expect(code, stderr).toBe(0);
  const rows = readFileSync(file('t.csv'), 'utf8').trimEnd().split('\r\n');
  expect(rows[0]).toBe(
    'rank,trial,hidden,alpha,momentum,rung,runs,updates,devAccuracy,devAccuracySd,devLoss,parametersSha256,failed',
  );
  expect(rows).toHaveLength(1 + 4);
  expect(rows.filter((row) => row.includes('"4,3"'))).toHaveLength(2);
  expect(stdout).toMatch(/^ +trial +hidden +alpha +momentum +updates +dev +loss\n/);
  expect(stdout).toContain('\nSaved file.safetensors\n');
});

test('what fails is told and ranks last; if all fail, nothing is saved', async () => {
  const short = [
    'sweep',
    '--data',
    IRIS,
    '--iterations',
    '40',
    '--weight-decay',
    '1',
    '--fresh',
    '0',
    '--no-doubt',
  ];
  const some = await longhand([...short, '--vary', 'alpha=0.1,1000000', '--json'], folder);
  expect(some.code, some.stderr).toBe(0);
  const { trials } = JSON.parse(some.stdout);
  expect(trials[1]).toMatchObject({ trial: 2, parametersSha256: null, dev: null });
  expect(trials[1].failed).toContain('is not finite');
  const none = await longhand(
    [...short, '--vary', 'alpha=900000,1000000', '--out', 'none.safetensors'],
    folder,
  );
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('longhand: no trial can be used: trial 1: iteration');
  expect(existsSync(file('none.safetensors'))).toBe(false);
});

test('a limit of time ends it early, and the table says so', async () => {
  const { code, stdout, stderr } = await longhand(
    [
      ...[
        'sweep',
        '--data',
        IRIS,
        '--batch-size',
        '4',
        '--vary',
        'epochs=2,5000',
        '--vary',
        'alpha=0.01,0.02',
      ],
      ...['--processes', '1', '--minutes', '0.08', '--fresh', '0', '--no-doubt'],
    ],
    folder,
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('The table is not complete: the sweep was ended early.');
  expect(stdout).toContain('not run');
});

test.each([
  [['sweep'], /^longhand: --vary: expected a setting that varies/],
  [['sweep', '--vary', 'alpha=-1,2'], /^longhand: --vary alpha: expected a number greater than 0/],
  [['sweep', '--vary', 'alpha=0.1,0.2', '--alpha', '0.1'], /^longhand: --alpha: varies, too/],
  [['sweep', '--vary', 'alpha=0.1..0.2', '--strategy', 'grid'], /^longhand: alpha: a grid needs values/],
  [
    ['sweep', '--vary', 'alpha=0.1,0.2', '--strategy', 'bayes'],
    /^longhand: --strategy bayes: expected one of/,
  ],
  [['sweep', '--vary', 'alpha=0.1,0.2', '--budget', '1'], /^longhand: a budget of 1 epochs is too small/],
  [['sweep', '--vary', 'alpha=0.1,0.2', '--out', 'x', '--csv', 'x'], /is the same file as --out x/],
  [
    ['sweep', '--vary', 'aplha=0.1,0.2'],
    /^longhand: --vary aplha: expected the name of a setting \(Did you mean alpha\?\)/,
  ],
  [['sweep', '--vary', 'wd=0,0.5'], /Did you mean weightDecay\?/],
  [['sweep', 'misspelt.json'], /^longhand: misspelt.json: hiden: .*\(Did you mean hidden\?\)/],
  [['sweep', 'broken.json'], /^longhand: broken.json: is not JSON/],
  [['sweep', 'wrong.json'], /^longhand: wrong.json: trails: expected one of .*Did you mean trials\?/],
])('%j is refused in one line', async (args, message) => {
  writeFileSync(file('broken.json'), '{"vary":');
  writeFileSync(file('misspelt.json'), '{"vary": {"hiden": [[4], [8]]}}');
  writeFileSync(file('wrong.json'), '{"vary": {"alpha": [0.1]}, "trails": 3}');
  const { code, stdout, stderr } = await longhand([...args, '--data', IRIS, '--quiet'], folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd()).not.toContain('\n');
});
