import { type FramedDigit, frameInk } from '../pictures/frame.js';
import type { Mark } from '../pictures/marks.js';
import { type Cut, cutsOf } from './cuts.js';
import type { PageInk } from './page-ink.js';
import { type Extent, inkOfParts, type Part, type PartsInk } from './parts.js';
import { isPlus, lowSign, type Sign } from './signs.js';
import { slantOf } from './slant.js';
import type { TextLine } from './text-lines.js';
import { wholeness } from './wholeness.js';

/** The probability of each class for a frame of 28 × 28 bytes: what the network says. */
export type Judge = (pixels: Uint8Array) => ArrayLike<number>;

/** Ink of a line between two places that may be one digit. */
export interface Candidate {
  /** The places in the line (`placesOf`) that it begins and ends at. */
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
  /** What `wholeness` is computed from, beside the frame. */
  readonly place: readonly number[];
  /** Above 0 it looks like a whole digit and no more, below 0 like a part, or like more than one. */
  readonly wholeness: number;
  /** What it can be if it is no digit. */
  readonly sign: Sign | undefined;
  /** Pixels of ink that the cuts at its left and right cross; undefined where nothing is cut. */
  readonly cuts: readonly [left: number | undefined, right: number | undefined];
  /** How far apart its marks are, in pixels, from left to right. */
  readonly gaps: readonly number[];
}

/** The candidates of a line, by where they begin, and how many places there are. */
export interface LineCandidates {
  readonly places: number;
  readonly candidates: readonly Candidate[];
}

/** What is less probable is not looked at more closely. */
const UNLIKELY = 0.4;
/** A digit has at most so many marks. */
const MARKS = 4;
/** A digit of several parts is no wider than so many heights of its line. */
const WIDEST = 1.6;
/** Two cuts that are nearer have no digit between them, in heights. */
const NARROWEST = 0.06;

/** A plus is as high as this, in heights. */
const [LOWEST_PLUS, HIGHEST_PLUS] = [0.2, 0.9];

/** Where a digit can begin or end: before a mark, or at one of its cuts. */
interface Place {
  /** Its place in the line. */
  readonly mark: number;
  readonly cut: Cut | undefined;
}

/**
 * All that can be one digit of a line.
 *
 * @param edgeOf as for `inkOfParts`
 * @param least candidates of less wholeness are left out, so that the network need not be asked
 */
export function candidatesOf(
  page: PageInk,
  edgeOf: Int32Array,
  { marks, height }: TextLine,
  judge: Judge,
  least: number,
): LineCandidates {
  const slant = slantOf(page, marks);
  const places = marks.flatMap((mark, k): Place[] => [
    { mark: k, cut: undefined },
    ...cutsOf(page, mark, height, slant).map((cut) => ({ mark: k, cut })),
  ]);
  places.push({ mark: marks.length, cut: undefined });
  const candidates: Candidate[] = [];
  for (const [start, from] of places.entries()) {
    for (let end = start + 1; end < places.length; end++) {
      const to = places[end]!;
      if (to.mark - from.mark > MARKS) break;
      if (from.cut && to.cut && from.mark === to.mark && to.cut.at - from.cut.at < NARROWEST * height)
        continue;
      const parts = partsBetween(marks, from, to);
      if (parts.length > MARKS) continue;
      const found = inkOfParts(page, edgeOf, parts);
      if (!found) continue;
      // A whole mark stays, so that there is a way through the line.
      const isMark = parts.length === 1 && !parts[0]!.left && !parts[0]!.right;
      if (!isMark && found.extent.right - found.extent.left + 1 > WIDEST * height) continue;
      const candidate = candidateOf(found, parts, marks, height, judge, isMark ? undefined : least);
      if (candidate) candidates.push({ start, end, ...candidate });
    }
  }
  return { places: places.length - 1, candidates };
}

function partsBetween(marks: readonly Mark[], from: Place, to: Place): Part[] {
  const parts: Part[] = [];
  for (let k = from.mark; k < to.mark + Number(to.cut !== undefined); k++) {
    parts.push({
      mark: marks[k]!,
      left: k === from.mark ? from.cut : undefined,
      right: k === to.mark ? to.cut : undefined,
    });
  }
  return parts;
}

function candidateOf(
  found: PartsInk,
  parts: readonly Part[],
  marks: readonly Mark[],
  height: number,
  judge: Judge,
  least: number | undefined,
): Omit<Candidate, 'start' | 'end'> | undefined {
  const { extent, ink } = found;
  const framed = frameInk(ink, { even: false });
  const middle = middleOf(marks, extent, height);
  const cuts = [parts[0]!.left?.ink, parts.at(-1)!.right?.ink] as const;
  const gaps = gapsBetween(parts);
  const place = placeNumbers(extent, height, middle, cuts, gaps);
  const whole = wholeness(framed.pixels, place);
  const sign = signOf(found, parts, height, middle);
  if (least !== undefined && sign === undefined && whole < least) return undefined;
  const probabilities = Array.from(judge(framed.pixels));
  const digit = probabilities.indexOf(Math.max(...probabilities));
  const probability = steadiness(framed.pixels, digit, probabilities[digit]!, judge);
  return {
    ...{ extent, height, framed, probabilities, digit, probability, place, wholeness: whole },
    ...{ sign, cuts, gaps },
  };
}

/** Numbers about where a candidate is in its line, each from about −1 to 2. */
function placeNumbers(
  { left, right, top, bottom }: Extent,
  height: number,
  middle: number,
  cuts: readonly (number | undefined)[],
  gaps: readonly number[],
): number[] {
  const off = ((top + bottom) / 2 - middle) / height;
  return [
    Math.min(2, (right - left + 1) / height),
    Math.min(2, (bottom - top + 1) / height),
    ...cuts.map((ink) => Number(ink !== undefined)),
    ...cuts.map((ink) => ((ink ?? 0) / height) * 4),
    Math.min(1, (Math.max(0, ...gaps) / height) * 4),
    Math.min(1.5, gaps.length / 2),
    Math.max(-1, Math.min(1, off)),
  ];
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

function signOf(found: PartsInk, parts: readonly Part[], height: number, middle: number): Sign | undefined {
  const { extent } = found;
  const high = extent.bottom - extent.top + 1;
  if (high > LOWEST_PLUS * height && high < HIGHEST_PLUS * height && isPlus(found)) return '+';
  return lowSign(parts, extent, height, middle);
}

/** The middle of the line beside something: that of the large marks nearest to it. */
function middleOf(marks: readonly Mark[], { left, right }: Extent, height: number): number {
  const near = marks
    .filter(({ top, bottom }) => bottom - top + 1 > 0.6 * height)
    .toSorted((a, b) => Math.abs(a.left + a.right - left - right) - Math.abs(b.left + b.right - left - right))
    .slice(0, 3);
  return near.reduce((sum, { top, bottom }) => sum + (top + bottom) / 2, 0) / near.length;
}

function gapsBetween(parts: readonly Part[]): number[] {
  return parts.slice(1).map(({ mark: b }, k) => {
    const { mark: a } = parts[k]!;
    const across = Math.max(0, b.left - a.right, a.left - b.right);
    const down = Math.max(0, b.top - a.bottom, a.top - b.bottom);
    return Math.sqrt(across * across + down * down);
  });
}
