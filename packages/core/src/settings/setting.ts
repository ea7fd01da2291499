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
  /**
   * The number of units in each hidden layer, such as 128,64. With none, the pixels connect
   * directly to the outputs. Default: [10].
   */
  hidden: readonly number[];
  /**
   * The non-linearity of the hidden units, or one for each hidden layer. Without one, several
   * layers are no more than a single layer. Default: 'relu'.
   */
  activation: ActivationName | readonly ActivationName[];
  /**
   * How the weights are initialized: uniform in [−0.5, 0.5) as on the board; He, with variance
   * 2/inputs, which suits ReLU and deeper networks; or Glorot, with variance 2/(inputs + outputs).
   * Default: 'board'.
   */
  initialization: InitializationName;
  /** The fraction of pixels set to 0 in each training example. Default: 0. */
  inputDropout: number;
  /**
   * The fraction of hidden units set to 0 for each training example, so that no unit relies on
   * another. Default: 0.
   */
  dropout: number;
  /**
   * For each training picture of a digit, train on this many variants of it, as people write
   * elsewhere: with strokes of another width, with a gap, or drawn by a pen, such as a 1 with a
   * flag, a 7 with a bar or an open 4. Default: 0.
   */
  variants: number;
  /** Move each training picture by up to this many pixels, differently each time. Default: 0. */
  shift: number;
  /** Rotate each training picture by up to this many degrees, in either direction. Default: 0. */
  rotate: number;
  /**
   * Enlarge or shrink each training picture by up to this fraction, width and height separately.
   * Default: 0.
   */
  scale: number;
  /**
   * Slant each training picture: shift each row against the row below by up to this many pixels.
   * Default: 0.
   */
  shear: number;
  /**
   * Distort each training picture as an unsteady hand would: by this many pixels (root mean
   * square), with nearby pixels moving alike. Default: 0.
   */
  elastic: number;
  /**
   * How smooth the elastic distortion is: the standard deviation, in pixels, of the Gaussian that
   * smooths it. Default: 4.
   */
  elasticSigma: number;
  /**
   * How pixels enter the network: divided by 255 (unit), or as bytes from 0 to 255 (raw), which
   * makes the steps far too large. Default: 'unit'.
   */
  pixels: 'unit' | 'raw';
  /** The learning rate: how large a step each update takes against the gradient. Default: 0.1. */
  alpha: number;
  /**
   * How the learning rate changes during training: not at all, in steps, down to 0 along half a
   * cosine, or first up and then down (one cycle). Default: 'constant'.
   */
  schedule: ScheduleName;
  /**
   * Epochs at the start in which the learning rate grows from 0 in a straight line, before the
   * schedule begins. Default: 0.
   */
  warmup: number;
  /**
   * With the schedule step: the number of epochs between two changes of the learning rate. Default:
   * 10.
   */
  stepEvery: number;
  /**
   * With the schedule step: the factor by which the learning rate is multiplied each time. Default:
   * 0.1.
   */
  stepFactor: number;
  /**
   * How each update uses the gradient: sgd (gradient descent, the board’s update), momentum
   * (gradient descent that keeps its speed), nesterov (momentum that looks one step ahead), rmsprop
   * (gradients divided by their recent size), adam (a step size of its own for each parameter),
   * adamw (Adam with decoupled weight decay), lion (steps of one size along the sign of momentum),
   * lbfgs (follows the curvature of the loss, on full batches). Default: 'sgd'.
   */
  optimizer: OptimizerName;
  /**
   * With momentum or Nesterov: the fraction of the previous velocity that each step keeps. Default:
   * 0.9.
   */
  momentum: number;
  /**
   * Weight decay: pulls every weight towards 0, as a part of the gradient (L2) or, with adamw and
   * lion, separately. Default: 0.
   */
  weightDecay: number;
  /** The largest norm of the gradient. A longer gradient is scaled down to it. Default: 'none'. */
  clipNorm: number | 'none';
  /**
   * Label smoothing: the fraction of each label that is spread over all classes, so that no answer
   * has to be completely certain. Default: 0.
   */
  labelSmoothing: number;
  /**
   * How much each class counts in training: all examples the same (none), rare classes as much as
   * frequent ones (balanced), or a number for each class, such as 1,2,1. Default: 'none'.
   */
  classWeight: ClassWeight;
  /**
   * The number of epochs at the end over which the parameters are averaged. The average is what is
   * tested and saved. Default: 'none'.
   */
  weightAveraging: number | 'none';
  /**
   * The number of examples in each update: all of them (full), or a mini-batch, shuffled again in
   * every epoch. Default: 'full'.
   */
  batchSize: number | 'full';
  /** How many times the parameters are updated. Default: 500. */
  iterations?: number;
  /**
   * How many times training goes through all examples, instead of a number of iterations. Default:
   * 10.
   */
  epochs?: number;
  /**
   * Stop after this many minutes. How far training gets then depends on how fast the machine is.
   * Default: 'none'.
   */
  minutes: number | 'none';
  /**
   * How many training examples are held out (dev). The network does not learn from them; they show
   * how well it does on new examples. Default: 1000.
   */
  dev: number;
  /**
   * How many iterations there are between two evaluations on dev. With mini-batches, the default is
   * ten evaluations an epoch. Default: 10.
   */
  devEvery: number;
  /**
   * Stop after this many evaluations on dev without improvement, and return the best parameters.
   * Default: 'none'.
   */
  patience: number | 'none';
  /** With patience: which value on dev must improve. Default: 'loss'. */
  monitor: 'loss' | 'accuracy';
  /**
   * The seed of all random numbers. The same seed gives the same run, to the last bit, on every
   * machine. Default: 1.
   */
  seed: number;
  /**
   * What computes: the fast engine in 32-bit floats (wasm), or the plain maths in 64 bits (maths),
   * hundreds of times slower. Default: 'wasm'.
   */
  engine: 'wasm' | 'maths';
  /**
   * How many threads share the work. The result has the same bits with any number of threads.
   * Default: 'cores'.
   */
  threads: number | 'cores';
}

/** The name of a setting. */
export type SettingName = keyof Settings;
/** A value that a setting can have. */
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
  /** The name of the setting. */
  readonly name: SettingName;
  /** Other names with the same meaning, accepted wherever its own name is. */
  readonly aliases?: readonly string[];
  /** Names that it had before. Files and shared links that use them are still read. */
  readonly formerly?: readonly string[];
  /** The board's symbol, where it has one. */
  readonly symbol?: string;
  /** What values it takes. */
  readonly kind: SettingKind;
  /** Its value where none is given. */
  readonly default: SettingValue;
}
