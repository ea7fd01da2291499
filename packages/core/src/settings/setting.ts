import type { ActivationName } from '../maths/activation.js';
import type { InitializationName } from '../maths/network.js';
import type { OptimizerName } from '../maths/optimizers.js';
import type { ScheduleName } from '../maths/schedule.js';

/**
 * How much the examples of each class count in training: all the same (`none`), so that every class
 * counts the same in total (`balanced`), or a number for each class.
 */
export type ClassWeight = 'none' | 'balanced' | readonly number[];

/** The settings of a run. Exactly one of `iterations` and `epochs` counts. */
export interface Settings {
  hidden: readonly number[];
  activation: ActivationName | readonly ActivationName[];
  initialization: InitializationName;
  inputDropout: number;
  dropout: number;
  shift: number;
  rotate: number;
  scale: number;
  shear: number;
  elastic: number;
  elasticSigma: number;
  pixels: 'unit' | 'raw';
  alpha: number;
  schedule: ScheduleName;
  warmup: number;
  stepEvery: number;
  stepFactor: number;
  optimizer: OptimizerName;
  momentum: number;
  weightDecay: number;
  clipNorm: number | 'none';
  labelSmoothing: number;
  classWeight: ClassWeight;
  weightAveraging: number | 'none';
  batchSize: number | 'full';
  iterations?: number;
  epochs?: number;
  minutes: number | 'none';
  dev: number;
  devEvery: number;
  patience: number | 'none';
  monitor: 'loss' | 'accuracy';
  seed: number;
  engine: 'wasm' | 'maths';
  threads: number | 'cores';
}

export type SettingName = keyof Settings;
export type SettingValue = number | string | readonly number[] | readonly string[];

/** What values a setting takes. */
export type SettingKind =
  /** `word` is accepted in place of a number. */
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly word?: string }
  /** Greater than `above` or from `min`, at most `max` or less than `below`. `word` is accepted in place of a number. */
  | {
      readonly type: 'number';
      readonly above?: number;
      readonly min?: number;
      readonly max?: number;
      readonly below?: number;
      readonly word?: string;
    }
  /** `many` takes several, separated by commas, too. */
  | {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly many?: true;
      /** Words that old files have, with those of today. */
      readonly formerly?: Readonly<Record<string, string>>;
    }
  /** Positive integers, separated by commas, or the word for an empty list. */
  | { readonly type: 'sizes'; readonly max: number; readonly word: string }
  /** One of the words, or numbers from 0, one for each class, separated by commas. Not all are 0. */
  | { readonly type: 'weights'; readonly max: number; readonly words: readonly string[] };

/** One row of the table of settings. */
export interface Setting {
  readonly name: SettingName;
  /** Other names with the same meaning, accepted wherever its own name is. */
  readonly aliases?: readonly string[];
  /** Names that it had before. Files and shared links that use them are still read. */
  readonly formerly?: readonly string[];
  /** The board's symbol, where it has one. */
  readonly symbol?: string;
  readonly kind: SettingKind;
  readonly default: SettingValue;
  /** One sentence for a person. */
  readonly explanation: string;
}
