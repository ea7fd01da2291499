import type { StateStore } from '../task.js';
import type { QueueConnection } from './connection.js';
import { keysOf } from './keys.js';

/** After so long without a sweep that goes on from it, a state is deleted. */
const KEEP_SECONDS = 7 * 24 * 3600;
/** How long to wait for a queue that is away: a state that is not kept costs time only. */
const PATIENCE_MS = 5000;

/** The states of a job, and whose work is in them. */
export interface JobStates extends StateStore {
  /** All workers from whose states this job went on, with its own. */
  workers(): readonly string[];
}

interface JobStatesOptions {
  readonly prefix: string;
  readonly sweep: string;
  readonly worker: string;
  /** From 1; those after the first go on from nobody's state. */
  readonly copy: number;
}

/**
 * Keeps the states of one job in Redis. A computation that verifies another has states of its own, and
 * goes on from those of the same worker alone.
 */
export function createJobStates({ redis }: QueueConnection, options: JobStatesOptions): JobStates {
  const { prefix, sweep, worker, copy } = options;
  const keys = keysOf(prefix);
  const keyOf = (id: string) => keys.state(sweep, copy === 1 ? id : `${id}-${copy}`);
  const workers = new Set([worker]);
  return {
    workers: () => [...workers].sort(),
    async load(id) {
      const kept = await patiently(redis.hgetallBuffer(keyOf(id)));
      const { state, workers: names } = (kept ?? {}) as Readonly<Record<string, Buffer | undefined>>;
      if (!state || !names) return undefined;
      const theirs = names.toString().split('\n');
      if (copy > 1 && theirs.some((name) => name !== worker)) return undefined;
      const out = await patiently(redis.exists(...theirs.map(keys.leftOut)));
      if (out !== 0) return undefined;
      for (const name of theirs) workers.add(name);
      return new Uint8Array(state);
    },
    async save(id, state) {
      const key = keyOf(id);
      const names = [...workers].sort().join('\n');
      const saving = redis
        .multi()
        .hset(key, { workers: names, state: Buffer.from(state) })
        .expire(key, KEEP_SECONDS);
      await patiently(saving.exec());
    },
    async remove(ids) {
      if (ids.length > 0) await patiently(redis.unlink(...ids.map(keyOf)));
    },
  };
}

/** @returns undefined for a command that failed or took too long */
async function patiently<T>(command: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([command.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
