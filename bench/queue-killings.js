// One sweep of 60 trials on this machine, and the same over a queue while 50 workers, 10 sweeps and 5 Redis are killed:
// `node bench/queue-killings.js 1000` (epochs). Both must come to the same table. Takes some minutes. Needs `npm run build` and Redis.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const KILLS = { worker: 50, sweep: 10, redis: 5 };
const WORKERS = 3;
const PAUSE_MS = 2000;
const root = fileURLToPath(new URL('..', import.meta.url));
const command = path.join(root, 'packages/cli/bin/longhand.js');
const data = ['--data', path.join(root, 'tests/fixtures/iris.csv')];
const [epochs = '1000'] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'longhand-killings-'));
const say = (text) => process.stdout.write(`${text}\n`);

const space = [
  ...[...data, '--dev', '30', '--batch-size', '16', '--epochs', epochs, '--trials', '60'],
  ...['--vary', 'hidden=4,8,16', '--vary', 'alpha=log:0.01..0.5'],
];
const common = ['--fresh', '2', '--no-doubt', '--json', '--out', 'best.safetensors'];

const children = new Set();
process.once('SIGTERM', () => process.exit(1));
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(program, args, options = {}) {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  children.add(child);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    child[stream].setEncoding('utf8').on('data', (text) => {
      output[stream] += text;
    });
  const ended = once(child, 'exit').then(([code]) => {
    children.delete(child);
    return { code, ...output };
  });
  return { child, ended, output };
}

const longhand = (...args) => start(process.execPath, [command, ...args]);

async function kill({ child, ended }, signal = 'SIGKILL') {
  child.kill(signal);
  await ended;
}

/** What must be the same, whoever computed it. */
function tableOf(stdout) {
  const { trials, winner } = JSON.parse(stdout);
  return JSON.stringify({
    trials: trials.map(({ settings, parametersSha256, dev }) => ({ settings, parametersSha256, dev })),
    winner,
  });
}

async function startRedis(port) {
  const redis = start(
    process.env.REDIS_PATH ?? 'redis-server',
    [
      ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'yes', '--daemonize', 'no'],
    ],
    { argv0: 'redis-server' },
  );
  while (!/Ready to accept/.test(redis.output.stdout)) await pause(20);
  return redis;
}

const started = performance.now();
const alone = await longhand('sweep', ...space, ...common).ended;
if (alone.code !== 0) throw new Error(alone.stderr);
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(0);
say(`on this machine: ${seconds(started)} s`);

const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address();
probe.close();
const url = `redis://127.0.0.1:${port}`;
let redis = await startRedis(port);
const startWorker = () => longhand('worker', '--queue', url, ...data, '--processes', '1', '--lock', '3s');
const workers = Array.from({ length: WORKERS }, startWorker);
const log = path.join(folder, 'sweep.jsonl');
const startSweep = () =>
  existsSync(log)
    ? longhand('sweep', '--resume', log, ...data, ...common, '--queue', url)
    : longhand('sweep', ...space, ...common, '--log', log, '--queue', url);
const again = performance.now();
let sweep = startSweep();
const killed = { worker: 0, sweep: 0, redis: 0 };
// After every fifth worker the sweep, after every tenth Redis: now by its signal to end, now without a word.
for (let k = 1; killed.worker < KILLS.worker && sweep.child.exitCode === null; k++) {
  await pause(PAUSE_MS);
  await kill(workers.shift());
  workers.push(startWorker());
  killed.worker++;
  if (k % 5 === 0 && killed.sweep < KILLS.sweep) {
    await kill(sweep);
    killed.sweep++;
    sweep = startSweep();
  }
  if (k % 10 === 5 && killed.redis < KILLS.redis) {
    await kill(redis, killed.redis % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
    killed.redis++;
    await pause(300);
    redis = await startRedis(port);
  }
}
const over = await sweep.ended;
say(`over the queue: ${seconds(again)} s; killed: ${JSON.stringify(killed)}`);
if (over.code !== 0) throw new Error(over.stderr);
const results = readFileSync(log, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ type }) => type === 'measured');
const isSame = tableOf(over.stdout) === tableOf(alone.stdout);
say(`results in the log: ${results.length}, of ${new Set(results.map(({ id }) => id)).size} tasks`);
say(isSame ? 'the same table and the same winner' : 'NOT THE SAME');
process.exit(isSame ? 0 : 1);
