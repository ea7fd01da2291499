import { type Entry, formatNumber, formatReference, type Product } from '@longhand/core/explain';
import { count } from '../../text.js';

/** A number in a line that can be asked about in turn. */
interface Factor {
  readonly text: string;
  /** The exponent of the text: `0.52 − 3.1` of an exponential. */
  readonly exponent?: string;
  /**
   * As references are written: `W1[8,402]`. Empty for a number that comes from nowhere, such as α.
   */
  readonly entry: string;
}

/** One line of an addition as it is done by hand. */
export interface SumLine {
  readonly name: string;
  readonly factors: readonly Factor[];
  readonly value: string;
  readonly kind: 'term' | 'folded' | 'rule' | 'total';
}

/** Terms that are written out. The rest is folded into one line. */
export const MAX_TERMS = 4;

interface Valued {
  readonly value: number;
}

export function factorOf({ reference, value }: Entry): Factor {
  return { text: formatNumber(value), entry: formatReference(reference) };
}

/** A line that adds one number. */
export function termLine(name: string, value: string, ...factors: readonly Factor[]): SumLine {
  return { name, factors, value, kind: 'term' };
}

export function productLine(name: string, { factors, value }: Product): SumLine {
  return termLine(name, formatNumber(value), ...factors.map(factorOf));
}

/** A line that stands for several terms. */
function foldedLine(name: string, value: string): SumLine {
  return { name, factors: [], value, kind: 'folded' };
}

/** The sum of the lines above, under a rule. */
export function sumLine(sum: number): SumLine {
  return { name: 'sum', factors: [], value: formatNumber(sum), kind: 'rule' };
}

export function totalLine(name: string, value: number): SumLine {
  return { name, factors: [], value: formatNumber(value), kind: 'total' };
}

/**
 * The largest terms in size, a line each, and one line for the rest.
 *
 * @param rest what the other terms are called: `more examples`
 * @param shown how many terms are written out
 */
export function largestTerms<Term extends Valued>(
  terms: readonly Term[],
  line: (term: Term) => SumLine,
  rest: string,
  shown = MAX_TERMS,
): SumLine[] {
  const largest = largestOf(terms, shown);
  const lines = largest.map(line);
  const left = terms.length - largest.length;
  if (left === 0) return lines;
  return [...lines, foldedLine(`… ${count(left)} ${rest}`, formatNumber(sumOf(terms) - sumOf(largest)))];
}

/**
 * The largest in size, the largest first. A single one more is not left out: its line would cost as
 * much.
 */
function largestOf<Term extends Valued>(terms: readonly Term[], shown: number): Term[] {
  if (terms.length <= shown + 1) return [...terms];
  return [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, shown);
}

function sumOf(terms: readonly Valued[]): number {
  return terms.reduce((sum, { value }) => sum + value, 0);
}

/** One line for the terms that are 0, if there are any. */
export function zeroTerms(zeros: number, name: string): SumLine[] {
  return zeros > 0 ? [foldedLine(`${count(zeros)} ${name}`, '0')] : [];
}

/**
 * The sum over the examples, divided by their number. With one example there is nothing to divide.
 */
export function meanLines(sum: number, m: number): SumLine[] {
  return m === 1 ? [] : [sumLine(sum), termLine('divided by m', `÷ ${count(m)}`)];
}
