import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkServer, connect } from '@longhand/sweep/queue';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli/command.js';
import { redisServer } from '../runtimes/installed.js';
import { freePort, type RedisServer, redisForTests, startRedis } from './redis.js';
import { directly, tasksOf } from './small-sweep.js';
import { outcomesOf, startLocalWorker, startWorkerProcess, sweepOver } from './workers.js';

const emptyRedis = redisForTests();
/** Long enough that it can be killed in the middle. */
const TASKS = tasksOf(12, { iterations: 400 });
const wanted = directly(TASKS);
const LOCK_MS = 1000;

test('workers that are killed cost time alone', async (context) => {
  const { url } = await emptyRedis(context);
  const start = (index: number) =>
    startWorkerProcess({ url, name: `w${index}`, lockMs: LOCK_MS, slowMs: 50 });
  const workers = [start(0), start(1)];
  let done = false;
  const sweeping = sweepOver(url, TASKS).finally(() => {
    done = true;
  });
  // Every kill comes when the worker is at a task; another worker takes its place.
  for (let index = 2; index < 6; index++) {
    const victim = workers.shift()!;
    await victim.hears('trial');
    await victim.kill();
    workers.push(start(index));
  }
  expect(done).toBe(false);
  const { results, given, notices } = await sweeping;
  expect(outcomesOf(results)).toEqual(await wanted);
  expect(given).toBe(TASKS.length);
  expect(
    notices.filter((line) => /^w\d was lost: its trial \d+ goes to another worker$/.test(line)),
  ).not.toEqual([]);
  await Promise.all(workers.map((worker) => worker.kill()));
});

test('Ctrl-C hands the task back with its state, and another worker goes on', async (context) => {
  const { url } = await emptyRedis(context);
  const [task] = tasksOf(1, { iterations: 15_000 });
  const first = startWorkerProcess({ url, name: 'first' });
  const sweeping = sweepOver(url, [task!]);
  await first.hears('trial 1');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await first.kill('SIGINT')).toBe(130);
  const second = startWorkerProcess({ url, name: 'second' });
  const { results } = await sweeping;
  // With the lock of 30 s, a task that was not handed back would have waited for it.
  expect(results.get(task!.id)).toMatchObject({
    type: 'measured',
    worker: 'second',
    workers: ['first', 'second'],
  });
  await second.kill();
});

test('a sweep that is killed finds what was computed in the meantime', async (context) => {
  const { url } = await emptyRedis(context);
  const worker = await startLocalWorker(url);
  const tasks = tasksOf(12);
  const killed = new Error('killed');
  let taken = 0;
  const first = new Map<string, unknown>();
  await expect(
    sweepOver(url, tasks, {
      onResult(result) {
        first.set(result.id, result);
        if (++taken === 3) throw killed;
      },
      isKilled: true,
    }),
  ).rejects.toThrow(killed);
  // The worker goes on without it.
  await expect.poll(() => worker.done.length).toBe(tasks.length);
  await worker.stop();
  const left = tasks.filter(({ id }) => !first.has(id));
  // Nobody works now: all that is left lies in the queue.
  const { results, given } = await sweepOver(url, left);
  expect(given).toBe(left.length);
  expect(results.size).toBe(left.length);
  expect(outcomesOf(results)).toEqual(new Map([...(await directly(left))]));
});

