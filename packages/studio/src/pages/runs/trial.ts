import type { Settings } from '@longhand/core';
import type { Dimension } from '@longhand/sweep/log';
import type { Point } from '../../state/run-record.js';

/** What the page shows of a trial of a sweep, or of a run of Train. */
export interface Trial {
  readonly id: string;
  /** `trial 12`, `run 3`. */
  readonly label: string;
  /** The settings that differ from the defaults. */
  readonly given: Partial<Settings>;
  /** On dev, at the end of its last rung: the mean over its runs. Missing if none has ended. */
  readonly dev?: DevResult | undefined;
  /** How far its runs went. */
  readonly epochs?: number | undefined;
  /** The last rung that all its runs reached. */
  readonly rung: number;
  /** Whether it was trained to the end, so that the command repeats it to the same bits. */
  readonly isWhole: boolean;
  /** Of the first run. */
  readonly sha256?: string | undefined;
  /** Why it failed. */
  readonly reason?: string | undefined;
  readonly training: readonly Point[];
  readonly watched: readonly Point[];
}

export interface DevResult {
  readonly accuracy: number;
  readonly loss: number;
  /** The standard deviation of the accuracy over the runs; nothing for a single one. */
  readonly deviation?: number | undefined;
  readonly runs: number;
}

/** What is compared: the trials of a sweep, or the runs of Train. */
export interface Collection {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly noun: 'trial' | 'run';
  /** The settings that vary. */
  readonly axes: readonly Dimension[];
  /** The best first; after them those without a result. */
  readonly trials: readonly Trial[];
  /** Trials that are still to come. */
  readonly ahead: number;
  /** The arguments that tell the command about the data; nothing if only the user knows them. */
  readonly data: string | undefined;
  /**
   * Results of equally long training, by the trial's id: which settings matter is told from these. With
   * successive halving, trials of different rungs cannot be compared.
   */
  readonly comparable: ReadonlyMap<string, number>;
}

/** The better first: those that came further, then the accuracy, then the loss. */
export function byRank(a: Trial, b: Trial): number {
  if (!a.dev || !b.dev) return Number(!a.dev) - Number(!b.dev);
  return b.rung - a.rung || b.dev.accuracy - a.dev.accuracy || a.dev.loss - b.dev.loss;
}
