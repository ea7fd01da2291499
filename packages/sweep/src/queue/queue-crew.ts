import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { QueueEvents } from 'bullmq';
import type { Crew, CrewListener } from '../crew.js';
import { canonicalJson } from '../run/task-id.js';
import type { Task } from '../task.js';
import type { QueueConnection } from './connection.js';
import { createJobBoard } from './job-board.js';
import { DEFAULT_PREFIX, keysOf, queueName } from './keys.js';
import { runOverQueue } from './run-over-queue.js';
import { lockSweep } from './sweep-lock.js';
import { announceSweep, endSweep } from './sweeps.js';

/** What a crew over a queue needs to know. */
export interface QueueCrewOptions {
  /** The queue. */
  readonly connection: QueueConnection;
  /** The start of all its keys. */
  readonly prefix?: string;
  /** The sweep's name in the queue: see `sweepIdOf`. A sweep that is resumed has the same. */
  readonly sweep: string;
  /** The data of all tasks: the name is for messages. */
  readonly data: { readonly name: string; readonly fingerprint: string };
  /** The share of tasks (0–1) that are computed twice, chosen by the seed. Default: none. */
  readonly verify?: { readonly share: number; readonly seed: number };
  /** Is told one line before the crew has tasks: whom it waits for. */
  readonly onNotice?: (message: string) => void;
  /** Ends the waiting for another process that may work at the same sweep. */
  readonly signal?: AbortSignal;
  /** How long a result waits for a second worker once all else is done, in ms. Default 60,000. */
  readonly verifyWaitMs?: number;
}

const CLOSE_MS = 3000;
const CHUNK = 1000;
const DEFAULT_VERIFY_WAIT_MS = 60_000;

/** A crew at a queue, which has the states of all tasks. */
export interface QueueCrew extends Crew {
  /**
   * What the store has of a task: its state or, if the task keeps it, its model. The queue may have lost it.
   */
  load(id: string): Promise<Uint8Array | undefined>;
}

/** The name of a sweep in a queue: 16 hexadecimal digits of the SHA-256 of all that decides it. */
export function sweepIdOf(description: object): string {
  return createHash('sha256').update(canonicalJson(description)).digest('hex').slice(0, 16);
}

/**
 * A crew of all workers at a queue that have the data. The sweep may be killed: what the workers have
 * computed waits for it in the queue.
 *
 * @throws QueueError if another process works at the same sweep
 */
export async function createQueueCrew(options: QueueCrewOptions): Promise<QueueCrew> {
  const { connection, prefix = DEFAULT_PREFIX, sweep, data } = options;
  const { verify = { share: 0, seed: 0 }, verifyWaitMs = DEFAULT_VERIFY_WAIT_MS } = options;
  const { redis } = connection;
  const { onNotice, signal: waiting } = options;
  const lock = await lockSweep(connection, {
    ...{ prefix, sweep },
    ...(onNotice && { onNotice }),
    ...(waiting && { signal: waiting }),
  });
  const { lost } = lock;
  const board = createJobBoard(connection, prefix, sweep, data.fingerprint);
  const events = new QueueEvents(queueName(data.fingerprint), { connection: redis.duplicate(), prefix });
  // Events are only a hint to look sooner: what is lost with the connection is found by looking.
  events.on('error', () => undefined);
  const leftOut = new Set<string>();
  let isComplete = true;
  const seen = new Set<string>();
  const forgetStates = async (ids: readonly string[]) => {
    const keys = ids.map((id) => keysOf(prefix).state(sweep, id));
    for (let from = 0; from < keys.length; from += CHUNK)
      await redis.unlink(...keys.slice(from, from + CHUNK));
  };
  await announceSweep(connection, prefix, sweep, data);
  return {
    async run(tasks: readonly Task[], told: CrewListener, signal: AbortSignal) {
      if (tasks.length === 0 || signal.aborted) return;
      isComplete = false;
      for (const { id } of tasks) seen.add(id);
      await runOverQueue(tasks, {
        ...{ connection, prefix, sweep, data, verify, verifyWaitMs, board, events, leftOut },
        ...{ told, signal, lost },
      });
      isComplete = !signal.aborted;
    },
    async load(id) {
      const state = await redis.hgetBuffer(keysOf(prefix).state(sweep, id), 'state');
      return state === null ? undefined : new Uint8Array(state);
    },
    async forget(ids) {
      if (connection.isUp()) await forgetStates(ids);
    },
    async close() {
      const closing = async () => {
        // Another process has the sweep: what is in the queue is its own.
        if (connection.isUp() && !lost.aborted) {
          if (isComplete) await forgetStates([...seen]);
          // After an error, what nobody waits for need not be computed.
          else await board.removeWaiting();
          await endSweep(connection, prefix, sweep);
        }
        if (connection.isUp()) await lock.release();
        await Promise.all([events.close(), board.close()]);
      };
      await Promise.race([closing().catch(() => undefined), delay(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}
