import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { connect, type QueueConnection, sweepIdOf } from '@longhand/sweep/queue';
import { expect, test } from 'vitest';
import { redisForTests } from './redis.js';
import { directly, tasksOf } from './small-sweep.js';
import { outcomesOf, startLocalWorker, startWorkerProcess, sweepOver } from './workers.js';

const emptyRedis = redisForTests();
const TASKS = tasksOf(6);
const wanted = directly(TASKS);
const SWEEP = sweepIdOf({ tasks: 'small' });
const KEY = `longhand:lock:${SWEEP}`;
const ELSEWHERE = JSON.stringify({ host: 'elsewhere', pid: 12, boot: '', space: '', started: '', id: 'x' });

async function withRedis<T>(url: string, use: (redis: QueueConnection['redis']) => Promise<T>): Promise<T> {
  const connection = await connect(url);
  try {
    return await use(connection.redis);
  } finally {
    await connection.close();
  }
}

/** The lock of a sweep that is at work, as another process would write it. */
async function lockOf(url: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await withRedis(url, async (redis) => {
    let found: string | null = null;
    await expect
      .poll(async () => {
        found = await redis.get(KEY);
        return found;
      })
      .not.toBeNull();
    return found!;
  });
  return JSON.parse(text);
}

test('a second sweep with the same trials is refused in one line, and the first goes on', async (context) => {
  const { url } = await emptyRedis(context);
  const first = sweepOver(url, TASKS);
  await lockOf(url);
  await expect(sweepOver(url, TASKS)).rejects.toThrow(
    `process ${process.pid} on ${hostname()} has the same runs done at this queue: end it first`,
  );
  const worker = await startLocalWorker(url);
  expect(outcomesOf((await first).results)).toEqual(await wanted);
  await worker.stop();
  // It has ended, and gave its lock back.
  expect(await withRedis(url, (redis) => redis.exists(KEY))).toBe(0);
});

test('the lock of a process of this machine that was killed keeps nobody waiting', async (context) => {
  const { url } = await emptyRedis(context);
  const stop = new AbortController();
  const first = sweepOver(url, TASKS, { signal: stop.signal });
  const own = await lockOf(url);
  stop.abort();
  await first;
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  // It would last for a day.
  const left = JSON.stringify({ ...own, pid, started: '' });
  await withRedis(url, (redis) => redis.set(KEY, left, 'PX', 86_400_000));
  const worker = await startLocalWorker(url);
  const { results, notices } = await sweepOver(url, TASKS);
  await worker.stop();
  expect(outcomesOf(results)).toEqual(await wanted);
  expect(notices).toEqual([]);
});

test('the lock of another machine is waited for, and taken over when nobody renews it', async (context) => {
  const { url } = await emptyRedis(context);
  await withRedis(url, (redis) => redis.set(KEY, ELSEWHERE, 'PX', 1500));
  const worker = await startLocalWorker(url);
  const { results, notices } = await sweepOver(url, TASKS);
  await worker.stop();
  expect(results.size).toBe(TASKS.length);
  expect(notices).toEqual([
    'process 12 on elsewhere had the same runs done: waiting 15 s for a sign of life of it',
  ]);
});

test('the lock of another machine that is renewed is an error in one line', async (context) => {
  const { url } = await emptyRedis(context);
  await withRedis(url, async (redis) => {
    const renew = () => redis.set(KEY, ELSEWHERE, 'PX', 60_000);
    await renew();
    await expect(sweepOver(url, TASKS, { onNotice: () => void setTimeout(renew, 500) })).rejects.toThrow(
      'process 12 on elsewhere has the same runs done at this queue: end it first',
    );
  });
});

test('a sweep whose lock was taken over while it was away ends, and leaves the queue to the other', async (context) => {
  const { url } = await emptyRedis(context);
  const first = sweepOver(url, TASKS);
  await lockOf(url);
  await withRedis(url, (redis) => redis.set(KEY, ELSEWHERE, 'PX', 60_000));
  await expect(first).rejects.toThrow(
    'process 12 on elsewhere has taken the runs over, since this one was away from the queue for too long',
  );
  await withRedis(url, async (redis) => {
    expect(await redis.get(KEY)).toBe(ELSEWHERE);
    await redis.del(KEY);
  });
  // The jobs are still there: a worker does them before the other sweep asks.
  const worker = startWorkerProcess({ url, name: 'later' });
  await worker.hears('trial 1');
  await worker.kill();
});
