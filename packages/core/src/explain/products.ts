import type { Entry, Product } from './explanation.js';

/** A product of two entries. */
export function product(left: Entry, right: Entry): Product {
  return { factors: [left, right], value: left.value * right.value };
}

/** The sum in the order of the maths, so that even the rounding is the same. */
export function sumOf(terms: readonly { readonly value: number }[]): number {
  return terms.reduce((sum, { value }) => sum + value, 0);
}

/**
 * The terms that are not 0, and how many others there are. A term 0·∞ is NaN, not 0, and is kept.
 */
export function foldZeros<Term extends { readonly value: number }>(
  terms: readonly Term[],
  isNothing: (term: Term) => boolean,
): { readonly terms: Term[]; readonly zeros: number; readonly sum: number } {
  const kept = terms.filter((term) => term.value !== 0 || !isNothing(term));
  return { terms: kept, zeros: terms.length - kept.length, sum: sumOf(kept) };
}