test.for([true, false])('Redis may restart, keeping its data: %s', async (persists, context) => {
  const server = await startRedis(redisServer(context), { persists });
  const { url } = server;
  // Slow enough that tasks are left when Redis ends, on a busy machine, too.
  const workers = [0, 1].map((index) =>
    startWorkerProcess({ url, name: `w${index}`, lockMs: LOCK_MS, slowMs: 300 }),
  );
  let taken = 0;
  let restarts = 0;
  let restarting: Promise<void> | undefined;
  const restart = async () => {
    restarts++;
    await server.end(restarts % 2 === 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.begin();
  };
  const { results, given, notices } = await sweepOver(url, TASKS, {
    onResult() {
      if (++taken % 4 === 0) restarting = (restarting ?? Promise.resolve()).then(restart);
    },
  });
  await restarting;
  expect(restarts).toBe(3);
  expect(outcomesOf(results)).toEqual(await wanted);
  expect(given).toBe(TASKS.length);
  const address = `127.0.0.1:${server.port}`;
  expect(
    notices.filter((line) => line === `the queue at ${address} is away: waiting for it, nothing is lost`),
  ).not.toEqual([]);
  expect(notices).toContain(`the queue at ${address} is back`);
  await Promise.all(workers.map((worker) => worker.kill()));
  await server.remove();
});

test('a worker that was away for longer than its lock does not count twice', async (context) => {
  const { url } = await emptyRedis(context);
  const tasks = tasksOf(2, { iterations: 3000 });
  const stopped = startWorkerProcess({ url, name: 'stopped', lockMs: LOCK_MS });
  const sweeping = sweepOver(url, tasks);
  await stopped.hears('trial 1');
  stopped.child.kill('SIGSTOP');
  const other = startWorkerProcess({ url, name: 'other', lockMs: LOCK_MS });
  await other.hears('trial 1');
  stopped.child.kill('SIGCONT');
  const { results, given } = await sweeping;
  expect(given).toBe(2);
  expect(outcomesOf(results)).toEqual(await directly(tasks));
  await Promise.all([stopped.kill(), other.kill()]);
});

test('a worker waits for a queue that is not there yet, as it is told', async (context) => {
  const server = await startRedis(redisServer(context));
  await server.end();
  const worker = startWorkerProcess({ url: server.url, name: 'early' });
  const address = `127.0.0.1:${server.port}`;
  await worker.hears(`the queue at ${address} is not reachable (ECONNREFUSED): waiting for it`);
  await server.begin();
  await worker.hears('started early');
  await worker.kill();
  await server.remove();
});

test('what cannot be connected to is one line', async (context) => {
  const server = await startRedis(redisServer(context), { args: ['--requirepass', 'secret'] });
  const at = `127.0.0.1:${server.port}`;
  await expect(connect(server.url)).rejects.toThrow(
    `the queue at ${at} asks for a password: write it into the address, redis://:password@${at}`,
  );
  await expect(connect(`redis://:wrong@${at}`)).rejects.toThrow(
    `the queue at ${at} refuses the user or the password: check the address`,
  );
  await expect(connect(`redis://:secret@${at}/99`)).rejects.toThrow(`the queue at ${at} has no database 99`);
  await server.remove();
  await expect(connect(server.url)).rejects.toThrow(
    `the queue at ${at} is not reachable (ECONNREFUSED). Start Redis there, or pass --wait 10m to wait for it`,
  );
});

test('TLS with a certificate of one’s own needs its authority', async (context) => {
  const folder = temporaryFolder();
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  const { status } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate],
  ]);
  if (status !== 0) context.skip('openssl is not installed');
  const port = await freePort();
  const server = await startRedis(redisServer(context), {
    args: [
      ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate],
    ],
  });
  const url = `rediss://127.0.0.1:${port}`;
  await expect(connect(url)).rejects.toThrow(
    /its certificate is not trusted .*Pass its authority with --queue-ca$/,
  );
  const connection = await connect(url, { ca: readFileSync(certificate, 'utf8') });
  expect(await connection.redis.ping()).toBe('PONG');
  await connection.close();
  await server.remove();
});

test('how Redis is configured is checked at the start', async (context) => {
  const program = redisServer(context);
  const check = async (server: RedisServer) => {
    const connection = await connect(server.url);
    return checkServer(connection).finally(() => connection.close());
  };
  const kept = await startRedis(program);
  expect(await check(kept)).toEqual([]);
  await kept.remove();
  const forgetful = await startRedis(program, { persists: false });
  expect(await check(forgetful)).toEqual([
    `the queue at 127.0.0.1:${forgetful.port} keeps nothing on disk: if it restarts, its tasks are computed again. Set appendonly yes`,
  ]);
  await forgetful.remove();
  const evicting = await startRedis(program, { args: ['--maxmemory-policy', 'allkeys-lru'] });
  await expect(check(evicting)).rejects.toThrow(
    /may delete jobs when its memory is full \(maxmemory-policy allkeys-lru\): set maxmemory-policy noeviction$/,
  );
  await evicting.remove();
});
