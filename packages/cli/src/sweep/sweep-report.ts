import type { Measure } from '@longhand/core';
import type { FreshRun, RankedTrial, SweepPlan } from '@longhand/sweep';
import type { TrainingData } from '../training/open-training-data.js';

/** The model of the winner, saved and tested. */
export interface TrainedWinner {
  readonly trial: number;
  readonly seed: number;
  readonly parametersSha256: string;
  readonly dev: Measure;
  /** Absent if the data have no test set. */
  readonly test?: { readonly name: string; readonly measure: Measure };
}

/** A sweep that has ended. */
export interface SweepReport {
  readonly plan: SweepPlan;
  /** The best first. */
  readonly ranked: readonly RankedTrial[];
  /** False if it was interrupted, or a limit of time ended it early. */
  readonly complete: boolean;
  readonly flags: {
    readonly out: string;
    readonly data?: string;
    readonly label?: string;
    readonly ignore?: readonly string[];
    readonly csv?: string;
    readonly json?: boolean;
    readonly quiet?: boolean;
    readonly doubt?: boolean;
  };
  readonly data: TrainingData;
  /** Runs of the winner with seeds that no trial had. */
  readonly fresh: readonly FreshRun[];
  /** Absent if no trial can be used, or it was interrupted. */
  readonly trained?: TrainedWinner;
}
