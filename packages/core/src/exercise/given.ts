import type { Matrix } from '../maths/matrix.js';
import type { QuantityName } from './quantity.js';

/** What a learner starts from: one round of the board's network on a few examples. */
export interface Exercise {
  /** n₁ × n₀. */
  readonly W1: Matrix;
  /** n₁ × 1. */
  readonly b1: Matrix;
  /** n₂ × n₁. */
  readonly W2: Matrix;
  /** n₂ × 1. */
  readonly b2: Matrix;
  /** n₀ × m: an example is a column. */
  readonly X: Matrix;
  /** n₂ × m, one-hot. */
  readonly Y: Matrix;
  /** The learning rate α. */
  readonly alpha: number;
}

/** A learner's quantities, those that there are, with examples as columns; the loss is 1 × 1. */
export type Answers = { readonly [Q in QuantityName]?: Matrix };

/** What a quantity is computed from: the exercise, and every earlier quantity. */
export type Given = Exercise & { readonly [Q in QuantityName]: Matrix };
