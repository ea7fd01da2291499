import { DataError } from '../../errors.js';
import { flattenOnBackground } from '../pictures/background.js';
import { CLOSING, OPENING } from '../pictures/extremes.js';
import { grayPlane } from '../pictures/gray-plane.js';
import type { Mark, Marks } from '../pictures/marks.js';
import { chooseFrom, findMarks, scaleToSide, skewness } from '../pictures/passes.js';
import type { Grid, Picture } from '../pictures/picture.js';
import { removeLongLines } from './long-lines.js';
import { darkness, inkMask } from './passes.js';

/** Pages are looked at with at most this side, in pixels, if nothing else is said. */
const PAGE_SIDE = 1600;
/** The first look, which finds how large the writing is. */
const FIRST_SIDE = 800;
/** Smaller pictures have no room for printed lines. */
const SMALL = 100;
/** The second look is at a scale at which digits have this height, in pixels. */
const DIGIT_HEIGHT = 44;
/** A picture of a smaller side is cropped to its writing: what lies on its border can be digits. */
const CROPPED = 300;
/** What lies on the border for this share of its width and height together is no writing … */
const ALONG_BORDER = 0.8;
/** … if something higher than this, in pixels, is away from the border. */
const LOWEST = 8;

/** The ink of a page, at a scale that suits its digits. */
export interface PageInk extends Marks {
  /** How dark each pixel is, 0–1: 0 is paper, 1 the darkest ink nearby. */
  readonly ink: Grid;
  /** How high most marks are, in its pixels. */
  readonly digitHeight: number;
  /** Pixels of the picture for each pixel of `ink`. */
  readonly scale: number;
  /** How many printed lines were removed. */
  readonly lines: number;
}

/**
 * Finds the writing on a page: what is darker than the paper around it, or lighter, without printed lines. The first
 * look finds out how high digits are; the second is at their scale, with a window for the paper that suits them.
 *
 * @param name the picture's name, for the error
 * @param longestSide a larger picture is scaled down, in pixels
 * @throws DataError if nothing differs enough from the paper
 */
export function findPageInk(picture: Picture, name: string, longestSide = PAGE_SIDE): PageInk {
  const gray = grayPlane(flattenOnBackground(picture, longestSide), longestSide);
  const side = Math.max(gray.width, gray.height);
  const first = side > FIRST_SIDE ? scaleToSide(gray, FIRST_SIDE) : gray;
  // Dark ink, or light.
  const signs = skewness(first) <= 0 ? CLOSING : OPENING;
  const firstSide = Math.max(first.width, first.height);
  const found = inkMask(first, signs, windowOf(firstSide * 0.1));
  /** Without lines of at least this length. */
  const heightWithout = (length: number) => {
    if (!found) return undefined;
    const mask = found.mask.slice();
    removeLongLines(mask, first.width, first.height, { length, thickness: Math.max(2, firstSide * 0.012) });
    const { all } = chooseFrom(mask, first.width, first.height, (marks) => marks);
    return heightOfDigits(withoutBorder(all, side), firstSide);
  };
  // Of a small picture, or one stroke, what looks like a line can be the digit.
  const height =
    (firstSide >= SMALL ? heightWithout(firstSide * 0.6) : undefined) ?? heightWithout(2 * firstSide);
  if (!height) throw blank(name);
  const wanted = Math.min((firstSide / height) * DIGIT_HEIGHT, 2 * side, 2 * longestSide);
  const scaled = Math.round(wanted) === side ? gray : scaleToSide(gray, Math.round(wanted));
  const { width, height: down } = scaled;
  const longer = Math.max(width, down);
  const digit = (height / firstSide) * longer;
  const window = windowOf(digit * 0.45);
  const page = inkMask(scaled, signs, window);
  if (!page) throw blank(name);
  const { mask, difference } = page;
  const limits = { length: 3 * digit, thickness: Math.max(2, 0.13 * digit) };
  const lines = removeLongLines(mask, width, down, limits);
  const { marks: all, markOf } = findMarks(mask, width, down);
  const marks = withoutBorder(all, side);
  if (marks.length === 0) throw blank(name);
  return {
    ...{ marks, markOf, lines },
    ink: darkness({ ...scaled, data: difference }, mask, window),
    digitHeight: heightOfDigits(marks, longer) ?? digit,
    scale: picture.width / width,
  };
}

function blank(name: string): DataError {
  return new DataError(`${name}: no digit found: the picture is blank, or its ink is too faint`);
}

/**
 * Without what lies along the border of the picture: the table under the paper, a strip beside it, the shadow
 * of a corner. All, if nothing is away from the border, as in a picture that is cropped to its digits. A
 * straight 1 whose whole side lies on the border looks like a strip.
 */
function withoutBorder(marks: readonly Mark[], side: number): readonly Mark[] {
  const writing = marks.filter(
    ({ onBorder, left, right, top, bottom }) =>
      side < CROPPED || onBorder < ALONG_BORDER * (right - left + bottom - top),
  );
  return writing.some(({ onBorder, top, bottom }) => onBorder < 1 && bottom - top >= LOWEST)
    ? writing
    : marks;
}

/** The window in which the lightest pixel is paper reaches so far, in pixels. */
function windowOf(radius: number): number {
  return Math.max(3, Math.round(radius));
}

/** The height of digits: that of marks, of which high ones count more; long thin ones and specks do not count. */
function heightOfDigits(marks: readonly Mark[], side: number): number | undefined {
  const heights = marks
    .map((mark) => ({ high: mark.bottom - mark.top + 1, wide: mark.right - mark.left + 1, area: mark.area }))
    .filter(({ high, wide, area }) => wide < 4 * high && high < 25 * wide && area >= 6 && high > 0.008 * side)
    .map(({ high }) => high)
    .sort((a, b) => a - b);
  const total = heights.reduce((sum, high) => sum + high ** 2, 0);
  let sum = 0;
  for (const high of heights) {
    sum += high ** 2;
    if (sum >= total / 2) return high;
  }
  return undefined;
}
