import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq';
import type { TaskReport } from '../run/run-task.js';
import type { Task } from '../task.js';
import { type JobAnswer, type JobPayload, payloadFrom } from './job-payload.js';
import { jobId } from './keys.js';
import type { Membership } from './members.js';
import { createJobStates } from './redis-states.js';
import type { Slots } from './slots.js';
import type { WorkerData, WorkerListener, WorkerLoopOptions } from './worker-options.js';

/** What all jobs of a worker share. */
export interface LoopState {
  readonly member: Membership;
  readonly prefix: string;
  /** Aborted when the worker ends. */
  readonly ending: AbortController;
  readonly slots: Slots;
  readonly busy: { tasks: number; since: number };
}

const PROGRESS_MS = 1000;
/** How long a job of other data waits for a process before it is left to other workers. */
const SLOT_WAIT_MS = 1000;
/** How long a job is left to other workers that this one must not do. */
const LEAVE_MS = 500;

/**
 * Does a job of the queue, or leaves it to other workers.
 *
 * @returns what goes back to the sweep
 * @throws what makes the queue give the job to another worker, or fail it
 */
export async function doJob(
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
