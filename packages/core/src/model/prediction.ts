import type { Doubt, Judge } from '../evaluation/doubt.js';
import { argmax } from '../maths/argmax.js';
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

/**
 * @param judge says how sure the answer is
 * @param frames of the picture that the answer is about
 * @param unlike how the input differs from what the network knows, if it does
 */
export function predictionOf(
  probabilities: readonly number[],
  classes: readonly Label[],
  judge: Judge,
  frames: readonly Uint8Array[],
  unlike: string | undefined,
): Prediction {
  const answer = argmax(probabilities);
  return {
    label: classes[answer]!,
    probability: probabilities[answer]!,
    probabilities,
    ...judge(probabilities, frames, unlike),
  };
}
