import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describeOwner, isOfThisBoot, type Owner, ownerFrom, stateOf, thisProcess } from '../owner.js';
import type { QueueConnection } from './connection.js';
import { keysOf } from './keys.js';
import { QueueError } from './queue-error.js';

/** The right to take the results of a sweep from a queue. */
export interface SweepLock {
  /** Aborted when another process has taken it over: this one was away for longer than the lock lasts. */
  readonly lost: AbortSignal;
  /** Gives it back. */
  release(): Promise<void>;
}

interface SweepLockOptions {
  readonly prefix: string;
  readonly sweep: string;
  /** A lock that nobody renews lasts so long, in ms. */
  readonly lastsMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  readonly onNotice?: (message: string) => void;
}

const DEFAULT_LASTS_MS = 15_000;
const RENEWALS = 3;
const LOOK_MS = 250;

/** Sets a key, unless it has a third value. */
const SET_IF = `local now = redis.call('get', KEYS[1])
if now and now ~= ARGV[1] and now ~= ARGV[2] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1`;
const REMOVE_IF = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`;

/**
 * Takes the right to a sweep: of two processes with the same one, each would remove results that the other
 * waits for. That of a process of this machine that has ended is taken over at once, that of another machine
 * when it was not renewed.
 *
 * @throws QueueError if another process works at the sweep
 */
export async function lockSweep(
  connection: QueueConnection,
  { prefix, sweep, lastsMs = DEFAULT_LASTS_MS, signal, onNotice }: SweepLockOptions,
): Promise<SweepLock> {
  const { redis } = connection;
  const key = keysOf(prefix).lock(sweep);
  const own = JSON.stringify({ ...thisProcess(), id: randomUUID() });
  const take = async (instead: string) => (await redis.eval(SET_IF, 1, key, own, instead, lastsMs)) === 1;
  const last = { value: '', ttl: 0 };
  for (;;) {
    const found = (await redis.get(key)) ?? '';
    const owner = ownerFrom(found);
    const isEnded = owner !== undefined && isOfThisBoot(owner) && stateOf(owner) === 'ended';
    if (found === '' || isEnded) {
      if (await take(found)) break;
      continue;
    }
    if (owner && isOfThisBoot(owner) && stateOf(owner) === 'lives') throw inUse(owner);
    const ttl = await redis.pttl(key);
    if (last.value === '')
      onNotice?.(
        `${owner ? describeOwner(owner) : 'another process'} had the same runs done: waiting ${Math.round(lastsMs / 1000)} s for a sign of life of it`,
      );
    // The time that a lock has left grows only if it is renewed.
    else if (found !== last.value || ttl > last.ttl) throw inUse(owner);
    Object.assign(last, { value: found, ttl });
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) throw inUse(owner);
  }
  const lost = new AbortController();
  const timer = setInterval(() => {
    if (!connection.isUp()) return;
    take(own)
      .then(async (isOwn) => {
        if (isOwn || lost.signal.aborted) return;
        clearInterval(timer);
        lost.abort(takenOver(ownerFrom((await redis.get(key)) ?? '')));
      })
      .catch(() => undefined);
  }, lastsMs / RENEWALS);
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await redis.eval(REMOVE_IF, 1, key, own);
    },
  };
}

function inUse(owner: Owner | undefined): QueueError {
  const who = owner ? describeOwner(owner) : 'another process';
  return new QueueError(`${who} has the same runs done at this queue: end it first`);
}

function takenOver(owner: Owner | undefined): QueueError {
  const who = owner ? describeOwner(owner) : 'another process';
  return new QueueError(
    `${who} has taken the runs over, since this one was away from the queue for too long`,
  );
}
