import type { Doubt } from '../evaluation/doubt.js';
import type { Label } from './label.js';

/** What a model makes of one input. */
export interface Prediction {
  /** The most likely class: an integer if the model's classes are integers, else a word. */
  readonly label: Label;
  /** Its probability, 0–1. */
  readonly probability: number;
  /** The probability of each class, in the order of `model.classes`, 0–1. */
  readonly probabilities: readonly number[];
  /**
   * The calibrated probability of the answer, 0–1: of answers with 90%, about 90% are right. Of a model without a
   * record of doubt, it is `probability`.
   */
  readonly confidence: number;
  /** Why the answer is in doubt. `undefined` if it is not. */
  readonly doubt: Doubt | undefined;
}
