import type { ModelRecord } from '@longhand/core';
import {
  type Entry,
  type Explanation,
  entrySymbol,
  formatNumber,
  type Product,
} from '@longhand/core/explain';
import type { PredictionInput } from '../prediction/inputs.js';
import { oneOf } from './name-in-words.js';

/** One term of a sum: its name, its numbers, its value. */
export interface Contribution {
  readonly name: string;
  readonly working: string;
  readonly value: number;
}

/** The sum within an explanation. */
export interface Contributions {
  /** What one of them is called: `term`, `example`. */
  readonly noun: string;
  readonly terms: readonly Contribution[];
  /** What else is added, such as the bias. */
  readonly beside: readonly Contribution[];
}

const DIGITS = 4;

/** The terms that add up to the number; nothing if it is not a sum. */
export function contributionsOf(
  explanation: Explanation,
  inputs: readonly PredictionInput[],
  { classNames }: ModelRecord,
): Contributions | undefined {
  const { m } = explanation;
  const products = (factors: readonly Product[]) => factors.map((term) => productRow(term, m));
  switch (explanation.kind) {
    case 'weighted-sum':
      return {
        noun: 'term',
        terms: products(explanation.terms),
        beside: [entryRow(explanation.bias, m)],
      };
    case 'hidden-delta':
      return { noun: 'term', terms: products(explanation.terms), beside: [] };
    case 'weight-gradient':
      return m === 1 ? undefined : { noun: 'example', terms: products(explanation.terms), beside: [] };
    case 'bias-gradient': {
      const terms = explanation.terms.map((term) => {
        return { ...entryRow(term, m), working: `example ${inputs[term.reference.column]!.index}` };
      });
      return m === 1 ? undefined : { noun: 'example', terms, beside: [] };
    }
    case 'softmax': {
      const { maximum, exponentials } = explanation;
      const terms = exponentials.map(({ z, value }, c) => {
        const power = `${formatNumber(z.value, DIGITS)} − ${enclosed(maximum.value)}`;
        return { name: `class ${classNames[c]}`, working: `exp(${power})`, value };
      });
      return { noun: 'exponential', terms, beside: [] };
    }
    case 'loss': {
      const terms = explanation.examples.map(({ column, value }) => {
        const { index, label } = inputs[column]!;
        return { name: `example ${index}`, working: oneOf(classNames[label!]!), value };
      });
      return m === 1 ? undefined : { noun: 'example', terms, beside: [] };
    }
    default:
      return undefined;
  }
}

function productRow({ factors, value }: Product, m: number): Contribution {
  const [left, right] = factors;
  return {
    name: `${entrySymbol(left.reference, m)}·${entrySymbol(right.reference, m)}`,
    working: `${formatNumber(left.value, DIGITS)}·${enclosed(right.value)}`,
    value,
  };
}

function entryRow({ reference, value }: Entry, m: number): Contribution {
  return { name: entrySymbol(reference, m), working: '', value };
}

function enclosed(value: number): string {
  const text = formatNumber(value, DIGITS);
  return value < 0 ? `(${text})` : text;
}
