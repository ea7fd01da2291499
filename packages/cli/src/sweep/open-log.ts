import {
  createSweepLog,
  type KnownSweep,
  NO_LOG,
  resumeSweepLog,
  type SweepLog,
  type SweepPlan,
} from '@longhand/sweep';

/**
 * The log of `--log` or `--resume`, or none.
 *
 * @throws DataError if it cannot be written, exists, or is that of another sweep
 */
export function openSweepLog(
  { log, resume }: { readonly log?: string; readonly resume?: string },
  plan: SweepPlan,
  known: KnownSweep | undefined,
  warn: (message: string) => void,
): SweepLog {
  if (resume !== undefined && known) return resumeSweepLog(resume, plan, known, warn);
  return log === undefined ? NO_LOG : createSweepLog(log, plan, warn);
}
