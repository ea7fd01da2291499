import type { Dataset } from '../data/dataset.js';
import type { EngineOptions } from '../engine/api/engine.js';
import type { GivenSettings } from '../settings/complete.js';
import type { ClassWeight } from '../settings/setting.js';
import type { Signal, Step } from '../training/training-run.js';
import type { ClassWeightByName } from './class-weight-by-name.js';
import type { RowsOptions } from './fit-data.js';
import type { Labels } from './labels.js';
import type { Model } from './model.js';
import type { Rows } from './rows.js';

/** Options of `fit`: every setting of a run, and these. */
export interface FitOptions extends Omit<GivenSettings, 'dev' | 'classWeight'>, RowsOptions {
  /**
   * How many examples are held out to watch the training, or which share of all, less than 1. The
   * network does not learn from them. Default: a tenth, at most 1000.
   */
  readonly dev?: number;
  /**
   * How much each class counts in training: `'balanced'`, rare classes as much as frequent ones; a
   * number for each class, in the order of `model.classes`; or numbers by the names of the classes,
   * such as `{ spam: 5 }`, where a class that is not named counts 1. Default `'none'`: all examples
   * count the same.
   */
  readonly classWeight?: ClassWeight | ClassWeightByName;
  /**
   * How much each example counts in training: a number from 0 for each row, by which its loss is
   * multiplied. Those that are held out are evaluated without.
   */
  readonly sampleWeights?: ArrayLike<number>;
  /** A named set of settings, in place of the defaults of `fit`: `'board'`, `'quick'` … */
  readonly preset?: string;
  /**
   * Train this model further, instead of a new one: with its settings, unless others are given, and
   * from where its optimizer ended. `epochs` or `iterations` then count from there.
   */
  readonly from?: Model;
  /** Examples that are evaluated once, after training: `model.record.results.test` has the figures. */
  readonly test?: Dataset | { readonly rows: Rows; readonly labels: Labels };
  /**
   * Called with each step: once an epoch, or with full batches for every iteration. Training waits
   * for it. Return `false` to stop: the model so far is the result.
   */
  readonly onStep?: (step: Step) => unknown;
  /** How many iterations there are between two steps. */
  readonly reportEvery?: number;
  /** Aborts training: `fit` rejects with the signal's reason, as `fetch` does. */
  readonly signal?: Signal & { throwIfAborted(): void };
  /**
   * Where `@longhand/core/worker` is, if it is not where the bundler put it: its address, or a
   * function that makes a worker of it, which is called once for each thread.
   */
  readonly worker?: EngineOptions['worker'];
  /** How the engine's workers are started, in place of `worker`. */
  readonly spawn?: EngineOptions['spawn'];
}

/** Options that are no settings of the table. */
const OWN: Readonly<Record<Exclude<keyof FitOptions, keyof GivenSettings>, true>> = {
  ...({ columns: true, width: true, height: true, preset: true, from: true, test: true } as const),
  ...({ sampleWeights: true } as const),
  ...({ onStep: true, reportEvery: true, signal: true, worker: true, spawn: true } as const),
};

export const OWN_OPTIONS: readonly string[] = Object.keys(OWN);
