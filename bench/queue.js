// What a queue costs: `node bench/queue.js [cost] [short] [nothing]`, by default all. It starts a Redis of
// its own on a free port of this machine, in a folder of its own, and ends it. Needs `npm run build` and
// Redis or Valkey.
//
// cost: trials that do nothing, with one worker loop: what the queue adds to a trial.
// short: real trials of the shortest kind, iris with 20 epochs, with one worker loop and called directly, in
// turns. nothing: trials that do nothing, with 20 worker loops: the time of one, and the memory of Redis and
// of the sweep.
import { fork, spawn } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRun, Dataset } from '@longhand/core';
import { readCsv } from '@longhand/core/files';
import { createRandom } from '@longhand/core/maths';
import { fingerprintOf, runTask, taskId } from '@longhand/sweep';
import { connect, createProcessWork, createQueueCrew, runWorker, sweepIdOf } from '@longhand/sweep/queue';

const LOOPS = 20;
const SIZES = [2500, 5000, 10_000];
const COST_TRIALS = 300;
const ROUNDS = 5;
const program = fileURLToPath(import.meta.url);
const say = (text) => process.stdout.write(`${text}\n`);
const never = new AbortController().signal;

const dataset = (() => {
  const [side, examples] = [8, 400];
  const random = createRandom(1, 'bench');
  const labels = Uint8Array.from({ length: examples }, () => random.below(10));
  const pixels = new Uint8Array(examples * side * side).map(() => random.below(256));
  return new Dataset({
    ...{ pixels, labels, width: side, height: side },
    classNames: Array.from({ length: 10 }, (_, c) => `${c}`),
  });
})();
const data = { name: 'random pictures', fingerprint: fingerprintOf(dataset) };

const SHORT_TRIALS = 20;
const iris = await readCsv(readFileSync(new URL('../tests/fixtures/iris.csv', import.meta.url)), 'iris.csv');
const irisData = { name: 'iris', fingerprint: fingerprintOf(iris) };

const nothings = (count) =>
  tasksOf(count, { dataset, settings: { hidden: [10], iterations: 5, dev: 50 }, of: data });
const shorts = (count) =>
  tasksOf(count, {
    ...{ dataset: iris, settings: { hidden: [8], epochs: 20, batchSize: 16, dev: 30 }, of: irisData },
  });

function tasksOf(count, { dataset: all, settings, of }) {
  const { settings: built, iterations: until } = buildRun({ settings, dataset: all });
  const { threads: _, ...own } = built;
  return Array.from({ length: count }, (_, index) => {
    const named = { settings: { ...own, seed: index + 1 }, data: of.fingerprint, until };
    return { ...named, id: taskId(named), trial: index + 1, repetition: 1, rung: 1 };
  });
}

const doNothing = async ({ id, until }) => ({
  ...{ type: 'measured', id, updates: until, parametersSha256: id, seconds: 0 },
  ...{ dev: { examples: 50, loss: 1, accuracy: 1 }, curve: [] },
});

