import type { Mark } from '../pictures/marks.js';
import type { PageInk } from './page-ink.js';
import { type Valley, valleysOf } from './valleys.js';

/** A way from the top of a mark to its bottom. */
export interface Cut {
  /** For each row of the mark: the first column of the page on the right side of the cut. */
  readonly across: Int32Array;
  /** How much ink it crosses, in pixels. */
  readonly ink: number;
  /** Where it crosses ink, in the mean: a column of the page at half the mark's height. */
  readonly at: number;
}

/** A cut of least ink may lead this far to the left and to the right of the slant, in heights. */
const SWAY = 0.22;
/** One that crosses more ink is none. */
const MOST_INK = 0.5;
/** Two of them are at least so far apart. */
const APART = 0.1;
/** At most so many for each height of width. */
const CUTS = 4;
/** Cuts are looked for in marks that are wider than this share of the line's height. */
const WIDE = 0.35;
/** A straight cut leans no more than this beside the slant, in heights … */
const ASKEW = 0.4;
/** … and crosses no more ink. */
const LONGEST = 0.9;
/** A pixel aside costs as much as this much ink: straight cuts are better. */
const ASIDE = 0.06;
/** Two cuts are the same if they are so near in every row, in heights. */
const SAME = 0.04;

/**
 * Cuts of a mark where two digits may touch: along the paths from its top to its bottom that cross least ink (Wang and
 * Jean 1994, "Segmentation of merged characters by neural networks and shortest path"), with the slant of the line.
 * There are many more cuts than digits that touch, and they may cross each other: which ones count is decided by what
 * lies between them.
 *
 * @returns from left to right
 */
export function cutsOf(page: PageInk, mark: Mark, height: number, slant: number): Cut[] {
  if (mark.right - mark.left + 1 <= WIDE * height) return [];
  const chosen = cutsOfLeastInk(page, mark, height, slant);
  for (const cut of cutsBetweenValleys(page, mark, height, slant)) {
    if (!chosen.some((other) => isSame(cut, other, SAME * height))) chosen.push(cut);
  }
  return chosen.sort((a, b) => a.at - b.at);
}

/** Straight cuts from each valley to one below it, or on with the slant. */
function cutsBetweenValleys(page: PageInk, mark: Mark, height: number, slant: number): Cut[] {
  const high = mark.bottom - mark.top + 1;
  const above = valleysOf(page, mark, false);
  const below = valleysOf(page, mark, true).map((valley) => ({ ...valley, y: high - 1 - valley.y }));
  const cuts: Cut[] = [];
  const add = (top: Valley, bottom: Valley) => {
    const off = top.x - bottom.x - slant * (bottom.y - top.y);
    if (bottom.y <= top.y || Math.abs(off) > ASKEW * height) return;
    const cut = straightCut(page, mark, top, bottom);
    if (cut.ink > 0 && cut.ink <= LONGEST * height) cuts.push(cut);
  };
  for (const top of above) {
    for (const bottom of below) add(top, bottom);
    add(top, { x: top.x - Math.round(slant * (high - 1 - top.y)), y: high - 1, wayOut: [] });
  }
  for (const bottom of below) add({ x: bottom.x + Math.round(slant * bottom.y), y: 0, wayOut: [] }, bottom);
  return cuts;
}

/** Out of one valley, straight to another one, and out of it. */
function straightCut({ ink, markOf }: PageInk, mark: Mark, top: Valley, bottom: Valley): Cut {
  const high = mark.bottom - mark.top + 1;
  const across = new Int32Array(high);
  let [crossed, sum] = [0, 0];
  for (let y = 0; y < high; y++) {
    const share = (y - top.y) / (bottom.y - top.y);
    const column =
      y < top.y
        ? (top.wayOut[top.y - y] ?? top.x)
        : y > bottom.y
          ? (bottom.wayOut[y - bottom.y] ?? bottom.x)
          : Math.round(top.x + share * (bottom.x - top.x));
    across[y] = mark.left + column;
    if (column < 0 || across[y]! > mark.right) continue;
    if (markOf[(mark.top + y) * ink.width + across[y]!] !== mark.number) continue;
    crossed++;
    sum += across[y]!;
  }
  return { across, ink: crossed, at: crossed > 0 ? sum / crossed : mark.left + (top.x + bottom.x) / 2 };
}

