import type { ModelRecord } from '@longhand/core';
import {
  type Entry,
  type Explanation,
  entrySymbol,
  formatNumber,
  type Product,
} from '@longhand/core/explain';
import type { Question } from '../prediction/questions.js';
import { oneOf } from './name-in-words.js';

/** One summand: what it is, the numbers it is made of, what it comes to. */
export interface Contribution {
  readonly name: string;
  readonly working: string;
  readonly value: number;
}

/** The sum within an explanation. */
export interface Contributions {
  /** What one summand is called: `term`, `example`. */
  readonly noun: string;
  readonly summands: readonly Contribution[];
  /** What is added beside them, such as the bias. */
  readonly beside: readonly Contribution[];
}

const DIGITS = 4;

/** What adds up to the number, or nothing where it is no sum. */
export function contributionsOf(
  explanation: Explanation,
  questions: readonly Question[],
  { classNames }: ModelRecord,
): Contributions | undefined {
  const { m } = explanation;
  const products = (terms: readonly Product[]) => terms.map((term) => productRow(term, m));
  switch (explanation.kind) {
    case 'weighted-sum':
      return {
        noun: 'term',
        summands: products(explanation.terms),
        beside: [entryRow(explanation.bias, m)],
      };
    case 'hidden-delta':
      return { noun: 'term', summands: products(explanation.terms), beside: [] };
    case 'weight-gradient':
      return m === 1 ? undefined : { noun: 'example', summands: products(explanation.terms), beside: [] };
    case 'bias-gradient': {
      const summands = explanation.terms.map((term) => {
        return { ...entryRow(term, m), working: `example ${questions[term.reference.column]!.index}` };
      });
      return m === 1 ? undefined : { noun: 'example', summands, beside: [] };
    }
    case 'softmax': {
      const { maximum, exponentials } = explanation;
      const summands = exponentials.map(({ z, value }, c) => {
        const power = `${formatNumber(z.value, DIGITS)} − ${enclosed(maximum.value)}`;
        return { name: `class ${classNames[c]}`, working: `exp(${power})`, value };
      });
      return { noun: 'exponential', summands, beside: [] };
    }
    case 'loss': {
      const summands = explanation.examples.map(({ column, value }) => {
        const { index, label } = questions[column]!;
        return { name: `example ${index}`, working: oneOf(classNames[label!]!), value };
      });
      return m === 1 ? undefined : { noun: 'example', summands, beside: [] };
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
