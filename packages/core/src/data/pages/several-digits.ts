import type { FoundMark, FoundPage } from './find-digits.js';

/** Each of several digits is at least so high, beside the highest … */
const HIGH = 0.5;
/** … and the network is so sure of it. */
const SURE = 0.7;
/** Digits that touch count only in writing that is wider than this, in heights: one digit can be cut, too. */
const WIDE = 1.25;

/**
 * The digits of a picture if there are clearly several: two or more that are of like height and surely read. Undefined
 * otherwise, as for one digit in two strokes, or with a mark beside it.
 */
export function severalDigits({ lines }: FoundPage): readonly FoundMark[] | undefined {
  const digits = lines.flat().filter(({ sign }) => sign === undefined);
  const highest = Math.max(...digits.map(({ box }) => box.height));
  const left = Math.min(...digits.map(({ box }) => box.x));
  const right = Math.max(...digits.map(({ box }) => box.x + box.width));
  const isWide = right - left >= WIDE * highest;
  const clear = digits.filter(
    ({ box, digit, probabilities, isCut }) =>
      box.height >= HIGH * highest && probabilities[digit]! >= SURE && (isWide || !isCut),
  );
  return clear.length > 1 ? digits : undefined;
}
