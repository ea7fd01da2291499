// One sweep of 60 trials without a disturbance, and the same again and again while it is killed: on this
// machine with 1, 2 and 4 processes, over a queue with 1, 2 and 4 workers. In each, 50 processes or workers
// are killed, 10 times the sweep itself, and 5 times Redis. All must come to one table. Takes half an hour;
// needs `npm run build` and Redis. `node bench/queue-killings.js 300 here:2 queue:4`: epochs, and which of
// them.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const KILLS = { worker: 50, sweep: 10, redis: 5 };
/** Between two kills, in ms. */
const PAUSE_MS = 2000;
const CASES = ['here:1', 'here:2', 'here:4', 'queue:1', 'queue:2', 'queue:4'];
const DEFAULT_EPOCHS = '300';
const root = fileURLToPath(new URL('..', import.meta.url));
const command = path.join(root, 'packages/cli/bin/longhand.js');
const data = ['--data', path.join(root, 'tests/fixtures/iris.csv')];
const asked = process.argv.slice(2);
const epochs = asked.find((word) => /^\d+$/.test(word)) ?? DEFAULT_EPOCHS;
const cases = asked.filter((word) => word !== epochs);
const unknown = cases.find((word) => !CASES.includes(word));
if (unknown !== undefined) throw new Error(`${unknown}: expected epochs and some of ${CASES.join(', ')}`);
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

const sha256 = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** What must be the same, whoever computed it. */
function tableOf(stdout) {
  const { trials, winner } = JSON.parse(stdout);
  const rows = trials.map(({ settings, parametersSha256, dev }) => ({ settings, parametersSha256, dev }));
  return `table ${sha256({ rows, winner })}, winner ${winner.parametersSha256.slice(0, 16)}`;
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

/** The processes of a sweep on this machine. The one that was killed first was started first. */
function createProcesses(count) {
  return {
    flags: ['--processes', `${count}`],
    async killOne({ child }) {
      const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
      const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
      const [oldest] = pairs.flatMap(([pid, parent]) => (parent === child.pid ? [pid] : []));
      if (oldest === undefined) return false;
      try {
        process.kill(oldest, 'SIGKILL');
        return true;
      } catch {
        return false;
      }
    },
    restart: undefined,
    end: async () => {},
  };
}

/** Workers at a queue of their own. */
async function createWorkers(count) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const url = `redis://127.0.0.1:${port}`;
  let redis = await startRedis(port);
  let restarts = 0;
  const startWorker = () => longhand('worker', '--queue', url, ...data, '--processes', '1', '--lock', '3s');
  const workers = Array.from({ length: count }, startWorker);
  return {
    flags: ['--queue', url],
    async killOne() {
      await kill(workers.shift());
      workers.push(startWorker());
      return true;
    },
    /** Now by its signal to end, now without a word. */
    async restart() {
      await kill(redis, restarts++ % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      await pause(300);
      redis = await startRedis(port);
    },
    async end() {
      for (const worker of workers) await kill(worker);
      await kill(redis);
      rmSync(path.join(folder, 'appendonlydir'), { recursive: true, force: true });
    },
  };
}

const seconds = (since) => ((performance.now() - since) / 1000).toFixed(0);

/** One sweep that is killed and resumed until it has its table. */
async function runCase(name) {
  const [place, count] = name.split(':');
  const crew = place === 'here' ? createProcesses(count) : await createWorkers(Number(count));
  const log = path.join(folder, `${place}-${count}.jsonl`);
  const startSweep = () =>
    existsSync(log)
      ? longhand('sweep', '--resume', log, ...data, ...common, ...crew.flags)
      : longhand('sweep', ...space, ...common, '--log', log, ...crew.flags);
  const began = performance.now();
  let sweep = startSweep();
  const killed = { worker: 0, sweep: 0, redis: 0 };
  // After every fifth worker the sweep, after every tenth Redis.
  for (let k = 1; killed.worker < KILLS.worker && sweep.child.exitCode === null; k++) {
    await pause(PAUSE_MS);
    if (sweep.child.exitCode !== null) break;
    if (await crew.killOne(sweep)) killed.worker++;
    if (k % 5 === 0 && killed.sweep < KILLS.sweep) {
      await kill(sweep);
      killed.sweep++;
      sweep = startSweep();
    }
    if (crew.restart && k % 10 === 5 && killed.redis < KILLS.redis) {
      await crew.restart();
      killed.redis++;
    }
  }
  let over = await sweep.ended;
  // A run whose process was killed three times without getting further has failed, until it is tried again.
  for (let tries = 0; tries < 3 && /processes died over it/.test(over.stdout); tries++)
    over = await startSweep().ended;
  await crew.end();
  if (over.code !== 0) throw new Error(`${name}: ${over.stderr}`);
  const results = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'measured');
  const table = tableOf(over.stdout);
  say(
    `${name}: ${table}; ${seconds(began)} s; killed: ${JSON.stringify(killed)}; ` +
      `${results.length} results in the log, of ${new Set(results.map(({ id }) => id)).size} runs`,
  );
  return table;
}

const began = performance.now();
const alone = await longhand('sweep', ...space, ...common).ended;
if (alone.code !== 0) throw new Error(alone.stderr);
const wanted = tableOf(alone.stdout);
say(`without a disturbance: ${wanted}; ${seconds(began)} s`);
let isSame = true;
for (const name of cases.length > 0 ? cases : CASES) isSame = (await runCase(name)) === wanted && isSame;
say(isSame ? 'one table and one winner' : 'NOT THE SAME');
process.exit(isSame ? 0 : 1);
