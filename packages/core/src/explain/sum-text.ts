import type { Product } from './explanation.js';
import { formatNumber } from './format-number.js';
import { entrySymbol } from './subscripts.js';

/** One term of a sum as text. Its sign is separate, as it becomes the operator before it. */
export interface Summand {
  readonly text: string;
  readonly negative: boolean;
}

/** Indices of a sum's terms, in order; `undefined` stands for terms left out. */
export type ShortenedPlaces = readonly (number | undefined)[];

/**
 * Which terms of a sum to write: all of a short sum; the first two, the last and the largest of a
 * long one.
 *
 * @param most how many, at least 3. One more is still written, as `…` would be as long
 */
export function shorten(terms: readonly { readonly value: number }[], most: number): ShortenedPlaces {
  const values = terms.map(({ value }) => value);
  if (values.length <= most + 1) return [...values.keys()];
  const bySize = [...values.keys()].sort((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!));
  const kept = [...new Set([0, 1, values.length - 1, ...bySize])]
    .slice(0, Math.max(3, most))
    .sort((i, j) => i - j);
  return kept.flatMap((place, k) => (k > 0 && place > kept[k - 1]! + 1 ? [undefined, place] : [place]));
}

/**
 * `0.31·0.52 − 0.2·0.1 + …`: the terms at these indices, `…` for those left out. An empty sum is 0.
 */
export function writeSum(places: ShortenedPlaces, summand: (place: number) => Summand): string {
  const written = places.map((place, k) => {
    const { text, negative } = place === undefined ? { text: '…', negative: false } : summand(place);
    if (k === 0) return negative ? `−${text}` : text;
    return negative ? ` − ${text}` : ` + ${text}`;
  });
  return written.join('') || '0';
}

/** A number as a summand. */
export function number(value: number, digits: number): Summand {
  return { text: formatNumber(Math.abs(value), digits), negative: value < 0 };
}

/** Two factors as a summand: `0.31·(−0.52)`. */
function numbers({ factors: [left, right] }: Product, digits: number): Summand {
  const { text, negative } = number(left.value, digits);
  return { text: `${text}·${enclosed(right.value, digits)}`, negative };
}

/** A number after an operator: in parentheses if it is negative. */
export function enclosed(value: number, digits: number): string {
  const text = formatNumber(value, digits);
  return value < 0 ? `(${text})` : text;
}

/** Text as a term that is added. */
export function added(text: string): Summand {
  return { text, negative: false };
}

/** Products in symbols: `w¹₈,₉₇·a⁰₉₇ + …`. */
export function inSymbols(terms: readonly Product[], places: ShortenedPlaces, m: number): string {
  return writeSum(places, (k) =>
    added(terms[k]!.factors.map(({ reference }) => entrySymbol(reference, m)).join('·')),
  );
}

/** Products in numbers: `0.31·0.52 + …`. */
export function inNumbers(terms: readonly Product[], places: ShortenedPlaces, digits: number): string {
  return writeSum(places, (k) => numbers(terms[k]!, digits));
}

/**
 * ` (83 terms; 701 blank)`: how many terms there are if not all are written, and how many are 0.
 */
export function noteOf(
  places: ShortenedPlaces,
  { terms, zeros }: { readonly terms: readonly unknown[]; readonly zeros: number },
  nothing: string,
): string {
  const parts = [
    ...(places.includes(undefined) ? [`${terms.length} terms`] : []),
    ...(zeros > 0 ? [`${zeros} ${nothing}`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

/** Means over the examples: sums with 1/m in front, or without it if m = 1. */
export function writeMean(m: number, sums: readonly string[], total: string): string[] {
  if (m === 1) return [...sums];
  return [
    ...sums.map((text) => `1/${m} · (${text})`),
    `1/${m} · ${total.startsWith('−') ? `(${total})` : total}`,
  ];
}
