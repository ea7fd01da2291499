import type { BuiltRun } from '@longhand/core';

/**
 * Reports of a run in mini-batches, over its whole length: as many points as the widest chart has.
 */
const REPORTS = 1000;
/** The most iterations between two reports, so that Ctrl-C and the progress bar never wait long. */
const MAX_BETWEEN_REPORTS = 50;

/**
 * How many iterations lie between two reports. A full batch takes milliseconds, so each is
 * reported. A mini-batch takes a fraction of one, so reporting each would take longer than
 * training.
 */
export function reportInterval({
  training,
  batchSize,
  iterations,
}: Pick<BuiltRun, 'training' | 'batchSize' | 'iterations'>): number {
  if (batchSize >= training.length) return 1;
  return Math.max(1, Math.min(MAX_BETWEEN_REPORTS, Math.floor(iterations / REPORTS)));
}
