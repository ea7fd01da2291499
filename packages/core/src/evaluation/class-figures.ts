import type { Evaluation } from './evaluation.js';

/**
 * How well one class is distinguished from the others. A fraction whose divisor is 0 is
 * `undefined`.
 */
export interface ClassFigures {
  /** The class, by its number. */
  readonly label: number;
  /** Examples of the class. */
  readonly examples: number;
  /** Examples that got this answer. */
  readonly answered: number;
  /** Examples of the class that got this answer. */
  readonly correct: number;
  /** The fraction of the examples with this answer that belong to the class, 0–1. */
  readonly precision: number | undefined;
  /** The fraction of the examples of the class that got this answer, 0–1. */
  readonly recall: number | undefined;
  /** The harmonic mean of precision and recall, 2·correct / (examples + answered), 0–1. */
  readonly f1: number | undefined;
}

/** Precision, recall and F1 of every class, in the order of the classes. */
export function classFigures({ confusion }: Pick<Evaluation, 'confusion'>): ClassFigures[] {
  return confusion.map((row, label) => {
    const examples = row.reduce((sum, n) => sum + n, 0);
    const answered = confusion.reduce((sum, other) => sum + other[label]!, 0);
    const correct = row[label]!;
    return {
      label,
      examples,
      answered,
      correct,
      precision: share(correct, answered),
      recall: share(correct, examples),
      f1: share(2 * correct, examples + answered),
    };
  });
}

function share(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}
