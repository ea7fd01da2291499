import type { CrewListener } from '@longhand/sweep';
import type { QueueCrew } from '@longhand/sweep/queue';
import { logNotice, openQueue, type QueueFlags } from './open-queue.js';

/** The flags of a command that has tasks done by the workers at a queue. */
export interface QueueCrewFlags extends QueueFlags {
  readonly prefix?: string | undefined;
  /** The share of tasks (0–1) that two workers must agree on. */
  readonly verify?: number | undefined;
}

/** The tasks that a command has done, as the queue knows them. */
interface QueuedWork {
  /** All that decides them: the same command, run again, takes the results that wait for it. */
  readonly description: object;
  readonly data: { readonly name: string; readonly fingerprint: string };
  /** Of the tasks that are verified. */
  readonly seed: number;
}

/**
 * The workers at a queue. What the queue itself has to say goes to whoever waits for tasks, or to stderr.
 *
 * @throws UsageError without an address, QueueError for a queue that cannot be used, or where another process
 *   has the same tasks done
 */
export async function openQueueCrew(
  flags: QueueCrewFlags,
  { description, data, seed }: QueuedWork,
  signal: AbortSignal,
): Promise<QueueCrew> {
  let told: CrewListener | undefined;
  const tell = (message: string) => (told ? told.onNotice(message) : logNotice(message));
  const connection = await openQueue(flags, tell, signal);
  const { createQueueCrew, sweepIdOf } = await import('@longhand/sweep/queue');
  const { prefix, verify } = flags;
  const crew = await createQueueCrew({
    ...{ connection, sweep: sweepIdOf(description), data },
    ...(prefix !== undefined && { prefix }),
    ...(verify !== undefined && { verify: { share: verify, seed } }),
    ...{ onNotice: tell, signal },
  }).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  let closing: Promise<void> | undefined;
  return {
    ...crew,
    async run(tasks, listener, ended) {
      told = listener;
      try {
        await crew.run(tasks, listener, ended);
      } finally {
        told = undefined;
      }
    },
    close() {
      closing ??= crew.close().then(() => connection.close());
      return closing;
    },
  };
}
