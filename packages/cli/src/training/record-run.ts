import type { Dataset, Json, Model, Network, Settings } from '@longhand/core';
import { pixelScaleOf, type RunOutcome } from './outcome.js';

/**
 * What goes into the model file: all that is needed to use the network and to train it again. No times, no paths and no
 * number of threads, so that the same run gives the same file, byte for byte, wherever it ran.
 */
export function recordRun(
  network: Network,
  { width, height, classNames, features }: Dataset,
  { threads: _, ...repeatable }: Settings & { readonly reportEvery?: number },
  outcome: RunOutcome,
): Model {
  const { reportEvery: __, ...settings } = repeatable;
  return {
    network,
    record: {
      width,
      height,
      classNames,
      ...(features && { features }),
      pixelScale: pixelScaleOf(settings),
      settings: asJson(settings),
      results: asJson(outcome),
    },
  };
}

/** Plain data is JSON already: what it lacks is the type. */
function asJson(data: object): Record<string, Json> {
  return JSON.parse(JSON.stringify(data));
}
