import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mnistTraining } from '@longhand/mnist';
import { fingerprintOf, runTask } from '@longhand/sweep';
import type { Work } from '@longhand/sweep/queue';
import { expect, test } from 'vitest';
import { COMMAND, longhand, start, startProgram, temporaryFolder } from '../cli/command.js';
import { ROOT } from '../runtimes/repository.js';
import { redisForTests } from './redis.js';
import { spoil } from './worker-program.js';
import { startLocalWorker } from './workers.js';

const emptyRedis = redisForTests();
const folder = temporaryFolder();
const IRIS = path.join(ROOT, 'tests/fixtures/iris.csv');
const ON_IRIS = ['train', '--data', IRIS, '--dev', '30', '--batch-size', '16', '--hidden', '8'];
const SHORT = ['train', '--iterations', '4', '--repeat', '2', '--no-doubt', '--json'];

function startWorker(url: string, ...flags: string[]): ChildProcess {
  const args = ['worker', '--queue', url, '--data', IRIS, '--processes', '1', '--lock', '2s', ...flags];
  return spawn(process.execPath, [COMMAND, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

const bytesOf = (file: string) => readFileSync(path.join(folder, file));

/** The document of `--json` without what depends on the machine. */
function figuresOf(stdout: string) {
  const { model: _, runs, ...rest } = JSON.parse(stdout);
  return { ...rest, runs: runs.map(({ seconds: _s, ...run }: { seconds: number }) => run) };
}

/** A worker with MNIST in this process. */
async function mnistWorker(
  url: string,
  work: (given: Parameters<Work>, dataset: Dataset) => ReturnType<Work>,
) {
  const dataset = await mnistTraining();
  const data = [{ name: 'MNIST', fingerprint: fingerprintOf(dataset) }];
  return startLocalWorker(url, { data, work: (...given) => work(given, dataset) });
}

type Dataset = Awaited<ReturnType<typeof mnistTraining>>;

const FORGETFUL = { load: async () => undefined, save: async () => undefined, remove: async () => undefined };

test('runs over the queue have the figures and the model of runs on this machine, whoever is killed', async (context) => {
  const { url } = await emptyRedis(context);
  const args = [...ON_IRIS, '--epochs', '120', '--repeat', '4', '--patience', '40', '--json'];
  const here = await longhand([...args, '--out', 'here.safetensors'], folder);
  const workers = [startWorker(url, '--name', 'a'), startWorker(url, '--name', 'b')];
  const queued = [
    ...args,
    '--queue',
    url,
    '--verify',
    '50%',
    '--log',
    'runs.jsonl',
    '--out',
    'queue.safetensors',
  ];
  const running = start(queued, folder);
  await once(workers[0]!.stderr!, 'data');
  await end(workers.shift()!, 'SIGKILL');
  workers.push(startWorker(url, '--name', 'c'));
  const { code, stdout, stderr } = await running.ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(figuresOf(stdout)).toEqual(figuresOf(here.stdout));
  expect(bytesOf('queue.safetensors')).toEqual(bytesOf('here.safetensors'));
  const { stdout: table } = await longhand(['runs', 'runs.jsonl'], folder);
  expect(table).toContain('runs 1, 2, 3, 4: train');
  await Promise.all(workers.map((worker) => end(worker, 'SIGINT')));
});

test('a model that the queue has lost is trained here, and tested as the others', async (context) => {
  const { url } = await emptyRedis(context);
  const worker = await mnistWorker(url, ([task, { signal }], dataset) =>
    runTask(task, { dataset, store: FORGETFUL, signal }),
  );
  const here = await longhand([...SHORT, '--out', 'here.safetensors'], folder);
  const args = [...SHORT, '--out', 'queue.safetensors'];
  // The address stands in the variable, which no list of processes shows.
  const command = [`LONGHAND_QUEUE=${url}`, process.execPath, COMMAND, ...args];
  const over = await startProgram('env', command, folder).ended;
  await worker.stop();
  expect(worker.done).toEqual([1, 2]);
  expect(over.stderr.match(/the queue has lost the model of seed \d/g)).toHaveLength(2);
  expect(figuresOf(over.stdout)).toEqual(figuresOf(here.stdout));
  expect(figuresOf(over.stdout).test.runs).toBe(2);
  expect(bytesOf('queue.safetensors')).toEqual(bytesOf('here.safetensors'));
});

test('a worker with wrong bits is found when its model does not have them', async (context) => {
  const { url } = await emptyRedis(context);
  const worker = await mnistWorker(url, async ([task, { states, signal }], dataset) =>
    spoil(await runTask(task, { dataset, store: states, signal })),
  );
  const { code, stderr } = await longhand([...SHORT, '--queue', url, '--out', 'wrong.safetensors'], folder);
  await worker.stop();
  expect(code).not.toBe(0);
  expect(stderr).toContain('seed 1: this machine comes to other bits');
  expect(stderr).toContain('than local');
  expect(existsSync(path.join(folder, 'wrong.safetensors'))).toBe(false);
});

test('Ctrl-C keeps the runs that are done', async (context) => {
  const { url } = await emptyRedis(context);
  let interrupt = () => {};
  const worker = await mnistWorker(url, async ([task, { states, signal }], dataset) => {
    if (task.trial === 2) {
      interrupt();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
    }
    return runTask(task, { dataset, store: states, signal });
  });
  const running = start([...SHORT, '--queue', url, '--out', 'first.safetensors'], folder);
  interrupt = () => setTimeout(() => running.child.kill('SIGINT'), 1500);
  const { code, stdout, stderr } = await running.ended;
  await worker.stop();
  expect({ code, stderr }).toMatchObject({ code: 130 });
  expect(stderr).toContain('interrupted: 1 of 2 runs were done');
  expect(JSON.parse(stdout)).toMatchObject({ savedSeed: 1, runs: [{ seed: 1 }] });
  expect(existsSync(path.join(folder, 'first.safetensors'))).toBe(true);
});

test('a run that diverges is one line, and nothing is saved', async (context) => {
  const { url } = await emptyRedis(context);
  const worker = startWorker(url);
  const args = [...ON_IRIS, '--epochs', '30', '--alpha', '1000000', '--weight-decay', '1', '--repeat', '2'];
  const { code, stderr } = await longhand([...args, '--queue', url, '--out', 'none.safetensors'], folder);
  await end(worker, 'SIGINT');
  expect(code).toBe(2);
  expect(stderr).toMatch(/longhand: seed 1: .*; nothing was saved/);
  expect(existsSync(path.join(folder, 'none.safetensors'))).toBe(false);
});

const FROM = path.join(ROOT, 'packages/studio/models/draw.safetensors');
const QUEUE = ['--queue', 'redis://127.0.0.1:9'];
test.each([
  ['without --repeat', [...ON_IRIS, ...QUEUE], '--queue: needs --repeat'],
  ['with threads of its own', [...SHORT, ...QUEUE, '--threads', '1'], 'pass it to longhand worker'],
  ['with a time', [...SHORT, ...QUEUE, '--minutes', '1'], '--minutes and --queue exclude each other'],
  ['with 64-bit floats', [...SHORT, ...QUEUE, '--engine', 'maths'], '--engine maths and --queue exclude'],
  [
    'with a model to go on from',
    [...SHORT, ...QUEUE, '--from', FROM],
    'and --queue exclude each other: a job',
  ],
  ['without dev', ['train', '--repeat', '1', '--dev', '0', ...QUEUE], '--queue: needs held-out examples'],
  ['that is away', [...SHORT, ...QUEUE], 'is not reachable (ECONNREFUSED)'],
  ['and no verification without one', [...SHORT, '--verify', '5%'], '--verify: needs --repeat and --queue'],
])('a queue %s is one clear line', async (_, args, message) => {
  const { code, stderr, stdout } = await longhand(args, folder);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const lines = stderr.split('\n').filter((line) => line.startsWith('longhand:') && !line.includes('sorted'));
  expect(lines).toEqual([expect.stringContaining(message)]);
});
