import type { Doubt } from '@longhand/core';
import type { PredictionInput } from './inputs.js';

/** What the network makes of one input. */
export interface Prediction {
  readonly input: PredictionInput;
  /** The most likely class. */
  readonly digit: number;
  /** 0–1, one for each class. */
  readonly probabilities: Float32Array;
  /** The calibrated probability of the answer, 0–1. */
  readonly confidence: number;
  /** Why the answer is in doubt. `undefined` if it is not. */
  readonly doubt: Doubt | undefined;
}
