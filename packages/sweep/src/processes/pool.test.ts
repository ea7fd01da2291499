import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildRun, Dataset } from '@longhand/core';
import { createRandom } from '@longhand/core/maths';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CrewListener } from '../crew.js';
import { fingerprintOf } from '../run/fingerprint.js';
import { runTask } from '../run/run-task.js';
import { taskId } from '../run/task-id.js';
import type { Task, TaskResult } from '../task.js';
import { createPool } from './pool.js';

const dataset = (() => {
  const random = createRandom(3, 'examples');
  const labels = Uint8Array.from({ length: 200 }, () => random.below(2));
  const pixels = Uint8Array.from({ length: 200 * 16 }, (_, at) => random.below(100 + 80 * labels[at >> 4]!));
  return new Dataset({ pixels, labels, width: 4, height: 4, classNames: ['a', 'b'] });
})();

function taskOf(seed: number, epochs: number): Task {
  const { settings: all, iterations: until } = buildRun({
    ...{ settings: { seed, epochs, hidden: [6], batchSize: 10, dev: 50 }, dataset },
  });
  const { threads: _, ...settings } = all;
  const data = fingerprintOf(dataset);
  const id = taskId({ settings, data, until });
  return { id, trial: seed, repetition: 1, rung: 1, settings, until, data };
}

const outcome = ({ seconds: _s, worker: _w, ...rest }: TaskResult) => rest;
const never = new AbortController().signal;

let states: string;
beforeEach(() => {
  states = mkdtempSync(path.join(tmpdir(), 'pool-test-'));
});
afterEach(() => rmSync(states, { recursive: true, force: true }));

/** Collects what a pool says. */
function collector(onProgress: CrewListener['onProgress'] = () => undefined) {
  const results = new Map<string, TaskResult>();
  const notices: string[] = [];
  const told: CrewListener = {
    ...{ onProgress, onWorkers: () => undefined, onNotice: (message) => notices.push(message) },
    onResult(result) {
      expect(results.has(result.id)).toBe(false);
      results.set(result.id, result);
    },
  };
  return { results, notices, told };
}

const direct = async (task: Task) => {
  const store = { load: async () => undefined, save: async () => undefined, remove: async () => undefined };
  const { seconds: _, ...rest } = await runTask(task, { dataset, threads: 0, store });
  return rest;
};

const pidOf = (worker: string) => Number(/\d+$/.exec(worker)![0]);

test('processes do each task once, to the bits of a direct call', async () => {
  const tasks = [1, 2, 3, 4, 5].map((seed) => taskOf(seed, 3));
  const pool = createPool({ dataset, processes: 2, states });
  const { results, told } = collector();
  await pool.run(tasks, told, never);
  const more = [taskOf(6, 3)];
  await pool.run(more, told, never);
  await pool.close();
  for (const task of [...tasks, ...more]) expect(outcome(results.get(task.id)!)).toEqual(await direct(task));
  expect(new Set([...results.values()].map(({ worker }) => worker)).size).toBe(2);
});

test('a process that is killed is replaced, and its task goes on from its state to the same bits', async () => {
  const task = taskOf(1, 400);
  const pool = createPool({ dataset, processes: 1, states, every: 100 });
  const killed: number[] = [];
  const { results, notices, told } = collector((_, worker, updates) => {
    // The second one has made more updates than the first: it did not begin at the start.
    if (killed.length >= 2 || killed.includes(pidOf(worker)) || updates < 50) return;
    killed.push(pidOf(worker));
    process.kill(pidOf(worker), 'SIGKILL');
  });
  await pool.run([task], told, never);
  await pool.close();
  expect(killed).toHaveLength(2);
  expect(notices).toHaveLength(2);
  expect(notices[0]).toContain('(SIGKILL): trial 1 goes on in another one');
  expect(outcome(results.get(task.id)!)).toEqual(await direct(task));
});

test('a process that hangs is killed, and its task goes on in another one to the same bits', async () => {
  const task = taskOf(1, 400);
  const pool = createPool({ dataset, processes: 1, states, every: 100, silence: 3000 });
  const stopped = new Set<number>();
  const { results, notices, told } = collector((_, worker, updates) => {
    if (stopped.size > 0 || updates < 50) return;
    stopped.add(pidOf(worker));
    process.kill(pidOf(worker), 'SIGSTOP');
  });
  await pool.run([task], told, never);
  await pool.close();
  const [pid] = stopped;
  expect(notices).toEqual([
    `process ${pid} ended (no sign of life for 3.0 s): trial 1 goes on in another one`,
  ]);
  expect(outcome(results.get(task.id)!)).toEqual(await direct(task));
});

test('a task that gets no further in any process has failed, and says why', async () => {
  const pool = createPool({ dataset, processes: 1, states });
  // It names itself wrong, which no process takes.
  const wrong = { ...taskOf(1, 3), id: 'f'.repeat(64) };
  const good = taskOf(2, 3);
  const { results, told } = collector();
  await pool.run([wrong, good], told, never);
  await pool.close();
  expect(results.get(wrong.id)).toMatchObject({
    type: 'failed',
    reason: expect.stringContaining('3 processes died over it: task: id: expected'),
  });
  expect(results.get(good.id)!.type).toBe('measured');
});

test('interrupted, the processes save their states and end; the next pool goes on', async () => {
  const task = taskOf(1, 400);
  const interruption = new AbortController();
  const first = collector((_, worker) => {
    workers.add(pidOf(worker));
    interruption.abort();
  });
  const workers = new Set<number>();
  await createPool({ dataset, processes: 1, states, every: 1e9 }).run(
    [task],
    first.told,
    interruption.signal,
  );
  expect(first.results.size).toBe(0);
  expect(readdirSync(states)).toEqual([`${task.id}.ckpt`]);
  for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  const second = collector();
  const pool = createPool({ dataset, processes: 1, states });
  await pool.run([task], second.told, never);
  await pool.forget([task.id]);
  await pool.close();
  expect(outcome(second.results.get(task.id)!)).toEqual(await direct(task));
  expect(readdirSync(states)).toEqual([]);
});
