import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Crew, createPool, type SweepPlan } from '@longhand/sweep';
import { queueOf } from '../queue/open-queue.js';
import { openQueueCrew, type QueueCrewFlags } from '../queue/open-queue-crew.js';
import type { TrainingData } from '../training/open-training-data.js';
import { UsageError } from '../usage-error.js';

interface CrewFlags extends QueueCrewFlags {
  readonly processes?: number;
  readonly threads?: number;
  readonly log?: string;
  readonly resume?: string;
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
  if (!isHere) return openCrewOfWorkers(flags, plan, signal);
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

async function openCrewOfWorkers(
  flags: CrewFlags,
  { header }: SweepPlan,
  signal: AbortSignal,
): Promise<OpenedCrew> {
  const { data: name, fingerprint, seed } = header;
  const crew = await openQueueCrew(flags, { description: header, data: { name, fingerprint }, seed }, signal);
  return { crew, clear: () => undefined };
}
