import type { Dataset } from '@longhand/core';
import type { Predictions } from '@longhand/core/engine';
import {
  balancedAccuracy,
  type Calibration,
  type ClassFigures,
  calibration,
  classFigures,
} from '@longhand/core/evaluation';
import { labelsOf } from '@longhand/core/files';

/** A network's answers to all digits of a set, and the statistics of them. */
export interface Answers {
  readonly dataset: Dataset;
  /** The class of each digit. */
  readonly labels: Uint8Array;
  /** The network's answer for each. */
  readonly answers: Uint8Array;
  /** The probability of each answer, 0–1. */
  readonly confidences: Float32Array;
  /** Cross-entropy of each digit, in nats. */
  readonly losses: Float32Array;
  /** m × classes, one digit after the other. */
  readonly probabilities: Float32Array;
  readonly correct: number;
  /** The mean recall of the classes that occur, 0–1. */
  readonly balancedAccuracy: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** `confusion[label][answer]`: the number of digits. */
  readonly confusion: readonly (readonly number[])[];
  /**
   * `mostConfident[label][answer]`: the digit with the highest probability of this answer, −1 if
   * there is none.
   */
  readonly mostConfident: readonly (readonly number[])[];
  readonly classes: readonly ClassFigures[];
  readonly calibration: Calibration;
}

/** Compares a network's predictions with the labels. */
export function answersOf(dataset: Dataset, { classes, probabilities, losses }: Predictions): Answers {
  const { length, classNames } = dataset;
  const count = classNames.length;
  const table = (value: number) => Array.from({ length: count }, () => new Array<number>(count).fill(value));
  const [confusion, mostConfident] = [table(0), table(-1)];
  const labels = labelsOf(dataset);
  const confidences = new Float32Array(length);
  let [loss, correct] = [0, 0];
  for (let i = 0; i < length; i++) {
    const [label, answer] = [labels[i]!, classes[i]!];
    confidences[i] = probabilities[i * count + answer]!;
    loss += losses[i]!;
    if (answer === label) correct++;
    confusion[label]![answer]!++;
    const best = mostConfident[label]![answer]!;
    if (best < 0 || confidences[i]! > confidences[best]!) mostConfident[label]![answer] = i;
  }
  return {
    dataset,
    labels,
    answers: classes,
    confidences,
    losses,
    probabilities,
    correct,
    balancedAccuracy: balancedAccuracy(confusion),
    loss: loss / length,
    confusion,
    mostConfident,
    classes: classFigures({ confusion }),
    calibration: calibration(confidences, (i) => classes[i] === labels[i]),
  };
}
