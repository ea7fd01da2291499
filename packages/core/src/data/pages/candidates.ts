import type { FramedDigit } from '../pictures/frame.js';
import { type Extent, extentOf, framePieces } from './frame-pieces.js';
import type { PageInk } from './page-ink.js';
import type { Piece } from './pieces.js';
import { shapeDistance } from './shape-distance.js';
import { isPlus, lowSign, type Sign } from './signs.js';

/** The probability of each class for a frame of 28 × 28 bytes: what the network says. */
export type Judge = (pixels: Uint8Array) => ArrayLike<number>;

/** Neighboring pieces of a line that may be one digit. */
export interface Candidate {
  /** Its pieces: from `start` up to, but without, `end`. */
  readonly start: number;
  readonly end: number;
  readonly extent: Extent;
  /** How high the digits of the line are, in pixels. */
  readonly height: number;
  readonly framed: FramedDigit;
  readonly probabilities: readonly number[];
  /** The most likely class, and its probability for the frame and for the frame shifted by a pixel, in the mean. */
  readonly digit: number;
  readonly probability: number;
  /** How far its shape is from what is usual for that class (`shapeDistance`). */
  readonly strangeness: number;
  /** What it can be if it is no digit. */
  readonly sign: Sign | undefined;
  /** Pixels of ink that the cuts at its left and right cross; undefined where nothing is cut. */
  readonly cuts: readonly (number | undefined)[];
  /** How far apart its marks are, in pixels, in the order of its pieces. */
  readonly gaps: readonly number[];
}

/** What is less probable is not looked at more closely. */
const UNLIKELY = 0.4;
/** A digit has at most so many pieces. */
const PIECES = 5;
/** A digit of several pieces is no wider than so many heights of its line. */
const WIDEST = 1.6;

/** All that neighboring pieces of a line can be. */
export function candidatesOf(
  page: PageInk,
  pieceOf: Int32Array,
  pieces: readonly Piece[],
  height: number,
  judge: Judge,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let start = 0; start < pieces.length; start++) {
    for (let end = start + 1; end <= Math.min(pieces.length, start + PIECES); end++) {
      const some = pieces.slice(start, end);
      const extent = extentOf(some);
      if (some.length > 1 && extent.right - extent.left + 1 > WIDEST * height) break;
      const framed = framePieces(page, pieceOf, some, { even: false });
      const probabilities = Array.from(judge(framed.pixels));
      const digit = probabilities.indexOf(Math.max(...probabilities));
      candidates.push({
        ...{ start, end, extent, height, framed, probabilities, digit },
        probability: steadiness(framed.pixels, digit, probabilities[digit]!, judge),
        strangeness: shapeDistance(framed.pixels, digit),
        sign: signOf(page, pieceOf, some, height, middleOf(pieces, extent, height)),
        cuts: [cutBetween(pieces[start - 1], pieces[start]), cutBetween(pieces[end - 1], pieces[end])],
        gaps: gapsBetween(some),
      });
    }
  }
  return candidates;
}

/** The mean probability of an answer for the frame and for the frame moved by one pixel to each side. */
function steadiness(pixels: Uint8Array, digit: number, probability: number, judge: Judge): number {
  let sum = probability;
  // The mean would hardly be higher.
  if (probability < UNLIKELY) return probability;
  for (const offset of [-1, 1, -28, 28]) {
    const moved = new Uint8Array(pixels.length);
    for (let at = 0; at < pixels.length; at++) moved[at] = pixels[at + offset] ?? 0;
    sum += judge(moved)[digit]!;
  }
  return sum / 5;
}

function signOf(
  page: PageInk,
  pieceOf: Int32Array,
  some: readonly Piece[],
  height: number,
  middle: number,
): Sign | undefined {
  const low = lowSign(some, height, middle);
  if (low) return low;
  const { top, bottom } = extentOf(some);
  return bottom - top + 1 < 0.9 * height && isPlus(some, pieceOf, page.ink.width) ? '+' : undefined;
}

/** The middle of the line beside some pieces: that of the large ones nearest to them. */
function middleOf(all: readonly Piece[], { left, right }: Extent, height: number): number {
  const near = all
    .filter(({ top, bottom }) => bottom - top + 1 > 0.6 * height)
    .toSorted((a, b) => Math.abs(a.left + a.right - left - right) - Math.abs(b.left + b.right - left - right))
    .slice(0, 3);
  return near.reduce((sum, { top, bottom }) => sum + (top + bottom) / 2, 0) / near.length;
}

function cutBetween(left: Piece | undefined, right: Piece | undefined): number | undefined {
  return left && right && left.mark === right.mark ? right.cut : undefined;
}

function gapsBetween(some: readonly Piece[]): number[] {
  const gaps: number[] = [];
  for (let k = 1; k < some.length; k++) {
    const [a, b] = [some[k - 1]!.mark, some[k]!.mark];
    if (a === b) continue;
    const across = Math.max(0, b.left - a.right, a.left - b.right);
    const down = Math.max(0, b.top - a.bottom, a.top - b.bottom);
    gaps.push(Math.hypot(across, down));
  }
  return gaps;
}