function isSame(a: Cut, b: Cut, most: number): boolean {
  return a.across.every((column, y) => Math.abs(column - b.across[y]!) <= most);
}

function cutsOfLeastInk(page: PageInk, mark: Mark, height: number, slant: number): Cut[] {
  const wide = mark.right - mark.left + 1;
  const sway = Math.max(2, Math.round(SWAY * height));
  const margin = Math.max(1, Math.round(0.08 * height));
  const step = Math.max(1, Math.round(0.04 * height));
  const lean = Math.round((Math.abs(slant) * (mark.bottom - mark.top)) / 2);
  const found: (Cut & { readonly cost: number })[] = [];
  for (let center = margin - lean; center < wide - margin + lean; center += step) {
    const path = cheapestPath(page, mark, center, sway, slant);
    if (path.ink > 0 && path.ink <= MOST_INK * height) found.push(path);
  }
  found.sort((a, b) => a.cost - b.cost);
  const chosen: Cut[] = [];
  const most = Math.max(2, Math.round((CUTS * wide) / height));
  for (const path of found) {
    if (chosen.length === most) break;
    if (chosen.every((other) => Math.abs(other.at - path.at) >= APART * height)) chosen.push(path);
  }
  return chosen;
}

/**
 * The path from top to bottom that crosses least ink, by dynamic programming, in a band of columns that leans.
 *
 * @param center of the band at half the mark's height, in columns of the mark
 * @param slant pixels to the right for each pixel up
 */
function cheapestPath(
  { ink, markOf }: PageInk,
  mark: Mark,
  center: number,
  sway: number,
  slant: number,
): Cut & { readonly cost: number } {
  const high = mark.bottom - mark.top + 1;
  const wide = 2 * sway + 1;
  /** The first column of the band in a row, on the page. */
  const first = (y: number) => mark.left + center - sway + Math.round(slant * ((high - 1) / 2 - y));
  const isInk = (y: number, column: number) =>
    column >= mark.left &&
    column <= mark.right &&
    markOf[(mark.top + y) * ink.width + column] === mark.number;
  // For each pixel, the column in the row above that the path comes from.
  const back = new Int16Array(high * wide);
  let costs = new Float64Array(wide);
  for (let y = 0; y < high; y++) {
    const now = new Float64Array(wide);
    const start = first(y);
    for (let x = 0; x < wide; x++) {
      back[y * wide + x] = x;
      now[x] = costs[x]! + Number(isInk(y, start + x));
    }
    const move = (x: number, from: number) => {
      const cost = now[from]! + ASIDE + Number(isInk(y, start + x));
      if (cost >= now[x]!) return;
      now[x] = cost;
      back[y * wide + x] = back[y * wide + from]!;
    };
    for (let x = 1; x < wide; x++) move(x, x - 1);
    for (let x = wide - 2; x >= 0; x--) move(x, x + 1);
    costs = now;
  }
  // Ends near the middle are better, so that neighbors find different ways.
  let [end, least] = [0, Number.POSITIVE_INFINITY];
  for (let x = 0; x < wide; x++) {
    const cost = costs[x]! + 0.02 * Math.abs(x - sway);
    if (cost < least) [end, least] = [x, cost];
  }
  const across = new Int32Array(high);
  let [crossed, sum] = [0, 0];
  for (let y = high - 1, x = end; y >= 0; y--) {
    across[y] = first(y) + x;
    const from = back[y * wide + x]!;
    for (let column = Math.min(x, from); column <= Math.max(x, from); column++) {
      if (!isInk(y, first(y) + column)) continue;
      crossed++;
      sum += mark.left + center - sway + column;
    }
    x = from;
  }
  return { across, ink: crossed, cost: least, at: crossed > 0 ? sum / crossed : mark.left + center };
}
