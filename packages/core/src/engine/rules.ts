import type { Augmentation } from '../data/augmentation/augmentation.js';
import type { OptimizerName } from '../maths/optimizer-numbers.js';

/** How a network is trained, besides by which examples and learning rates. Fixed as long as an engine lives. */
export interface Rules {
  readonly optimizer: OptimizerName;
  /** μ of momentum and nesterov. */
  readonly momentum: number;
  /** λ of every weight. */
  readonly decay: number;
  /** The norm that a gradient has at most; infinite for any. */
  readonly clip: number;
  /** ε of label smoothing. */
  readonly smoothing: number;
  /** How pictures are distorted, anew in each batch. */
  readonly distortion: Augmentation | undefined;
  /** The share of pixels that each example goes without. */
  readonly inputDropout: number;
  /** The share of hidden units that each example goes without. */
  readonly dropout: number;
  /** What decides which. */
  readonly seed: number;
  /** Whether the mean of the parameters is kept, too. */
  readonly average: boolean;
  /** Whether 32-bit floats are used where whole numbers of 16 bits would do (docs/engine.md). */
  readonly floats: boolean;
}

/** The board's. */
export const PLAIN: Rules = {
  optimizer: 'descent',
  momentum: 0.9,
  decay: 0,
  clip: Number.POSITIVE_INFINITY,
  smoothing: 0,
  distortion: undefined,
  inputDropout: 0,
  dropout: 0,
  seed: 1,
  average: false,
  floats: false,
};
