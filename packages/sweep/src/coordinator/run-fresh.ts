import type { Measure } from '@longhand/core';
import type { RankedTrial } from '../plan/ranking.js';
import { withSeed } from '../plan/schedule.js';
import { taskId } from '../run/task-id.js';
import type { Task, TaskResult } from '../task.js';
import type { KnownSweep } from './read-sweep.js';
import type { RunTrials } from './run-trials.js';

/** A run of the winner with a seed that no trial had. */
export interface FreshRun {
  /** Its seed. */
  readonly seed: number;
  /** SHA-256 of its parameters: 64 hexadecimal digits. */
  readonly parametersSha256: string;
  /** Its loss, in nats, and accuracy, 0–1, on dev. */
  readonly dev: Measure;
}

interface FreshRequest extends Omit<RunTrials, 'results'> {
  readonly winner: RankedTrial;
  /** Updates of a whole run. */
  readonly iterations: number;
  /** How many. */
  readonly count: number;
  readonly known: KnownSweep['winners'];
}

/**
 * Runs the winner with fresh seeds: the seeds of its trial helped to choose it, so that their mean is
 * too good.
 *
 * @returns those that did not fail, in the order of their seeds; fewer if it was ended early
 */
export async function runFresh(request: FreshRequest): Promise<FreshRun[]> {
  const { plan, winner, iterations, count, known, crew, log, listener, signal } = request;
  const runs = new Map<number, FreshRun>();
  for (const { trial, seed, parametersSha256, dev } of known)
    if (trial === winner.trial) runs.set(seed, { seed, parametersSha256, dev });
  const all = Array.from({ length: count }, (_, k) => freshTask(request, plan.header.repeat + k, iterations));
  const tasks = all.filter(({ settings }) => !runs.has(settings.seed));
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const onResult = (result: TaskResult) => {
    const task = byId.get(result.id);
    if (!task) return;
    listener.onResult(result, task);
    if (result.type === 'failed') return;
    const { parametersSha256, dev } = result;
    const { seed } = task.settings;
    runs.set(seed, { seed, parametersSha256, dev });
    log.write({ type: 'winner', trial: winner.trial, seed, parametersSha256, dev });
  };
  await crew.run(tasks, { ...listener, onResult }, signal);
  await crew.forget(tasks.map(({ id }) => id));
  return all.flatMap(({ settings }) => runs.get(settings.seed) ?? []);
}

function freshTask({ plan, winner }: FreshRequest, k: number, iterations: number): Task {
  const settings = withSeed(winner.settings, k);
  const data = plan.header.fingerprint;
  const id = taskId({ settings, data, until: iterations });
  return { id, trial: winner.trial, repetition: k + 1, rung: 1, settings, until: iterations, data };
}
