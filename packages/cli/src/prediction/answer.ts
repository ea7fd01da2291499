import type { Question } from './questions.js';

/** An answer to a question. */
export interface Answer {
  readonly question: Question;
  /** The most likely class. */
  readonly digit: number;
  /** 0–1, one for each class. */
  readonly probabilities: Float32Array;
}
