import type { Mark } from '../pictures/marks.js';
import type { PageInk } from './page-ink.js';

/** A part of a mark between two cuts; of a mark without cuts, the whole. */
export interface Piece {
  /** As in `pieceOf`, from 1. */
  readonly number: number;
  readonly mark: Mark;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly area: number;
  /** How many pixels of ink the cut on its left crosses; 0 if it is the first of its mark. */
  readonly cut: number;
}

/** Cuts are looked for in marks that are wider than this share of the line's height. */
const WIDE = 0.35;
/** A cut may lead this far to the left and to the right of where it begins, in heights. */
const SWAY = 0.22;
/** Two cuts are at least so far apart, in heights. */
const APART = 0.12;
/** A cut that crosses more ink than this share of the height is none. */
const MOST_INK = 0.42;
/** At most so many cuts for each height of width. */
const CUTS = 4;
/** A pixel aside costs as much as this much ink: straight cuts are better. */
const ASIDE = 0.06;

/**
 * Cuts a mark where two digits may touch: along the paths from its top to its bottom that cross least ink (Wang and
 * Jean 1994, "Segmentation of merged characters by neural networks and shortest path"). There are more cuts than digits
 * that touch: which ones count is decided by what the network says to the pieces.
 *
 * @param pieceOf receives the number of the piece of each pixel of the mark
 * @param first the number of the first piece
 */
export function cutMark(
  page: PageInk,
  mark: Mark,
  height: number,
  pieceOf: Int32Array,
  first: number,
): Piece[] {
  const { width: stride } = page.ink;
  const [wide, high] = [mark.right - mark.left + 1, mark.bottom - mark.top + 1];
  const paths = wide > WIDE * height ? cheapestPaths(page, mark, height) : [];
  const count = paths.length + 1;
  const boxes = Array.from({ length: count }, () => ({
    ...{ left: stride, right: -1, top: page.ink.height, bottom: -1, area: 0 },
  }));
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const at = (mark.top + y) * stride + mark.left + x;
      if (page.markOf[at] !== mark.number) continue;
      const piece = paths.reduce((sum, { across }) => sum + Number(across[y]! <= x), 0);
      pieceOf[at] = first + piece;
      const box = boxes[piece]!;
      box.area++;
      box.left = Math.min(box.left, mark.left + x);
      box.right = Math.max(box.right, mark.left + x);
      box.top = Math.min(box.top, mark.top + y);
      box.bottom = Math.max(box.bottom, mark.top + y);
    }
  }
  return boxes.map((box, k) => ({ ...box, number: first + k, mark, cut: k === 0 ? 0 : paths[k - 1]!.ink }));
}

interface Path {
  /** For each row of the mark: the first column on the right side of the cut. */
  readonly across: Int32Array;
  /** Pixels of ink on it. */
  readonly ink: number;
}

/** The best cuts, from left to right. */
function cheapestPaths(page: PageInk, mark: Mark, height: number): Path[] {
  const wide = mark.right - mark.left + 1;
  const sway = Math.max(2, Math.round(SWAY * height));
  const margin = Math.max(1, Math.round(0.08 * height));
  const found: (Path & { readonly cost: number; readonly at: number })[] = [];
  const step = Math.max(1, Math.round(0.04 * height));
  for (let center = margin; center < wide - margin; center += step) {
    const path = cheapestPath(
      page,
      mark,
      Math.max(1, center - sway),
      Math.min(wide - 1, center + sway),
      center,
    );
    if (path.ink <= MOST_INK * height) found.push(path);
  }
  found.sort((a, b) => a.cost - b.cost);
  const chosen: typeof found = [];
  const most = Math.max(2, Math.round((CUTS * wide) / height));
  for (const path of found) {
    if (chosen.length === most) break;
    if (chosen.every((other) => Math.abs(other.at - path.at) >= APART * height)) chosen.push(path);
  }
  return chosen.sort((a, b) => a.at - b.at);
}

/** The path from top to bottom between two columns that crosses least ink, by dynamic programming. */
function cheapestPath({ ink, markOf }: PageInk, mark: Mark, from: number, to: number, center: number) {
  const high = mark.bottom - mark.top + 1;
  const wide = to - from + 1;
  const back = new Int8Array(high * wide);
  let costs = new Float64Array(wide);
  for (let y = 0; y < high; y++) {
    const now = new Float64Array(wide);
    for (let x = 0; x < wide; x++) {
      let [least, step] = [costs[x]!, 0];
      if (y > 0) {
        if (x > 0 && costs[x - 1]! + ASIDE < least) [least, step] = [costs[x - 1]! + ASIDE, -1];
        if (x < wide - 1 && costs[x + 1]! + ASIDE < least) [least, step] = [costs[x + 1]! + ASIDE, 1];
      }
      back[y * wide + x] = step;
      const isInk = markOf[(mark.top + y) * ink.width + mark.left + from + x] === mark.number;
      now[x] = least + Number(isInk);
    }
    costs = now;
  }
  // Ends near the middle are better, so that neighbors find different ways.
  let [end, least] = [0, Number.POSITIVE_INFINITY];
  for (let x = 0; x < wide; x++) {
    const cost = costs[x]! + 0.02 * Math.abs(from + x - center);
    if (cost < least) [end, least] = [x, cost];
  }
  const across = new Int32Array(high);
  let [crossed, sum, touched] = [0, 0, 0];
  for (let y = high - 1, x = end; y >= 0; y--) {
    across[y] = from + x;
    if (markOf[(mark.top + y) * ink.width + mark.left + from + x] === mark.number) {
      crossed++;
      sum += from + x;
      touched++;
    }
    x += back[y * wide + x]!;
  }
  return { across, ink: crossed, cost: least, at: touched > 0 ? sum / touched : center };
}
