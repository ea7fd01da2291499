import type { Augmentation } from '../../data/augmentation/augmentation.js';
import type { OptimizerName } from '../../maths/optimizers.js';

/** How a network is trained, besides by which examples and learning rates. Fixed as long as an engine lives. */
export interface TrainingConfiguration {
  readonly optimizer: OptimizerName;
  /** μ of momentum and nesterov. */
  readonly momentum: number;
  /** λ of every weight. */
  readonly weightDecay: number;
  /** The norm that a gradient has at most; infinite for any. */
  readonly clipNorm: number;
  /** ε of label smoothing. */
  readonly labelSmoothing: number;
  /** How pictures are distorted, anew in each batch. */
  readonly distortion: Augmentation | undefined;
  /** The share of pixels that each example goes without. */
  readonly inputDropout: number;
  /** The share of hidden units that each example goes without. */
  readonly dropout: number;
  /** What decides which. */
  readonly seed: number;
  /** Whether the mean of the parameters is kept, too. */
  readonly weightAveraging: boolean;
  /** Whether 32-bit floats are used where whole numbers of 16 bits would do (docs/engine.md). */
  readonly floats: boolean;
}

/** The board's. */
export const DEFAULT_TRAINING: TrainingConfiguration = {
  optimizer: 'sgd',
  momentum: 0.9,
  weightDecay: 0,
  clipNorm: Number.POSITIVE_INFINITY,
  labelSmoothing: 0,
  distortion: undefined,
  inputDropout: 0,
  dropout: 0,
  seed: 1,
  weightAveraging: false,
  floats: false,
};
