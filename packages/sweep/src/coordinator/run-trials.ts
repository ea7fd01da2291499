import type { Crew, CrewListener } from '../crew.js';
import type { SweepPlan } from '../plan/plan-sweep.js';
import { createSchedule, type Standing } from '../plan/schedule.js';
import type { Task, TaskResult } from '../task.js';
import { dropResultsOf } from './read-sweep.js';
import type { SweepLog } from './sweep-log.js';

/** Is told how a sweep goes on. */
export interface SweepListener extends Omit<CrewListener, 'onResult' | 'onDistrusted'> {
  /** Whenever what is to be done has changed: at the start, and with each rung. */
  onRung(standing: Standing): void;
  /** A result has come. */
  onResult(result: TaskResult, task: Task): void;
}

/** What a sweep runs with. */
export interface RunTrials {
  /** What is to be run. */
  readonly plan: SweepPlan;
  /** What is known already; results are added. */
  readonly results: Map<string, TaskResult>;
  /** Who runs it. */
  readonly crew: Crew;
  /** Where each result is written. */
  readonly log: SweepLog;
  /** Who is told how it goes on. */
  readonly listener: SweepListener;
  /** Ends the sweep early. What is known stays known. */
  readonly signal: AbortSignal;
}

/**
 * Has the trials of a sweep run, rung by rung. Which trials go on depends on results alone.
 *
 * @returns how far it came: with tasks left if it was ended early
 */
export async function runTrials({
  plan,
  results,
  crew,
  log,
  listener,
  signal,
}: RunTrials): Promise<Standing> {
  const schedule = createSchedule(plan);
  let kept: readonly string[] = [];
  for (;;) {
    const standing = schedule(results);
    // Of the states, only those that the next rung goes on from are needed.
    const needed = new Set(standing.tasks.flatMap(({ id, after }) => [id, ...(after ? [after] : [])]));
    await crew.forget(kept.filter((id) => !needed.has(id)));
    kept = kept.filter((id) => needed.has(id));
    listener.onRung(standing);
    if (standing.tasks.length === 0 || signal.aborted) return standing;
    const tasks = new Map(standing.tasks.map((task) => [task.id, task]));
    await crew.run(standing.tasks, listenerOf(tasks, { results, log, listener }), signal);
    if (signal.aborted) return schedule(results);
    kept = [...kept, ...tasks.keys()];
  }
}

function listenerOf(
  tasks: ReadonlyMap<string, Task>,
  { results, log, listener }: Pick<RunTrials, 'results' | 'log' | 'listener'>,
): CrewListener {
  return {
    onResult(result) {
      const task = tasks.get(result.id);
      if (!task || results.has(result.id)) return;
      const { trial, repetition, rung, until } = task;
      results.set(result.id, result);
      log.write({ ...result, trial, repetition, rung, until });
      listener.onResult(result, task);
    },
    onDistrusted(worker) {
      log.write({ type: 'distrusted', worker });
      dropResultsOf(worker, results);
      listener.onNotice(`${worker} computed wrong bits: its results are dropped`);
    },
    onProgress: (id, worker, updates) => listener.onProgress(id, worker, updates),
    onWorkers: (workers) => listener.onWorkers(workers),
    onNotice: (message) => listener.onNotice(message),
  };
}
