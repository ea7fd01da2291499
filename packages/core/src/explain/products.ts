import type { Entry, Product } from './explanation.js';

/** A product of two entries. */
export function product(left: Entry, right: Entry): Product {
  return { factors: [left, right], value: left.value * right.value };
}

/** The sum of all in their order, as the maths takes it: so that not even the rounding differs. */
export function sumOf(terms: readonly { readonly value: number }[]): number {
  return terms.reduce((sum, { value }) => sum + value, 0);
}

/**
 * What has something to say, and how much more is 0. A 0 that meets a value that is not finite is not 0 (0·∞ is not a
 * number) and stays.
 */
export function foldZeros<Term extends { readonly value: number }>(
  terms: readonly Term[],
  isNothing: (term: Term) => boolean,
): { readonly terms: Term[]; readonly zeros: number; readonly sum: number } {
  const kept = terms.filter((term) => term.value !== 0 || !isNothing(term));
  return { terms: kept, zeros: terms.length - kept.length, sum: sumOf(kept) };
}
