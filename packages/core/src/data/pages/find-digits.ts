import type { Box } from '../pictures/crop.js';
import { type FramedDigit, frameInk } from '../pictures/frame.js';
import { checkPicture, type Picture } from '../pictures/picture.js';
import { type Candidate, candidatesOf, type Judge, type LineCandidates } from './candidates.js';
import { type Chosen, chooseDigits } from './choose-digits.js';
import { findPageInk, type PageInk } from './page-ink.js';
import { type Extent, withEdges } from './parts.js';
import type { Sign } from './signs.js';
import { type TextLine, textLines } from './text-lines.js';

/** A digit, or a sign that is none, on a page. */
export interface FoundMark {
  /** Where it is, in pixels of the picture. */
  readonly box: Box;
  /** Its way into MNIST's frame. */
  readonly framed: FramedDigit;
  /** The most likely class. It means nothing where `sign` is set. */
  readonly digit: number;
  /** The probability of each class. */
  readonly probabilities: readonly number[];
  /** What it looks like if it is no digit; `?` for what is neither. */
  readonly sign: Sign | undefined;
  /** Whether it touches a neighbor, from which it was cut. */
  readonly isCut: boolean;
  /** Whether a space is before it. */
  readonly isAfterSpace: boolean;
}

/** What is written on a page. */
export interface FoundPage {
  /** From top to bottom; the marks of each from left to right. */
  readonly lines: readonly (readonly FoundMark[])[];
  /** How many printed lines were removed. */
  readonly printedLines: number;
}

/** What is as high as a digit is none if its class is less probable than this. */
const DOUBTED = 0.4;

/** What looks less like a whole digit is not shown to the network. */
const LEAST = -6;

/** How a page is read. */
export interface FindOptions {
  /** A larger picture is scaled down to this side, in pixels. Default: 1,600. */
  readonly longestSide?: number | undefined;
}

/** In heights: a space is wider than this, and than so many usual gaps of its line; or it is wider than the last. */
const SPACE = 0.85;
const GAPS = 1.7;
const WIDE_SPACE = 2;

/**
 * Finds the digits on a picture and reads them: ink, marks, lines, pieces, digits. Where digits touch or are broken,
 * pieces are joined so that the network's answers to the digits of a line are most probable (LeCun, Bottou, Bengio and
 * Haffner 1998, "Gradient-based learning applied to document recognition", V: heuristic over-segmentation).
 *
 * @param name the picture's name, for the errors
 * @throws DataError if the picture is blank
 */
export function findDigits(
  picture: Picture,
  name: string,
  judge: Judge,
  { longestSide }: FindOptions = {},
): FoundPage {
  return readLines(linesOnPage(picture, name, longestSide), judge);
}

/** The ink of a page, and its marks in lines. */
export interface PageLines {
  readonly page: PageInk;
  readonly lines: readonly TextLine[];
}

/**
 * The ink of a page and its lines: the first half of `findDigits`, in which nothing is read.
 *
 * @throws DataError if the picture is blank
 */
export function linesOnPage(picture: Picture, name: string, longestSide?: number): PageLines {
  checkPicture(picture, name);
  const page = findPageInk(picture, name, longestSide);
  const marks = page.marks.filter((mark) => isLarge(mark, page.digitHeight));
  return { page, lines: textLines(marks, page.digitHeight) };
}

/** Reads the marks of each line: the second half of `findDigits`. */
export function readLines(found: PageLines, judge: Judge): FoundPage {
  const { page } = found;
  return {
    lines: candidatesOfLines(found, judge, LEAST)
      .map((line) => chooseDigits(line))
      .map((line) => line.filter((candidate) => !isDust(candidate)))
      .map((line) =>
        line.map((candidate, k) => foundMark(candidate, isAfterSpace(line, k), page.scale, judge)),
      )
      .filter((line) => line.length > 0),
    printedLines: page.lines,
  };
}

/**
 * All that may be a digit, line by line, before it is chosen. scripts/pages/fit-whole-digits.js measures these.
 *
 * @public
 */
export function candidatesOnPage(
  picture: Picture,
  name: string,
  judge: Judge,
  longestSide?: number,
  least = LEAST,
): { readonly page: PageInk; readonly lines: readonly LineCandidates[] } {
  const found = linesOnPage(picture, name, longestSide);
  return { page: found.page, lines: candidatesOfLines(found, judge, least) };
}

function candidatesOfLines({ page, lines }: PageLines, judge: Judge, least: number): LineCandidates[] {
  const edgeOf = withEdges(page);
  return lines.map((line) => candidatesOf(page, edgeOf, line, judge, least));
}

/** What is too low for a digit and has the shape of no sign: specks, and bits of printed lines. */
function isDust({ sign, isDigit }: Chosen): boolean {
  return !isDigit && sign === '?';
}

/** Not a speck. */
function isLarge(
  { left, right, top, bottom, area }: Extent & { readonly area: number },
  digitHeight: number,
): boolean {
  const side = Math.max(right - left, bottom - top) + 1;
  return side >= 0.1 * digitHeight && area >= 0.006 * digitHeight ** 2;
}

/** Whether the gap before a mark is a space. */
function isAfterSpace(line: readonly Candidate[], place: number): boolean {
  if (place === 0) return false;
  const gaps = line.slice(1).map(({ extent }, k) => extent.left - line[k]!.extent.right);
  const usual = gaps.toSorted((a, b) => a - b)[(gaps.length - 1) >> 1]!;
  const [gap, { height }] = [gaps[place - 1]!, line[place]!];
  return gap > WIDE_SPACE * height || gap > Math.max(SPACE * height, gaps.length > 2 ? GAPS * usual : 0);
}

function foundMark(candidate: Chosen, hasSpace: boolean, scale: number, judge: Judge): FoundMark {
  const { sign, isDigit, extent, cuts } = candidate;
  // With its strokes made even, too: that is left out while there are many candidates.
  const framed = frameInk(candidate.framed.ink);
  const answers = framed.frames.map((pixels) => judge(pixels));
  const probabilities = candidate.probabilities.map(
    (_, k) => answers.reduce((sum, answer) => sum + answer[k]!, 0) / answers.length,
  );
  const digit = probabilities.indexOf(Math.max(...probabilities));
  const isDoubted = candidate.probability < DOUBTED;
  const [x, y] = [Math.floor(extent.left * scale), Math.floor(extent.top * scale)];
  return {
    ...{ framed, digit, probabilities },
    box: {
      x,
      y,
      width: Math.ceil((extent.right + 1) * scale) - x,
      height: Math.ceil((extent.bottom + 1) * scale) - y,
    },
    sign: isDigit && !isDoubted ? undefined : (sign ?? '?'),
    isCut: cuts.some((ink) => ink !== undefined),
    isAfterSpace: hasSpace,
  };
}
