import { type Settings, settingNamed } from '@longhand/core';

/** Looks at a run in mini-batches, over its whole length: as many points as the widest chart shows. */
const REPORTS = 1000;
/** Iterations between two reports at most, so that Ctrl-C and the bar never wait long. */
const MAX_BETWEEN_REPORTS = 50;
const DEV_LOOKS_PER_EPOCH = 10;

/** How often a run is looked at. */
export interface Pace {
  readonly reportEvery: number;
  readonly devEvery: number;
}

/**
 * A full batch takes milliseconds and is worth a look each time. A mini-batch takes a fraction of one: there looking,
 * and measuring the dev examples, would take longer than learning.
 *
 * @param devEvery as the user gave it
 */
export function paceOf(
  { batchSize: batch, iterations, epochs }: Pick<Settings, 'batchSize' | 'iterations' | 'epochs'>,
  examples: number,
  devEvery: number | undefined,
): Pace {
  const usual = settingNamed('devEvery').default as number;
  if (batch === 'full' || batch >= examples) return { reportEvery: 1, devEvery: devEvery ?? usual };
  const batchesPerEpoch = Math.ceil(examples / batch);
  const total = iterations ?? epochs! * batchesPerEpoch;
  return {
    reportEvery: Math.max(1, Math.min(MAX_BETWEEN_REPORTS, Math.floor(total / REPORTS))),
    devEvery: devEvery ?? Math.max(usual, Math.round(batchesPerEpoch / DEV_LOOKS_PER_EPOCH)),
  };
}
