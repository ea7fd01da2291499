import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Crew, type CrewListener, createPool, type SweepPlan } from '@longhand/sweep';
import { logNotice, openQueue, type QueueFlags, queueOf } from '../queue/open-queue.js';
import type { TrainingData } from '../training/open-training-data.js';
import { UsageError } from '../usage-error.js';

interface CrewFlags extends QueueFlags {
  readonly processes?: number;
  readonly threads?: number;
  readonly log?: string;
  readonly resume?: string;
  readonly prefix?: string;
  /** The share of tasks (0–1) that two workers must agree on. */
  readonly verify?: number;
}

/** Who does the tasks of a sweep, and what is left of it. */
export interface OpenedCrew {
  readonly crew: Crew;
  /** Removes what only a sweep in progress needs. Call it when the crew is closed. */
  clear(options: { readonly complete: boolean }): void;
}

/**
 * Who does the tasks of a sweep: processes of this machine, or workers at a queue.
 *
 * @throws UsageError for flags that exclude each other, QueueError for a queue that cannot be used
 */
export async function openCrew(
  flags: CrewFlags,
  plan: SweepPlan,
  { training: dataset }: TrainingData,
  signal: AbortSignal,
): Promise<OpenedCrew> {
  const { processes, threads, verify, log, resume = log } = flags;
  if (flags.queue !== undefined && (processes !== undefined || threads !== undefined)) {
    throw new UsageError(
      `--${processes === undefined ? 'threads' : 'processes'} and --queue exclude each other: pass it to longhand worker`,
    );
  }
  const isHere = processes !== undefined || threads !== undefined || queueOf(flags) === undefined;
  if (isHere && verify !== undefined) throw new UsageError('--verify: needs --queue, and two workers there');
  if (!isHere) return openQueueCrew(flags, plan, signal);
  const most = Math.max(1, Math.floor(availableParallelism() / (threads ?? 1)));
  // Beside a log, states are there for --resume.
  const states =
    resume === undefined ? mkdtempSync(path.join(tmpdir(), 'longhand-sweep-')) : `${resume}.states`;
  return {
    crew: createPool({ dataset, processes: processes ?? most, threads: threads ?? 1, states }),
    clear({ complete }) {
      if (complete || resume === undefined) rmSync(states, { recursive: true, force: true });
    },
  };
}

async function openQueueCrew(flags: CrewFlags, plan: SweepPlan, signal: AbortSignal): Promise<OpenedCrew> {
  let told: CrewListener | undefined;
  const tell = (message: string) => (told ? told.onNotice(message) : logNotice(message));
  const connection = await openQueue(flags, tell, signal);
  const { createQueueCrew, sweepIdOf } = await import('@longhand/sweep/queue');
  const { header } = plan;
  const { prefix, verify } = flags;
  const crew = await createQueueCrew({
    ...{ connection, sweep: sweepIdOf(header) },
    data: { name: header.data, fingerprint: header.fingerprint },
    ...(prefix !== undefined && { prefix }),
    ...(verify !== undefined && { verify: { share: verify, seed: header.seed } }),
  });
  let closing: Promise<void> | undefined;
  return {
    crew: {
      async run(tasks, listener, ended) {
        told = listener;
        try {
          await crew.run(tasks, listener, ended);
        } finally {
          told = undefined;
        }
      },
      forget: (ids) => crew.forget(ids),
      close() {
        closing ??= crew.close().then(() => connection.close());
        return closing;
      },
    },
    clear: () => undefined,
  };
}
