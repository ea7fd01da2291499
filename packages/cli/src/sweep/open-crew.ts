import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Crew, createPool, type SweepPlan } from '@longhand/sweep';
import type { TrainingData } from '../training/open-training-data.js';

interface CrewFlags {
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

/** Who does the tasks of a sweep: processes of this machine. */
export async function openCrew(
  { processes, threads = 1, log, resume = log }: CrewFlags,
  _plan: SweepPlan,
  { training: dataset }: TrainingData,
): Promise<OpenedCrew> {
  const most = Math.max(1, Math.floor(availableParallelism() / threads));
  // Beside a log, states are there for --resume.
  const states =
    resume === undefined ? mkdtempSync(path.join(tmpdir(), 'longhand-sweep-')) : `${resume}.states`;
  return {
    crew: createPool({ dataset, processes: processes ?? most, threads, states }),
    clear({ complete }) {
      if (complete || resume === undefined) rmSync(states, { recursive: true, force: true });
    },
  };
}
