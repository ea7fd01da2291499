import type { Dimension } from '../log/sweep-line.js';

type Range = Extract<Dimension, { kind: 'range' }>;

/**
 * A value has so many digits: enough for any setting, short to paste, and the same where the runtime's
 * logarithm differs in its last bits.
 */
const DIGITS = 4;

/** The value of a range at a share of it, 0–1. */
export function valueAt(
  { from, to, isLog }: Omit<Range, 'name' | 'kind'>,
  isInteger: boolean,
  share: number,
): number {
  if (isInteger && !isLog) return Math.min(to, from + Math.floor(share * (to - from + 1)));
  const value = isLog
    ? Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)))
    : from + share * (to - from);
  const short = isInteger ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return Math.min(to, Math.max(from, short));
}

/** So many values, evenly spread, both ends among them. */
export function evenValues(range: Omit<Range, 'name' | 'kind'>, isInteger: boolean, count: number): number[] {
  const at = (k: number) => {
    const share = k / (count - 1);
    if (isInteger && !range.isLog) return Math.round(range.from + share * (range.to - range.from));
    return valueAt(range, isInteger, share);
  };
  return Array.from({ length: count }, (_, k) => at(k));
}
