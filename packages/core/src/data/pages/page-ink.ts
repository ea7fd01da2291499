import { DataError } from '../../errors.js';
import { flattenOnBackground } from '../pictures/background.js';
import { CLOSING, largestAround, OPENING } from '../pictures/extremes.js';
import { skewness } from '../pictures/find-ink.js';
import { inkThreshold } from '../pictures/find-strokes.js';
import { grayPlane } from '../pictures/gray-plane.js';
import type { Mark, Marks } from '../pictures/marks.js';
import { grainOf } from '../pictures/noise.js';
import { extremesAround, findMarks, maskAbove, smooth, valuesAbove } from '../pictures/passes.js';
import type { Grid, Picture } from '../pictures/picture.js';
import { scaleToSide } from '../pictures/scale.js';
import { type LongLines, removeLongLines } from './long-lines.js';
import { besideMask, differenceOf, relativeTo, sharesOf } from './passes.js';

/** Pages are looked at with at most this side, in pixels, if nothing else is said. */
const PAGE_SIDE = 1600;
/** The first look, which finds how large the writing is. */
const FIRST_SIDE = 800;
/** Smaller pictures have no room for printed lines. */
const SMALL = 100;
/** The second look is at a scale at which digits have this height, in pixels. */
const DIGIT_HEIGHT = 44;
/** Below this lightness, 0–255, contrast is measured as on paper of this lightness. */
const DARKEST_PAPER = 60;
const LEAST_CONTRAST = 0.02;
/** How many standard deviations of its grain paper can differ from itself. */
const ABOVE_GRAIN = 5;

/** A pixel with this share of the contrast of the strokes around it is bare paper. */
const BARE = 0.1;

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
  const sheet = flattenOnBackground(picture, longestSide);
  const gray = grayPlane(sheet, longestSide);
  const side = Math.max(gray.width, gray.height);
  const first = side > FIRST_SIDE ? scaleToSide(gray, FIRST_SIDE) : gray;
  const ink = skewness(first) <= 0 ? 'dark' : 'light';
  const firstSide = Math.max(first.width, first.height);
  const look = (length: number) =>
    inkOf(first, ink, firstSide * 0.1, { length, thickness: Math.max(2, firstSide * 0.012) });
  // Of a small picture, or one stroke, what looks like a line can be the digit.
  const coarse = firstSide >= SMALL ? look(firstSide * 0.6) : undefined;
  const height =
    (coarse && heightOfDigits(coarse.marks, firstSide)) ??
    heightOfDigits(look(Number.POSITIVE_INFINITY)?.marks ?? [], firstSide);
  if (!height) throw blank(name);
  const wanted = Math.min((firstSide / height) * DIGIT_HEIGHT, 2 * side, 2 * longestSide);
  const scaled = Math.round(wanted) === side ? gray : scaleToSide(gray, Math.round(wanted));
  const digit = (height / firstSide) * Math.max(scaled.width, scaled.height);
  const page = inkOf(scaled, ink, digit * 0.45, { length: 3 * digit, thickness: Math.max(2, 0.13 * digit) });
  if (!page || page.marks.length === 0) throw blank(name);
  return {
    ...page,
    digitHeight: heightOfDigits(page.marks, Math.max(scaled.width, scaled.height)) ?? digit,
    scale: picture.width / scaled.width,
  };
}

function blank(name: string): DataError {
  return new DataError(`${name}: no digit found: the picture is blank, or its ink is too faint`);
}

/** @param radius of the window in which the lightest pixel is paper, in pixels */
function inkOf(
  gray: Grid,
  kind: 'dark' | 'light',
  radius: number,
  limits: LongLines,
): Omit<PageInk, 'digitHeight' | 'scale'> | undefined {
  const { width, height } = gray;
  const grain = grainOf(gray);
  const plane = smooth(gray, grain > 8 ? 4 : grain > 3 ? 2 : grain > 1 ? 1 : 0);
  const window = Math.max(3, Math.round(radius));
  const paper = extremesAround(plane, window, kind === 'dark' ? CLOSING : OPENING).data;
  const floor = Math.max(LEAST_CONTRAST, (ABOVE_GRAIN * grainOf(plane) + (grain > 1 ? grain / 3 : 0)) / 200);
  const difference = differenceOf(plane.data, paper);
  const contrast = relativeTo(difference, plane.data, paper, DARKEST_PAPER);
  const above = valuesAbove(contrast, floor);
  if (above.length < 4) return undefined;
  const mask = maskAbove(contrast, inkThreshold(above, floor));
  const lines = removeLongLines(mask, width, height, limits);
  const marks = findMarks(mask, width, height);
  return { ...marks, ink: darknessOf({ width, height, data: difference }, mask, window), lines };
}

/** How dark the ink is, 0–1, with the soft edges of its strokes: 1 is the darkest ink around. */
function darknessOf(difference: Grid, mask: Uint8Array, radius: number): Grid {
  const { width, height } = difference;
  const near = besideMask(difference, mask);
  const darkest = largestAround({ width, height, data: near }, radius).data;
  return { width, height, data: sharesOf(near, darkest, BARE) };
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
