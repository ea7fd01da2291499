import { Queue } from 'bullmq';
import type { Task } from '../task.js';
import type { QueueConnection } from './connection.js';
import { isExpected } from './expected-errors.js';
import { answerFrom, type JobAnswer } from './job-payload.js';
import { jobId, parseJobId, queueName } from './keys.js';

/** A computation that is asked for. */
export interface Ask {
  readonly task: Task;
  readonly copy: number;
  readonly except: readonly string[];
}

/** How a job ended. */
type JobEnd =
  | { readonly type: 'answered'; readonly answer: JobAnswer }
  | { readonly type: 'failed'; readonly reason: string; readonly worker: string | undefined };

/** The jobs of one sweep in the queue of its data. */
export interface JobBoard {
  /** Adds jobs; those that are there already stay as they are. */
  add(asks: readonly Ask[]): Promise<void>;
  /** The ids of the sweep's jobs that have ended. */
  ended(): Promise<string[]>;
  /** The sweep's jobs that failed. */
  failed(): Promise<string[]>;
  /** How a job ended; undefined if it has not, or is not there. */
  end(id: string): Promise<JobEnd | undefined>;
  /** Which worker has a job, or had it last. */
  workerOf(id: string): Promise<string | undefined>;
  /** Of these, the ids of jobs that are not there. */
  missing(ids: readonly string[]): Promise<string[]>;
  /** Removes jobs. One that a worker is at stays. */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes those that no worker has begun. */
  removeWaiting(): Promise<void>;
  close(): Promise<void>;
}

const CHUNK = 100;
/** Ended jobs that no sweep takes are kept for so long. */
const KEEP_SECONDS = 14 * 24 * 3600;
/** More would only cost memory: sweeps look at the jobs, too. */
const MAX_EVENTS = 2000;

/** How often a task is tried whose worker says that it cannot compute it. */
const ATTEMPTS = 3;
const JOB_OPTIONS = {
  attempts: ATTEMPTS,
  backoff: { type: 'fixed', delay: 1000 },
  removeOnComplete: { age: KEEP_SECONDS },
  removeOnFail: { age: KEEP_SECONDS },
  stackTraceLimit: 0,
};

export function createJobBoard(
  { redis }: QueueConnection,
  prefix: string,
  sweep: string,
  fingerprint: string,
): JobBoard {
  const queue = new Queue(queueName(fingerprint), {
    ...{ connection: redis, prefix },
    streams: { events: { maxLen: MAX_EVENTS } },
  });
  // The connection tells when it is lost; a command that failed tells its caller.
  queue.on('error', (error) => {
    if (!isExpected(error)) throw error;
  });
  const isOwn = (id: string) => parseJobId(id)?.sweep === sweep;
  const idsIn = async (set: string) => (await redis.zrange(queue.toKey(set), 0, -1)).filter(isOwn);
  const inChunks = async <T>(all: readonly T[], use: (chunk: readonly T[]) => Promise<unknown>) => {
    for (let from = 0; from < all.length; from += CHUNK) await use(all.slice(from, from + CHUNK));
  };
  const removeAll = (ids: readonly string[]) =>
    // A job with a lock cannot be removed: its worker ends it, and the sweep takes no notice.
    inChunks(ids, (chunk) => Promise.all(chunk.map((id) => queue.remove(id).catch(() => 0))));
  return {
    add: (asks) =>
      inChunks(asks, (chunk) =>
        queue.addBulk(
          chunk.map(({ task, copy, except }) => ({
            name: 'task',
            data: { sweep, task, copy, except },
            opts: { ...JOB_OPTIONS, jobId: jobId(sweep, task.id, copy) },
          })),
        ),
      ),
    ended: async () => [...(await idsIn('completed')), ...(await idsIn('failed'))],
    failed: () => idsIn('failed'),
    // Not the whole job: its settings are known here.
    end: async (id) => endOf(await redis.hmget(queue.toKey(id), ...END_FIELDS)),
    workerOf: async (id) => (await redis.hget(queue.toKey(id), 'pb')) ?? undefined,
    async missing(ids) {
      const missing: string[] = [];
      await inChunks(ids, async (chunk) => {
        const there = await Promise.all(chunk.map((id) => redis.exists(queue.toKey(id))));
        missing.push(...chunk.filter((_, index) => there[index] === 0));
      });
      return missing;
    },
    remove: removeAll,
    async removeWaiting() {
      const lists = await Promise.all([
        redis.lrange(queue.toKey('wait'), 0, -1),
        redis.zrange(queue.toKey('delayed'), 0, -1),
      ]);
      await removeAll(lists.flat().filter(isOwn));
    },
    close: () => queue.close(),
  };
}

const END_FIELDS = ['finishedOn', 'failedReason', 'returnvalue', 'pb'];

function endOf([finishedOn, reason, json, by]: readonly (string | null)[]): JobEnd | undefined {
  if (!finishedOn) return undefined;
  const worker = by ?? undefined;
  if (typeof reason === 'string') return { type: 'failed', reason, worker };
  try {
    return { type: 'answered', answer: answerFrom(JSON.parse(json ?? 'null')) };
  } catch (error) {
    return { type: 'failed', reason: (error as Error).message, worker };
  }
}
