import type { Measure } from '@longhand/core';
import type { RunSettings, TaskResult } from '../task.js';

/** How one setting varies. */
export type Dimension = { readonly name: keyof RunSettings } & (
  | { readonly kind: 'choice'; readonly values: readonly unknown[] }
  | {
      readonly kind: 'range';
      readonly from: number;
      readonly to: number;
      /** Whether values are spread evenly over the logarithm. */
      readonly isLog: boolean;
    }
);

/** How trials are chosen. */
export type StrategyName = 'grid' | 'random' | 'halving';

/**
 * One line of a sweep's log, as JSON. Results stand in the order in which they came; what is decided
 * from them does not depend on it.
 */
export type SweepLine =
  | {
      readonly type: 'sweep';
      /** The version of the log's format. */
      readonly version: 1;
      /** The name of the data. */
      readonly data: string;
      /** SHA-256 of the training data. */
      readonly fingerprint: string;
      readonly layers: { readonly inputs: number; readonly outputs: number };
      readonly examples: number;
      /** What all trials share. */
      readonly settings: Partial<RunSettings>;
      readonly vary: readonly Dimension[];
      readonly strategy: StrategyName;
      readonly trials: number;
      /** How many were asked for at random, before identical ones and those over the budget were left out. */
      readonly drawn?: number;
      readonly repeat: number;
      readonly seed: number;
      /** Epochs for all trials together, if limited. */
      readonly budget?: number;
    }
  | {
      readonly type: 'trial';
      /** From 1. */
      readonly trial: number;
      /** The settings that vary. */
      readonly settings: Partial<RunSettings>;
    }
  | (TaskResult & {
      readonly type: 'measured' | 'failed';
      readonly trial: number;
      readonly repetition: number;
      readonly rung: number;
      readonly until: number;
    })
  /** A worker that computed wrong bits: its results above do not count. */
  | { readonly type: 'distrusted'; readonly worker: string }
  /** One of the runs of the winner with a fresh seed; the first has the sweep's own. */
  | {
      readonly type: 'winner';
      readonly trial: number;
      readonly seed: number;
      readonly parametersSha256: string;
      readonly dev: Measure;
      readonly test?: Measure;
    }
  | {
      readonly type: 'end';
      /** False if a limit of time ended it early. */
      readonly complete: boolean;
      readonly winner: number | undefined;
    };
