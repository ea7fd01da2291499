import { randomUUID } from 'node:crypto';
import type { QueueConnection } from './connection.js';
import { keysOf } from './keys.js';
import { QueueError } from './queue-error.js';

/** A worker that says nothing for so long is gone. */
const WORKER_TTL_MS = 20_000;
const HEARTBEAT_MS = 5000;
/** How long a worker that computed wrong bits stays left out. */
const LEFT_OUT_SECONDS = 7 * 24 * 3600;
const MAX_WORKERS_OF_A_NAME = 1000;

/** What a worker says of itself. */
export interface WorkerRecord {
  readonly name: string;
  readonly host: string;
  readonly processes: number;
  /** Fingerprints of its data. */
  readonly data: readonly string[];
}

/** A worker's place at the queue. */
export interface Membership {
  readonly name: string;
  /** Why it was left out, if it was. */
  leftOut(): Promise<string | undefined>;
  leave(): Promise<void>;
}

/**
 * Takes a place at the queue under a name that no living worker has: `host`, `host-2`, …
 *
 * @throws QueueError if the name was left out
 */
export async function join(
  { redis }: QueueConnection,
  prefix: string,
  record: WorkerRecord,
): Promise<Membership> {
  const keys = keysOf(prefix);
  const id = randomUUID();
  let name: string | undefined;
  for (let number = 1; name === undefined; number++) {
    if (number > MAX_WORKERS_OF_A_NAME)
      throw new QueueError(`${record.name}: this name has too many workers: pass another --name`);
    const candidate = number === 1 ? record.name : `${record.name}-${number}`;
    const value = JSON.stringify({ ...record, name: candidate, id });
    const taken = await redis.set(keys.worker(candidate), value, 'PX', WORKER_TTL_MS, 'NX');
    if (taken !== null) name = candidate;
  }
  const own = name;
  const value = JSON.stringify({ ...record, name: own, id });
  const leftOut = async () => (await redis.get(keys.leftOut(own))) ?? undefined;
  const why = await leftOut();
  if (why !== undefined) {
    await redis.unlink(keys.worker(own));
    throw new QueueError(
      `${own} was left out: ${why}. Check the machine's memory; then start it with another --name`,
    );
  }
  await redis.sadd(keys.workers, own);
  const timer = setInterval(() => {
    redis
      .multi()
      .set(keys.worker(own), value, 'PX', WORKER_TTL_MS)
      .sadd(keys.workers, own)
      .exec()
      .catch(() => undefined);
  }, HEARTBEAT_MS);
  return {
    name: own,
    leftOut,
    async leave() {
      clearInterval(timer);
      await redis.multi().unlink(keys.worker(own)).srem(keys.workers, own).exec();
    },
  };
}

/** The workers at the queue that have some data, in the order of their names. */
export async function workersWith(
  { redis }: QueueConnection,
  prefix: string,
  fingerprint: string,
): Promise<string[]> {
  const keys = keysOf(prefix);
  const names = await redis.smembers(keys.workers);
  if (names.length === 0) return [];
  const records = await redis.mget(...names.map(keys.worker));
  const gone = names.filter((_, index) => records[index] === null);
  if (gone.length > 0) await redis.srem(keys.workers, ...gone);
  const out = new Set(await leftOutOf(redis, prefix, names));
  return names
    .filter((name, index) => !out.has(name) && hasData(records[index] ?? '{}', fingerprint))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function hasData(json: string, fingerprint: string): boolean {
  try {
    const { data } = JSON.parse(json) as Partial<WorkerRecord>;
    return Array.isArray(data) && data.includes(fingerprint);
  } catch {
    return false;
  }
}

async function leftOutOf(
  redis: QueueConnection['redis'],
  prefix: string,
  names: readonly string[],
): Promise<string[]> {
  const keys = keysOf(prefix);
  const reasons = await redis.mget(...names.map(keys.leftOut));
  return names.filter((_, index) => reasons[index] !== null);
}

/** Leaves a worker out: it takes no more tasks, and its states are not used. */
export async function leaveOut(
  { redis }: QueueConnection,
  prefix: string,
  name: string,
  why: string,
): Promise<void> {
  await redis.set(keysOf(prefix).leftOut(name), why, 'EX', LEFT_OUT_SECONDS);
}
