import { type Task, type TaskReport, taskId } from '@longhand/sweep';
import { connect, type Work } from '@longhand/sweep/queue';
import { Queue } from 'bullmq';
import { describe, expect, test } from 'vitest';
import { redisForTests } from './redis.js';
import { DATA, directly, tasksOf } from './small-sweep.js';
import { spoil } from './worker-program.js';
import { outcomesOf, startLocalWorker, sweepOver, trainSmall } from './workers.js';

const emptyRedis = redisForTests();
const TASKS = tasksOf(12);
const wanted = directly(TASKS);

/** Comes to a result without training. */
const pretend: Work = async ({ id, until }) => ({
  ...{ type: 'measured', id, updates: until, parametersSha256: id },
  ...{ dev: { examples: 1, loss: 1, accuracy: 1 }, curve: [], seconds: 0 },
});

describe('a sweep over a queue', () => {
  test.for([1, 2, 4])('comes to the bits of one without, with %i workers', async (count, context) => {
    const { url } = await emptyRedis(context);
    const workers = await Promise.all(Array.from({ length: count }, () => startLocalWorker(url)));
    const { results, given, notices } = await sweepOver(url, TASKS);
    expect(outcomesOf(results)).toEqual(await wanted);
    expect(given).toBe(TASKS.length);
    expect(notices).toEqual([]);
    expect(await Promise.all(workers.map((worker) => worker.stop()))).toEqual(
      workers.map(() => ({ type: 'interrupted' })),
    );
  });

  test('leaves nothing in Redis but the queue itself', async (context) => {
    const { url } = await emptyRedis(context);
    const worker = await startLocalWorker(url);
    await sweepOver(url, TASKS.slice(0, 3));
    await worker.stop();
    const { redis, close } = await connect(url);
    const keys = (await redis.keys('*')).map((key) => key.split(':').at(-1)).sort();
    await close();
    expect(keys.filter((key) => key !== 'stalled-check')).toEqual(['events', 'id', 'meta']);
  });

  test('gives a failed trial as its result, and goes on', async (context) => {
    const { url } = await emptyRedis(context);
    const worker = await startLocalWorker(url, {
      work: async (task, context) =>
        task.trial === 2
          ? { type: 'failed', reason: 'Z¹ is infinite', id: task.id, seconds: 0 }
          : pretend(task, context),
    });
    const { results } = await sweepOver(url, TASKS.slice(0, 3));
    await worker.stop();
    expect(results.get(TASKS[1]!.id)).toMatchObject({ type: 'failed', reason: 'Z¹ is infinite' });
    expect(results.size).toBe(3);
  });

  test('says which trial no worker could compute, and why', async (context) => {
    const { url } = await emptyRedis(context);
    let tries = 0;
    const worker = await startLocalWorker(url, {
      work: async () => {
        tries++;
        throw new Error('no memory is left');
      },
    });
    await expect(sweepOver(url, TASKS.slice(0, 1))).rejects.toThrow(
      'trial 1 could not be computed: no memory is left (local)',
    );
    expect(tries).toBe(3);
    await worker.stop();
  });

  test('says once that no worker has its data, and a worker says which data it lacks', async (context) => {
    const { url } = await emptyRedis(context);
    const other = { name: 'other pictures', fingerprint: 'ab'.repeat(32) };
    const stop = new AbortController();
    const sweeping = sweepOver(url, TASKS.slice(0, 1), {
      signal: stop.signal,
      onNotice: () => stop.abort(),
    });
    const worker = await startLocalWorker(url, { data: [other] });
    const { notices, results } = await sweeping;
    await worker.stop();
    expect(results.size).toBe(0);
    expect(worker.trials).toEqual([]);
    expect(notices).toEqual([
      'no worker at the queue has small pictures: waiting for one (longhand worker --help)',
    ]);
    expect(worker.notices).toEqual([
      `a sweep waits for data that this worker does not have: small pictures (${DATA.fingerprint.slice(0, 12)}…): pass it with --data`,
    ]);
  });
});

