import type { Dataset } from '../data/dataset.js';
import { balancedAccuracy } from './balanced-accuracy.js';

/** A network's answers, as both engines return them. */
export interface Answers {
  /** m × classes: the probabilities of one example after the other. */
  readonly probabilities: Float32Array;
  /** Cross-entropy of each example, in nats. */
  readonly losses: Float32Array;
  /** The most likely class of each example. */
  readonly classes: Uint8Array;
}

/** An example that got a wrong answer. */
export interface Mistake {
  /** The example's index in the dataset. */
  readonly index: number;
  /** The right class, by its number. */
  readonly label: number;
  /** The class that the network answered. */
  readonly answer: number;
  /** The probability that the network gave to its wrong answer, 0–1. */
  readonly confidence: number;
}

/** How well a network does on a dataset. */
export interface Evaluation {
  /** How many examples were evaluated. */
  readonly examples: number;
  /** How many answers are right. */
  readonly correct: number;
  /** 0–1. */
  readonly accuracy: number;
  /** The mean recall of the classes that occur, 0–1: each class counts the same. */
  readonly balancedAccuracy: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** `confusion[label][answer]`: how many examples of the class got that answer. */
  readonly confusion: readonly (readonly number[])[];
  /** Every wrong answer, the most confident first. */
  readonly mistakes: readonly Mistake[];
}

/** Compares a network's answers with the labels. */
export function compareAnswers(dataset: Dataset, { probabilities, losses, classes }: Answers): Evaluation {
  const count = dataset.classNames.length;
  const confusion = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const mistakes: Mistake[] = [];
  let loss = 0;
  for (let index = 0; index < dataset.length; index++) {
    const label = dataset.label(index);
    const answer = classes[index]!;
    confusion[label]![answer]!++;
    loss += losses[index]!;
    if (answer !== label) {
      mistakes.push({ index, label, answer, confidence: probabilities[index * count + answer]! });
    }
  }
  mistakes.sort((a, b) => b.confidence - a.confidence);
  const correct = dataset.length - mistakes.length;
  return {
    examples: dataset.length,
    correct,
    accuracy: correct / dataset.length,
    balancedAccuracy: balancedAccuracy(confusion),
    loss: loss / dataset.length,
    confusion,
    mistakes,
  };
}

/** A pair of classes that the network confuses. */
export interface Confusion {
  /** The right class, by its number. */
  readonly label: number;
  /** The class that the network answered. */
  readonly answer: number;
  /** How many examples of the class got that answer. */
  readonly count: number;
}

/** The most frequent mistakes, as pairs of a label and an answer, the most frequent first. */
export function worstConfusions({ confusion }: Pick<Evaluation, 'confusion'>, count: number): Confusion[] {
  return confusion
    .flatMap((row, label) => row.map((n, answer) => ({ label, answer, count: n })))
    .filter(({ label, answer, count: n }) => label !== answer && n > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, count);
}
