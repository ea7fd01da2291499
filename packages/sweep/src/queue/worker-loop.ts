import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type Job, Worker } from 'bullmq';
import { doJob, type LoopState } from './do-job.js';
import { isExpected } from './expected-errors.js';
import { DEFAULT_PREFIX, QUEUE_VERSION, queueName } from './keys.js';
import { join } from './members.js';
import { createSlots } from './slots.js';
import { sweepsAt } from './sweeps.js';
import type { WorkerData, WorkerEnd, WorkerLoopOptions } from './worker-options.js';

const DEFAULT_LOCK_MS = 30_000;
const WATCH_MS = 2000;
const TICK_MS = 200;
/** Killing workers never uses up a task. */
const MAX_STALLED = 1_000_000;
const CLOSE_MS = 5000;

/**
 * Takes tasks from the queue until it is interrupted. Whatever happens to it, no task is lost: the queue
 * gives it to another worker when this one says nothing for longer than the lock.
 */
export async function runWorker(options: WorkerLoopOptions): Promise<WorkerEnd> {
  const { connection, prefix = DEFAULT_PREFIX, name = hostname(), data, processes, listener } = options;
  const member = await join(connection, prefix, {
    ...{ name, host: hostname(), processes },
    data: data.map(({ fingerprint }) => fingerprint),
  });
  const ending = new AbortController();
  const state: LoopState = {
    ...{ member, prefix, ending },
    slots: createSlots(processes),
    busy: { tasks: 0, since: performance.now() },
  };
  const workers = data.map((one) => startWorker(one, state, options));
  listener.onStart?.(member.name);
  try {
    const end = await watch(state, options);
    ending.abort(new Error(end.type));
    return end;
  } finally {
    ending.abort();
    const closing = Promise.all(workers.map((worker) => worker.close())).then(() => member.leave());
    const isClosed = await Promise.race([
      closing.then(() => true),
      delay(CLOSE_MS, false, { ref: false }),
    ]).catch(() => false);
    // The queue is away: there is nobody to say goodbye to.
    if (!isClosed) for (const worker of workers) worker.disconnect().catch(() => undefined);
  }
}

/** Waits for a reason to end, and tells of sweeps that wait for data. */
async function watch(state: LoopState, options: WorkerLoopOptions): Promise<WorkerEnd> {
  const { signal, idleExitMs, connection } = options;
  const { member, busy } = state;
  const tellOfSweeps = createSweepWatch(state, options);
  let looked = Number.NEGATIVE_INFINITY;
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    if (signal.aborted) return { type: 'interrupted' };
    if (idleExitMs !== undefined && busy.tasks === 0 && performance.now() - busy.since >= idleExitMs)
      return { type: 'idle' };
    if (connection.isUp() && performance.now() - looked >= WATCH_MS) {
      looked = performance.now();
      const reason = await Promise.race([member.leftOut(), interrupted]);
      if (reason !== undefined) return { type: 'left out', reason };
      await Promise.race([tellOfSweeps(), interrupted]);
    }
    await delay(TICK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function createSweepWatch({ prefix }: LoopState, options: WorkerLoopOptions): () => Promise<void> {
  const { connection, data, listener } = options;
  const told = new Set<string>();
  return async () => {
    for (const [sweep, { version, data: name, fingerprint }] of await sweepsAt(connection, prefix)) {
      if (told.has(sweep)) continue;
      if (version !== QUEUE_VERSION) {
        told.add(sweep);
        listener.onNotice(`a sweep waits for workers of another version of longhand: update both`);
      } else if (data.every((own) => own.fingerprint !== fingerprint)) {
        told.add(sweep);
        listener.onNotice(
          `a sweep waits for data that this worker does not have: ${name} (${fingerprint.slice(0, 12)}…): pass it with --data`,
        );
      }
    }
  };
}

function startWorker(data: WorkerData, state: LoopState, options: WorkerLoopOptions): Worker {
  const { connection, processes, lockMs = DEFAULT_LOCK_MS, listener } = options;
  const worker = new Worker(
    queueName(data.fingerprint),
    (job: Job, token?: string, lost?: AbortSignal) => doJob(job, token!, lost!, data, state, options),
    {
      ...{ connection: connection.redis, prefix: state.prefix, name: state.member.name },
      ...{ concurrency: processes, lockDuration: lockMs, maxStalledCount: MAX_STALLED },
      stalledInterval: Math.max(1000, lockMs / 2),
      runRetryDelay: 500,
      drainDelay: 2,
    },
  );
  worker.on('lockRenewalFailed', (ids) => {
    // Another worker has the task: what this one would say came too late.
    for (const id of ids) worker.cancelJob(id);
  });
  worker.on('error', (error) => {
    if (!isExpected(error)) listener.onNotice(`the queue: ${error.message}`);
  });
  return worker;
}
