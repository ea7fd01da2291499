import { taskId } from '../run/task-id.js';
import type { RunSettings, Task, TaskResult } from '../task.js';
import { byDev, meanDev } from './mean-dev.js';
import { endsOf, type SweepPlan } from './plan-sweep.js';
import { survivors } from './rungs.js';
import type { Trial } from './trial.js';

/** Results by the tasks' ids. */
export type Results = ReadonlyMap<string, TaskResult>;

/** How far a sweep is, as its results say: in whatever order they came, and whoever computed them. */
export interface Standing {
  /** The rung in progress, from 1. */
  readonly rung: number;
  /** Its tasks that have no result yet; none when the sweep is complete. */
  readonly tasks: readonly Task[];
  /** How many tasks its rung has. */
  readonly rungTasks: number;
  /** Of each trial, what came of the last rung that all its runs have finished. */
  readonly reached: ReadonlyMap<number, Reached>;
}

/** What came of the runs of a trial at a rung. */
export interface Reached {
  /** From 1. */
  readonly rung: number;
  /** In the order of their seeds. */
  readonly results: readonly TaskResult[];
}

/**
 * What is to be done next. It depends on the plan and the results alone, so that a sweep that was
 * interrupted, or lost some of its results, goes on as if nothing had happened.
 */
export type Schedule = (results: Results) => Standing;

/** Says what is next, from the results alone. */
export function createSchedule(plan: SweepPlan): Schedule {
  const tasks = taskMaker(plan);
  return (results) => {
    let alive = plan.trials.filter(({ problem }) => problem === undefined);
    const reached = new Map<number, Reached>();
    for (let rung = 1; ; rung++) {
      const missing: Task[] = [];
      let count = 0;
      for (const trial of alive) {
        const own = tasks(trial, rung);
        const found = own.map(
          (task, k) => results.get(task.id) ?? endedBefore(reached.get(trial.trial), k, plan, trial),
        );
        count += own.length;
        missing.push(...own.filter((_, k) => found[k] === undefined));
        const all = found.filter((result) => result !== undefined);
        if (all.length === own.length) reached.set(trial.trial, { rung, results: all });
      }
      if (missing.length > 0 || rung === plan.rungs)
        return { rung, tasks: missing, rungTasks: count, reached };
      alive = best(alive, reached, survivors(alive.length));
    }
  };
}

/** A run that early stopping has ended needs no further task: its result stands. */
function endedBefore(
  before: Reached | undefined,
  k: number,
  plan: SweepPlan,
  trial: Trial,
): TaskResult | undefined {
  const result = before?.results[k];
  if (!before || result?.type !== 'measured') return undefined;
  return result.updates < endsOf(trial, plan.rungs)[before.rung - 1]! ? result : undefined;
}

/** The best by dev, in the order of their numbers. Ties go to the smaller number; failed trials never go on. */
function best(trials: readonly Trial[], reached: ReadonlyMap<number, Reached>, count: number): Trial[] {
  const scored = trials.flatMap((trial) => {
    const mean = meanDev(reached.get(trial.trial)?.results ?? []);
    return mean ? [{ trial, ...mean }] : [];
  });
  const first = scored.sort((a, b) => byDev(a, b) || a.trial.trial - b.trial.trial).slice(0, count);
  return first.map(({ trial }) => trial).sort((a, b) => a.trial - b.trial);
}

/** The tasks of a trial at a rung, one for each of its runs. */
function taskMaker({ header, rungs }: SweepPlan): (trial: Trial, rung: number) => readonly Task[] {
  const made = new Map<string, readonly Task[]>();
  const make = (trial: Trial, rung: number): readonly Task[] =>
    Array.from({ length: header.repeat }, (_, k): Task => {
      const settings = withSeed(trial.settings, k);
      const ends = endsOf(trial, rungs);
      const idOf = (at: number) => taskId({ settings, data: header.fingerprint, until: ends[at - 1]! });
      return {
        ...{ id: idOf(rung), trial: trial.trial, repetition: k + 1, rung, settings },
        ...{ until: ends[rung - 1]!, data: header.fingerprint },
        ...(rung > 1 && { after: idOf(rung - 1) }),
      };
    });
  return (trial, rung) => {
    const key = `${trial.trial} ${rung}`;
    const tasks = made.get(key) ?? make(trial, rung);
    made.set(key, tasks);
    return tasks;
  };
}

/** The settings of a trial's k-th run, from 0. */
export function withSeed(settings: RunSettings, k: number): RunSettings {
  return { ...settings, seed: settings.seed + k };
}
