import type { TaskResult } from '../task.js';
import { byDev, type MeanDev, meanDev } from './mean-dev.js';
import type { SweepPlan } from './plan-sweep.js';
import type { Standing } from './schedule.js';
import type { Trial } from './trial.js';

/** A row of a sweep's table. */
export interface RankedTrial extends Pick<Trial, 'trial' | 'candidate' | 'settings'> {
  /** The last rung that all its runs have finished; 0 if there is none. */
  readonly rung: number;
  /** What came of its runs there, in the order of their seeds. */
  readonly results: readonly TaskResult[];
  /** Absent for a trial that failed, or was not run. */
  readonly dev?: MeanDev;
  /** Why it failed. */
  readonly reason?: string;
}

/**
 * The trials, the best first: those that came further, then the higher mean accuracy on dev, the smaller
 * loss, the smaller number. After them those that were not run, and at the end those that failed.
 */
export function rankTrials({ trials }: SweepPlan, { reached }: Pick<Standing, 'reached'>): RankedTrial[] {
  const rows = trials.map(({ trial, candidate, settings, problem }): RankedTrial => {
    const { rung = 0, results = [] } = reached.get(trial) ?? {};
    const dev = meanDev(results);
    const failed = results.find((result) => result.type === 'failed');
    const reason = problem ?? (failed?.type === 'failed' ? failed.reason : undefined);
    return {
      ...{ trial, candidate, settings, rung, results },
      ...(dev && { dev }),
      ...(reason !== undefined && { reason }),
    };
  });
  const group = ({ dev, reason }: RankedTrial) => (dev ? 0 : reason === undefined ? 1 : 2);
  return rows.sort(
    (a, b) =>
      group(a) - group(b) ||
      (a.dev && b.dev ? b.rung - a.rung || byDev(a.dev, b.dev) : 0) ||
      a.trial - b.trial,
  );
}
