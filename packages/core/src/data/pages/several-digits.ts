import type { Picture } from '../pictures/picture.js';
import type { Judge } from './candidates.js';
import {
  type FindOptions,
  type FoundMark,
  type FoundPage,
  linesOnPage,
  type PageLines,
  readLines,
} from './find-digits.js';

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

/**
 * How many digits are on a picture, if there are clearly several: what `severalDigits` says of what
 * `findDigits` finds. A page that has one mark alone, too narrow for two digits side by side, is not read,
 * which takes half the time: digits that touch in it, one higher than the other, are not looked for.
 *
 * @param name the picture's name, for the errors
 * @throws DataError if the picture is blank
 */
export function countSeveral(
  picture: Picture,
  name: string,
  judge: Judge,
  { longestSide }: FindOptions = {},
): number | undefined {
  const found = linesOnPage(picture, name, longestSide);
  return isOneNarrowMark(found) ? undefined : severalDigits(readLines(found, judge))?.length;
}

function isOneNarrowMark({ lines }: PageLines): boolean {
  const [mark, another] = lines.flatMap((line) => line.marks);
  if (!mark || another) return false;
  return mark.right - mark.left + 1 < WIDE * (mark.bottom - mark.top + 1);
}
