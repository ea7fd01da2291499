import type { Augmentation } from '../../data/augmentation/augmentation.js';
import type { OptimizerName } from '../../maths/optimizers.js';

/**
 * How a network is trained, apart from the examples and the learning rates. It is fixed for the
 * life of an engine.
 */
export interface TrainingConfiguration {
  readonly optimizer: OptimizerName;
  /** μ of momentum and nesterov. */
  readonly momentum: number;
  /** λ of L2 regularization (AdamW: decoupled). Weights decay, biases do not. */
  readonly weightDecay: number;
  /** The largest norm of a gradient; a larger one is scaled down to it. Infinity: no clipping. */
  readonly clipNorm: number;
  /** ε of label smoothing. */
  readonly labelSmoothing: number;
  /** How pictures are augmented, each time they are in a batch. */
  readonly augmentation: Augmentation | undefined;
  /** The fraction of pixels that are set to 0 in each training example. */
  readonly inputDropout: number;
  /** The fraction of hidden units that are set to 0 in each training example. */
  readonly dropout: number;
  /** The seed of dropout. */
  readonly seed: number;
  /** Whether the running average of the parameters is kept. */
  readonly weightAveraging: boolean;
  /**
   * Whether full-batch passes may compute the first layer in int16 where the engine can
   * (docs/engine.md). False: 32-bit floats throughout.
   */
  readonly quantization: boolean;
}

/** The defaults: plain gradient descent, as on the board. */
export const DEFAULT_TRAINING: TrainingConfiguration = {
  optimizer: 'sgd',
  momentum: 0.9,
  weightDecay: 0,
  clipNorm: Number.POSITIVE_INFINITY,
  labelSmoothing: 0,
  augmentation: undefined,
  inputDropout: 0,
  dropout: 0,
  seed: 1,
  weightAveraging: false,
  quantization: true,
};
