import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { TaskReport } from '../run/run-task.js';
import type { StateStore, Task } from '../task.js';
import type { QueueConnection } from './connection.js';
import { isExpected } from './expected-errors.js';
import { type JobAnswer, type JobPayload, payloadFrom } from './job-payload.js';
import { DEFAULT_PREFIX, jobId, QUEUE_VERSION, queueName } from './keys.js';
import { join, type Membership } from './members.js';
import { createJobStates } from './redis-states.js';
import { createSlots, type Slots } from './slots.js';
import { sweepsAt } from './sweeps.js';

/** Does one task. When the signal is aborted, it saves its state and throws. */
export type Work = (task: Task, context: WorkContext) => Promise<TaskReport>;

/** What the work at a task may use. */
export interface WorkContext {
  /** Where states are kept. */
  readonly states: StateStore;
  /** Aborted when the task is to be handed back: save its state, and throw. */
  readonly signal: AbortSignal;
  /** Is told how many updates the run has made. */
  readonly onProgress: (updates: number) => void;
}

/** Data that a worker has. */
export interface WorkerData {
  /** For messages. */
  readonly name: string;
  /** SHA-256 of the training data. */
  readonly fingerprint: string;
}

/** How a worker takes tasks from a queue. */
export interface WorkerLoopOptions {
  /** The queue. */
  readonly connection: QueueConnection;
  /** The start of all its keys. */
  readonly prefix?: string;
  /** Default: the host's name. A number is added if a worker of this name is at the queue. */
  readonly name?: string;
  /** The data that this worker has: it takes tasks on these alone. */
  readonly data: readonly WorkerData[];
  /** How many tasks at once. */
  readonly processes: number;
  /** Computes a task. */
  readonly work: Work;
  /** After so long without a sign of life, its tasks go to other workers, in ms. Default 30,000. */
  readonly lockMs?: number;
  /** Ends the worker after so long without a task, in ms. */
  readonly idleExitMs?: number;
  /** Hands back the tasks with their states, and ends. */
  readonly signal: AbortSignal;
  /** Who is told what it does. */
  readonly listener: WorkerListener;
}

/** Is told what a worker does. */
export interface WorkerListener {
  /** It has its place at the queue. */
  onStart?(name: string): void;
  /** A task has begun. */
  onTask?(task: Task): void;
  /** A task has ended; without a report, it was handed back, lost, or could not be computed. */
  onEnd?(task: Task, report: TaskReport | undefined): void;
  /** One line about something that does not end the worker. */
  onNotice(message: string): void;
}

/** Why a worker ended. */
export type WorkerEnd =
  | { readonly type: 'interrupted' | 'idle' }
  | { readonly type: 'left out'; readonly reason: string };

const DEFAULT_LOCK_MS = 30_000;
const PROGRESS_MS = 1000;
const WATCH_MS = 2000;
const TICK_MS = 200;
/** How long a job of other data waits for a process before it is left to other workers. */
const SLOT_WAIT_MS = 1000;
/** How long a job is left to other workers that this one must not do. */
const LEAVE_MS = 500;
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

interface LoopState {
  readonly member: Membership;
  readonly prefix: string;
  /** Aborted when the worker ends. */
  readonly ending: AbortController;
  readonly slots: Slots;
  readonly busy: { tasks: number; since: number };
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

async function doJob(
  job: Job,
  token: string,
  lost: AbortSignal,
  data: WorkerData,
  state: LoopState,
  options: WorkerLoopOptions,
): Promise<JobAnswer> {
  const payload = readJob(job, data, options.listener);
  const { member, slots, busy, ending } = state;
  if (payload.except.includes(member.name)) return leaveJob(job, token);
  if (!(await slots.take(SLOT_WAIT_MS))) return leaveJob(job, token);
  busy.tasks++;
  try {
    return await compute(job, payload, lost, state, options);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    await job.moveToWait(token);
    throw new WaitingError();
  } finally {
    slots.give();
    busy.tasks--;
    busy.since = performance.now();
  }
}

/** Leaves a job to other workers for a moment. */
async function leaveJob(job: Job, token: string): Promise<never> {
  await job.moveToDelayed(Date.now() + LEAVE_MS, token);
  throw new DelayedError();
}

/** @throws UnrecoverableError for a job that is not one of ours: it fails, and is left alone */
function readJob(job: Job, data: WorkerData, listener: WorkerListener): JobPayload {
  let reason: string;
  try {
    const payload = payloadFrom(job.data);
    const { sweep, task, copy } = payload;
    if (job.id === jobId(sweep, task.id, copy) && task.data === data.fingerprint) return payload;
    reason = 'its id or its data are those of another task';
  } catch (error) {
    reason = (error as Error).message;
  }
  listener.onNotice(`job ${String(job.id).slice(0, 40)} of the queue cannot be done: ${reason}`);
  throw new UnrecoverableError(reason);
}

async function compute(
  job: Job,
  { sweep, task, copy }: JobPayload,
  lost: AbortSignal,
  { member, prefix, ending }: LoopState,
  { connection, work, listener }: WorkerLoopOptions,
): Promise<JobAnswer> {
  const worker = member.name;
  const states = createJobStates(connection, { prefix, sweep, worker, copy });
  const signal = AbortSignal.any([lost, ending.signal]);
  let told = performance.now();
  const onProgress = (updates: number) => {
    if (performance.now() - told < PROGRESS_MS || !connection.isUp()) return;
    told = performance.now();
    job.updateProgress({ worker, updates }).catch(() => undefined);
  };
  listener.onTask?.(task);
  let report: TaskReport | undefined;
  try {
    signal.throwIfAborted();
    report = await work(copy === 1 ? task : withoutState(task), { states, signal, onProgress });
  } finally {
    listener.onEnd?.(task, report);
  }
  const { id: _, seconds, ...outcome } = report;
  return { outcome, seconds, worker, workers: states.workers() };
}

/** A computation that verifies another begins at the start. */
function withoutState({ after: _, ...task }: Task): Task {
  return task;
}
