import type { Explanation } from './explanation.js';
import { formatNumber } from './format-number.js';
import { entrySymbol, subscript } from './subscripts.js';
import {
  writeBiasGradient,
  writeHiddenDelta,
  writeOutputDelta,
  writeUpdate,
  writeWeightGradient,
} from './write-backward.js';
import { writeActivated, writeLoss, writeSoftmaxShare, writeWeightedSum } from './write-forward.js';
import type { WriteOptions } from './write-options.js';

/** How numbers and sums are written out. */
export interface WriteOutOptions {
  /** Significant digits of every number. Default 4. */
  readonly digits?: number;
  /**
   * How many terms of a sum are written, at least 3: the first two, the last and the largest.
   * Default 5.
   */
  readonly most?: number;
}

/** An explanation as lines of an equation. */
export interface WrittenOut {
  /** The number explained: `z¹₈`. */
  readonly name: string;
  /** `:=` for an update, which changes the left side. */
  readonly relation: '=' | ':=';
  /** Each is equal to the next: symbols, numbers, sums, and last the value. */
  readonly steps: readonly string[];
}

/**
 * The explanation on one line: `z¹₈ = w¹₈,₉₇·a⁰₉₇ + … (83 terms; 701 blank) + b¹₈ = 0.31·0.52 + … =
 * 1.274`. Every number is rounded separately; the last is the exact value, rounded, not the sum of
 * the rounded terms.
 */
export function writeOut(explanation: Explanation, options: WriteOutOptions = {}): string {
  const { name, relation, steps } = writeSteps(explanation, options);
  return `${name} ${relation} ${steps.join(' = ')}`;
}

/** The same, as a list of steps. */
export function writeSteps(
  explanation: Explanation,
  { digits = 4, most = 5 }: WriteOutOptions = {},
): WrittenOut {
  return {
    name: entrySymbol(explanation.reference, explanation.m),
    relation: explanation.kind === 'update' ? ':=' : '=',
    steps: [...workingOf(explanation, { digits, most }), formatNumber(explanation.value, digits)].filter(
      (step, k, all) => step !== all[k + 1],
    ),
  };
}

/** All steps except the value. */
function workingOf(explanation: Explanation, options: WriteOptions): string[] {
  switch (explanation.kind) {
    case 'given':
      return explanation.reference.quantity === 'X' ? [inputName(explanation)] : [];
    case 'weighted-sum':
      return writeWeightedSum(explanation, options);
    case 'activation':
      return writeActivated(explanation, options);
    case 'softmax':
      return writeSoftmaxShare(explanation, options);
    case 'loss':
      return writeLoss(explanation, options);
    case 'output-delta':
      return writeOutputDelta(explanation, options);
    case 'hidden-delta':
      return writeHiddenDelta(explanation, options);
    case 'weight-gradient':
      return writeWeightGradient(explanation, options);
    case 'bias-gradient':
      return writeBiasGradient(explanation, options);
    case 'update':
      return writeUpdate(explanation, options);
  }
}

function inputName({ reference: { row, column }, m }: Explanation): string {
  return `x${m === 1 ? subscript(row) : subscript(row, column)}`;
}