/** A Redis with persistence, as a sweep wants it. */
async function startRedis() {
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-bench-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const child = spawn(
    process.env.REDIS_PATH ?? 'redis-server',
    [
      ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'yes', '--daemonize', 'no'],
    ],
    { argv0: 'redis-server', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  process.once('SIGTERM', () => process.exit(1));
  let text = '';
  for await (const part of child.stdout) {
    text += part;
    if (/Ready to accept connections/.test(text)) break;
  }
  child.stdout.resume();
  return {
    url: `redis://127.0.0.1:${port}`,
    async end() {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function sweep(url, tasks, of = data) {
  const connection = await connect(url);
  const crew = await createQueueCrew({ connection, sweep: sweepIdOf({ bench: tasks.length }), data: of });
  const started = performance.now();
  let done = 0;
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  await crew.run(
    tasks,
    {
      ...{ onProgress: () => undefined, onWorkers: () => undefined },
      onNotice: (message) => process.stderr.write(`${message}\n`),
      onResult: () => done++,
    },
    never,
  );
  clearInterval(look);
  const ms = performance.now() - started;
  const info = await connection.redis.info();
  const figure = (name) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)[1]);
  const redisMs = 1000 * (figure('used_cpu_user') + figure('used_cpu_sys'));
  await crew.close();
  await connection.close();
  return { ms, done, peak, redisMs, redisPeak: figure('used_memory_peak') };
}

/** Worker loops, until the parent says that it is enough. */
async function runLoops(url, loops, work, of = data) {
  const stop = new AbortController();
  // All loops listen to it.
  setMaxListeners(2 * loops, stop.signal);
  process.once('message', () => stop.abort());
  const connections = await Promise.all(Array.from({ length: loops }, () => connect(url)));
  const ends = connections.map((connection) =>
    runWorker({
      ...{ connection, data: [of], processes: 1, signal: stop.signal, name: 'loop', work },
      listener: { onNotice: (message) => process.stderr.write(`${message}\n`) },
    }),
  );
  process.send('ready');
  await Promise.all(ends);
  await Promise.all(connections.map((connection) => connection.close()));
  process.disconnect();
}

async function withLoops(url, role, use) {
  const child = fork(program, [role, url]);
  await once(child, 'message');
  try {
    return await use();
  } finally {
    const exited = once(child, 'exit');
    child.send('stop');
    await exited;
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measureCost() {
  const redis = await startRedis();
  const tasks = nothings(COST_TRIALS);
  const rounds = [];
  await withLoops(redis.url, 'one-loop', async () => {
    for (let round = 0; round < ROUNDS; round++)
      rounds.push((await sweep(redis.url, tasks)).ms / tasks.length);
  });
  await redis.end();
  say(
    `cost: ${COST_TRIALS} trials that do nothing, one after the other: ${median(rounds).toFixed(1)} ms each ` +
      `(${rounds.map((ms) => ms.toFixed(1)).join(', ')})`,
  );
}

/** The tasks one after the other, without a queue. In ms. */
async function directly(tasks) {
  const store = { load: async () => undefined, save: async () => undefined, remove: async () => undefined };
  const started = performance.now();
  for (const task of tasks) await runTask(task, { dataset: iris, store });
  return performance.now() - started;
}

const inLoop = (task, { states, signal, onProgress }) =>
  runTask(task, { dataset: iris, store: states, signal, onProgress });

/** As `longhand worker` computes: in a process of its own. */
async function runProcessLoop(url) {
  const folder = mkdtempSync(path.join(tmpdir(), 'longhand-bench-'));
  const { work, close } = createProcessWork({
    ...{ datasets: new Map([[irisData.fingerprint, iris]]), threads: 1, folder },
    onNotice: (message) => process.stderr.write(`${message}\n`),
  });
  await runLoops(url, 1, work, irisData);
  await close();
  rmSync(folder, { recursive: true, force: true });
}

async function measureShort() {
  const redis = await startRedis();
  const tasks = shorts(SHORT_TRIALS);
  const ways = { directly: [], 'over the queue': [], 'over the queue, as longhand worker does': [] };
  for (let round = 0; round < ROUNDS; round++) {
    ways.directly.push((await directly(tasks)) / tasks.length);
    for (const [way, role] of [
      ['over the queue', 'short-loop'],
      ['over the queue, as longhand worker does', 'short-process'],
    ])
      await withLoops(redis.url, role, async () => {
        // The first one starts what all others find started.
        await sweep(redis.url, shorts(1), irisData);
        ways[way].push((await sweep(redis.url, tasks, irisData)).ms / tasks.length);
      });
  }
  await redis.end();
  for (const [way, rounds] of Object.entries(ways))
    say(
      `short: ${SHORT_TRIALS} trials of iris, ${way}: ${median(rounds).toFixed(1)} ms each ` +
        `(${rounds.map((ms) => ms.toFixed(1)).join(', ')})`,
    );
}

async function measureNothing() {
  for (const size of SIZES) {
    const redis = await startRedis();
    const result = await withLoops(redis.url, 'nothing', async () => {
      // A process of its own for each size, whose memory holds nothing of the others.
      const child = fork(program, ['sweep', redis.url, `${size}`]);
      const [answer] = await once(child, 'message');
      await once(child, 'exit');
      return answer;
    });
    await redis.end();
    const { ms, done, peak, redisMs, redisPeak } = result;
    say(
      `nothing: ${done.toLocaleString('en-US')} trials, ${LOOPS} loops: ${(ms / 1000).toFixed(1)} s, ` +
        `${(ms / done).toFixed(2)} ms each; at most ${(peak / 1e6).toFixed(0)} MB in the sweep, ` +
        `${(redisPeak / 1e6).toFixed(0)} MB in Redis, which computes ${(redisMs / done).toFixed(2)} ms for each`,
    );
  }
}

const [role, url, size] = process.argv.slice(2);
if (role === 'one-loop') await runLoops(url, 1, doNothing);
else if (role === 'short-loop') await runLoops(url, 1, inLoop, irisData);
else if (role === 'short-process') await runProcessLoop(url);
else if (role === 'sweep') {
  process.send(await sweep(url, nothings(Number(size))));
  process.disconnect();
} else if (role === 'nothing' && url !== undefined) await runLoops(url, LOOPS, doNothing);
else {
  const asked = process.argv.slice(2);
  if (asked.length === 0 || asked.includes('cost')) await measureCost();
  if (asked.length === 0 || asked.includes('short')) await measureShort();
  if (asked.length === 0 || asked.includes('nothing')) await measureNothing();
}
