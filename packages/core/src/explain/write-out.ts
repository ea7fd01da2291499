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

export interface WriteOutOptions {
  /** Digits that count, of every number. Default 4. */
  readonly digits?: number;
  /** Terms of a sum that are written; of a longer one the first two, the last and the largest. Default 5, at least 3. */
  readonly most?: number;
}

/** An explanation as lines of an equation. */
export interface WrittenOut {
  /** The number explained: `z¹₈`. */
  readonly name: string;
  /** An update changes what it is an equation of. */
  readonly relation: '=' | ':=';
  /** Each equal to the next: symbols, numbers, sums, at last the value. */
  readonly steps: readonly string[];
}

/**
 * The explanation on one line: `z¹₈ = w¹₈,₉₇·a⁰₉₇ + … (83 terms; 701 without ink) + b¹₈ = 0.31·0.52 + … = 1.274`. Every figure
 * is rounded by itself; the last is the value, not the sum of what is written.
 */
export function writeOut(explanation: Explanation, options: WriteOutOptions = {}): string {
  const { name, relation, steps } = writeSteps(explanation, options);
  return `${name} ${relation} ${steps.join(' = ')}`;
}

/** The same, step by step. */
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

/** All but the value. */
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