describe('jobs that are not ours', () => {
  const addJobs = async (url: string, jobs: readonly { id: string; data: unknown }[]) => {
    const { redis, close } = await connect(url);
    const queue = new Queue(`tasks-1-${DATA.fingerprint.slice(0, 32)}`, {
      connection: redis,
      prefix: 'longhand',
    });
    for (const { id, data } of jobs) await queue.add('task', data, { jobId: id });
    await queue.close();
    await close();
  };

  test('a foreign or malformed job costs one line, and the worker goes on', async (context) => {
    const { url } = await emptyRedis(context);
    const [task] = TASKS as [Task];
    const sweep = 'ab'.repeat(8);
    const settings = { ...task.settings, alpha: -1 };
    await addJobs(url, [
      { id: 'mail', data: { to: 'somebody' } },
      { id: 'settings', data: { sweep, task: { ...task, settings }, copy: 1, except: [] } },
      { id: 'code', data: { sweep, task: { ...task, run: 'process.exit()' }, copy: 1, except: [] } },
      { id: 'strange', data: { sweep, task, copy: 1, except: [] } },
    ]);
    const worker = await startLocalWorker(url, { work: pretend });
    const { results } = await sweepOver(url, TASKS.slice(0, 2));
    await worker.stop();
    expect(results.size).toBe(2);
    expect(worker.trials.length).toBe(2);
    expect(worker.notices).toEqual([
      'job mail of the queue cannot be done: sweep: this is not of a sweep of ours: found nothing',
      expect.stringMatching(
        /^job settings of the queue cannot be done: task: settings: alpha: expected a number/,
      ),
      'job code of the queue cannot be done: task: run: expected no such field, found "process.exit()"',
      'job strange of the queue cannot be done: its id or its data are those of another task',
    ]);
  });

  test('a task of other data in the queue of these is not done', async (context) => {
    const { url } = await emptyRedis(context);
    const [task] = TASKS as [Task];
    const data = 'cd'.repeat(32);
    const foreign = { ...task, data, id: taskId({ ...task, data }) };
    const sweep = 'ab'.repeat(8);
    await addJobs(url, [
      { id: `${sweep}-${foreign.id}-1`, data: { sweep, task: foreign, copy: 1, except: [] } },
    ]);
    const worker = await startLocalWorker(url, { work: pretend });
    await sweepOver(url, TASKS.slice(0, 1));
    await worker.stop();
    expect(worker.trials).toEqual([1]);
    expect(worker.notices.length).toBe(1);
  });
});

describe('verification', () => {
  const verify = { share: 1, seed: 1 };

  test('a worker that computes wrong bits is named and left out, and its results are computed again', async (context) => {
    const { url } = await emptyRedis(context);
    const wrong = await startLocalWorker(url, {
      name: 'wrong',
      work: async (task, context) => {
        const report = await trainSmall(task, context);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return spoil(report);
      },
    });
    // Of the trials, these are verified: 1, 5 and 7. The wrong one has the first, and some that are not.
    const sweeping = sweepOver(url, TASKS, { verify: { share: 0.3, seed: 5 } });
    await expect.poll(() => wrong.trials.length).toBeGreaterThan(2);
    const others = await Promise.all(['a', 'b'].map((name) => startLocalWorker(url, { name })));
    const { results, distrusted, notices, given } = await sweeping;
    expect(given).toBeGreaterThan(TASKS.length);
    expect(distrusted).toEqual(['wrong']);
    expect(notices.filter((line) => /left out/.test(line))).toEqual([
      expect.stringMatching(
        /^wrong computed wrong bits for trial \d+, as two others found: it is left out, and its results are computed again$/,
      ),
    ]);
    expect(outcomesOf(results)).toEqual(await wanted);
    expect([...results.values()].map(({ worker }) => worker)).not.toContain('wrong');
    expect(await wrong.ended).toMatchObject({ type: 'left out' });
    await expect(startLocalWorker(url, { name: 'wrong' })).rejects.toThrow(
      /^wrong was left out: it computed/,
    );
    await Promise.all(others.map((worker) => worker.stop()));
  });

  test('two workers that agree are both believed', async (context) => {
    const { url } = await emptyRedis(context);
    const workers = await Promise.all(['a', 'b'].map((name) => startLocalWorker(url, { name })));
    const { results, notices } = await sweepOver(url, TASKS, { verify });
    expect(outcomesOf(results)).toEqual(await wanted);
    expect(notices).toEqual([]);
    expect(workers.map(({ trials }) => trials.length)).toEqual([TASKS.length, TASKS.length]);
    await Promise.all(workers.map((worker) => worker.stop()));
  });

  test('with one worker, the sweep says that it waits, and then that it could not verify', async (context) => {
    const { url } = await emptyRedis(context);
    const worker = await startLocalWorker(url, { work: pretend });
    const { results, notices } = await sweepOver(url, TASKS, { verify, verifyWaitMs: 1000 });
    await worker.stop();
    expect(results.size).toBe(TASKS.length);
    expect(notices).toEqual([
      '12 results wait to be verified by a second worker: start one within 1 s, or they count as they are',
      '12 results could not be verified: there was no second worker',
    ]);
  });

  test('two that disagree wait for a third', async (context) => {
    const { url } = await emptyRedis(context);
    const first = await startLocalWorker(url, { name: 'first', work: pretend });
    const second = await startLocalWorker(url, {
      name: 'second',
      work: async (task, context) => spoil((await pretend(task, context)) as TaskReport),
    });
    const thirds: Promise<{ stop(): Promise<unknown> }>[] = [];
    const { results, notices, distrusted } = await sweepOver(url, TASKS.slice(0, 1), {
      verify,
      onNotice: (line) => {
        if (/a third/.test(line)) thirds.push(startLocalWorker(url, { name: 'third', work: pretend }));
      },
    });
    expect(notices[0]).toBe(
      'two workers came to different bits for trial 1: a third has to decide. Start one',
    );
    expect(distrusted).toEqual(['second']);
    expect(results.get(TASKS[0]!.id)).toMatchObject({ parametersSha256: TASKS[0]!.id });
    await Promise.all([first, second, ...(await Promise.all(thirds))].map((worker) => worker.stop()));
  });
});
