import { type Doubt, doubtOf } from '../evaluation/doubt.js';
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
  /** Why the answer is in doubt. `undefined` if it is not. */
  readonly doubt: Doubt | undefined;
}

/** @param unlike how the input differs from what the network knows, if it does */
export function predictionOf(
  probabilities: readonly number[],
  classes: readonly Label[],
  unlike: string | undefined,
): Prediction {
  const answer = argmax(probabilities);
  return {
    label: classes[answer]!,
    probability: probabilities[answer]!,
    probabilities,
    doubt: doubtOf(probabilities, classes.map(String), unlike),
  };
}
