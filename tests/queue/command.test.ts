import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { COMMAND, longhand, start, temporaryFolder } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';
import { freePort, redisForTests } from './redis.js';

const emptyRedis = redisForTests();
const folder = temporaryFolder();
const IRIS = path.join(ROOT, 'tests/fixtures/iris.csv');
const SWEEP = [
  ...[
    'sweep',
    '--data',
    IRIS,
    '--dev',
    '30',
    '--batch-size',
    '16',
    '--epochs',
    '60',
    '--fresh',
    '2',
    '--json',
  ],
  ...['--vary', 'hidden=4,8,16', '--vary', 'alpha=0.03,0.1,0.3', '--strategy', 'halving', '--no-doubt'],
];

/** What every crew must come to. */
function bitsOf(stdout: string) {
  const { trials, winner } = JSON.parse(stdout) as {
    readonly trials: readonly {
      readonly settings: object;
      readonly parametersSha256: unknown;
      readonly dev: unknown;
    }[];
    readonly winner: { readonly trial: number; readonly parametersSha256: string };
  };
  expect(trials.length).toBe(9);
  return {
    winner,
    trials: trials.map(({ settings, parametersSha256, dev }) => ({ settings, parametersSha256, dev })),
  };
}

function startWorker(url: string, ...flags: string[]): ChildProcess {
  const args = ['worker', '--queue', url, '--data', IRIS, '--processes', '1', '--lock', '2s', ...flags];
  return spawn(process.execPath, [COMMAND, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  return ((await exited) as [number | null])[0];
}

test('a sweep over the queue prints the table of one on this machine, whatever is killed', async (context) => {
  const { url } = await emptyRedis(context);
  const embedded = await longhand([...SWEEP, '--out', 'best.safetensors'], folder);
  expect(embedded.stderr).not.toContain('bug');
  const workers = [startWorker(url, '--name', 'a'), startWorker(url, '--name', 'b')];
  const log = 'queue.jsonl';
  const args = [...SWEEP, '--queue', url, '--verify', '20%', '--log', log, '--out', 'best.safetensors'];
  const first = start(args, folder);
  // Its log has the header, and a few results.
  await expect
    .poll(() =>
      existsSync(path.join(folder, log))
        ? readFileSync(path.join(folder, log), 'utf8').split('\n').length
        : 0,
    )
    .toBeGreaterThan(11);
  first.child.kill('SIGKILL');
  await first.ended;
  await kill(workers.shift()!);
  workers.push(startWorker(url, '--name', 'c'));
  const resume = ['sweep', '--resume', log, '--data', IRIS, '--queue', url, '--json', '--no-doubt'];
  const resumed = await longhand([...resume, '--fresh', '2', '--out', 'best.safetensors'], folder);
  // Its locks, beside the log and at the queue, are in nobody's way.
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stderr).toContain(`${log}.lock: was left by process ${first.child.pid}`);
  expect(bitsOf(resumed.stdout)).toEqual(bitsOf(embedded.stdout));
  expect(await Promise.all(workers.map((worker) => kill(worker, 'SIGINT')))).toEqual([130, 130]);
});

test('a worker serves its figures to this machine, and ends when nothing is left to do', async (context) => {
  const { url } = await emptyRedis(context);
  const port = await freePort();
  const worker = startWorker(url, '--metrics', String(port), '--idle-exit', '3s');
  const ended = once(worker, 'exit');
  let text = '';
  await expect
    .poll(async () => {
      text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
        (response) => response.text(),
        () => '',
      );
      return text;
    })
    .toContain('longhand_queue_up 1');
  expect(text).toContain('longhand_tasks_total{outcome="measured"} 0');
  expect(await ended).toEqual([0, null]);
});

test.each([
  ['worker without an address', ['worker'], '--queue: expected the address of a queue'],
  [
    'sweep with a wrong address',
    [...SWEEP, '--queue', 'localhost'],
    'the address of the queue: expected redis://',
  ],
  [
    'sweep and a queue that is away',
    [...SWEEP, '--queue', 'redis://127.0.0.1:9'],
    'is not reachable (ECONNREFUSED)',
  ],
  [
    'sweep with processes of its own',
    [...SWEEP, '--queue', 'redis://127.0.0.1:9', '--processes', '2'],
    'exclude each other',
  ],
  ['sweep that cannot verify', [...SWEEP, '--verify', '5%'], '--verify: needs --queue'],
  ['share that is none', [...SWEEP, '--verify', '200%'], '--verify: expected a share such as 5% or 0.05'],
  [
    'authority that is no certificate',
    ['worker', '--queue', 'rediss://127.0.0.1:9', '--queue-ca', IRIS],
    'expected a certificate',
  ],
])('a %s is one clear line', async (_, args, message) => {
  const { code, stderr, stdout } = await longhand(args, folder);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('longhand:'));
  expect(lines).toEqual([expect.stringContaining(message)]);
});
