import type { Mark } from '../pictures/marks.js';

/** A line of writing. */
export interface TextLine {
  /** From left to right, by their middles. */
  readonly marks: readonly Mark[];
  /** How high its digits are, in pixels. */
  readonly height: number;
}

/** Marks of at least this share of the height of digits can begin a line; smaller ones join one. */
const LARGE = 0.42;
/** Two marks are in one line if this share of the lower one is beside the higher one. */
const BESIDE = 0.4;
/** The same for two parts of a line that are far apart. */
const BESIDE_FAR = 0.5;
/** A small mark belongs to a line that is nearer than this share of the line's height. */
const REACH = 0.35;
/** Neighbors that are farther apart than so many heights say nothing about how the page leans. */
const NEAR = 2.5;
/** Of how many neighbors the lean can be known. */
const ENOUGH = 4;

/** A mark with its place on the page, as if the page did not lean. */
interface Placed {
  readonly mark: Mark;
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Sorts marks into lines, and the lines from top to bottom. Each large mark is followed by the nearest one to its right
 * that is beside it; the angles between those say how the page leans (O'Gorman 1993, "The document spectrum for page
 * layout analysis"). Small marks join the line in whose band they lie; those outside of all are left out.
 */
export function textLines(marks: readonly Mark[], digitHeight: number): TextLine[] {
  const large = marks.filter((mark) => heightOf(mark) >= LARGE * digitHeight);
  const upright = large.map((mark) => placed(mark, 0));
  const lean = leanOf(upright, digitHeight);
  const rows = joinRows(chains(large.map((mark) => placed(mark, lean))));
  const small = marks
    .filter((mark) => heightOf(mark) < LARGE * digitHeight)
    .map((mark) => placed(mark, lean));
  const joined = rows.map((row) => ({ row, all: [...row], height: typicalHeight(row) }));
  for (const mark of small) {
    const [nearest] = joined
      .map((line) => ({ line, off: distanceTo(line.row, mark) / line.height }))
      .sort((a, b) => a.off - b.off);
    if (nearest && nearest.off <= REACH) nearest.line.all.push(mark);
  }
  return joined
    .toSorted((a, b) => middleOf(a.row) - middleOf(b.row))
    .map(({ all, height }) => ({ marks: all.toSorted((a, b) => a.x - b.x).map(({ mark }) => mark), height }));
}

function heightOf({ top, bottom }: { readonly top: number; readonly bottom: number }): number {
  return bottom - top + 1;
}

function placed(mark: Mark, lean: number): Placed {
  const x = (mark.left + mark.right) / 2;
  return { mark, x, top: mark.top - lean * x, bottom: mark.bottom - lean * x };
}

/** The median slope from each mark to the next, in pixels down for each across. */
function leanOf(marks: readonly Placed[], digitHeight: number): number {
  const slopes: number[] = [];
  for (const [from, to] of followers(marks)) {
    if (to.x - from.x > NEAR * digitHeight || to.x - from.x < 0.3 * digitHeight) continue;
    // From bottom to bottom and from top to top: the flatter of both, since some digits hang or rise.
    const [low, high] = [to.bottom - from.bottom, to.top - from.top];
    slopes.push((Math.abs(low) < Math.abs(high) ? low : high) / (to.x - from.x));
  }
  if (slopes.length < ENOUGH) return 0;
  return slopes.toSorted((a, b) => a - b)[slopes.length >> 1]!;
}

/** Each mark with the next one to its right; no mark is next to two. */
function followers(marks: readonly Placed[]): Map<Placed, Placed> {
  const before = new Map<Placed, { from: Placed; off: number }>();
  for (const from of marks) {
    let [best, least] = [undefined as Placed | undefined, Number.POSITIVE_INFINITY];
    for (const to of marks) {
      if (to === from || to.x < from.x || (to.x === from.x && to.top <= from.top)) continue;
      if (overlap(from, to) < BESIDE * Math.min(heightOf(from), heightOf(to))) continue;
      const off = to.x - from.x + Math.abs(to.top + to.bottom - from.top - from.bottom);
      if (off < least) [best, least] = [to, off];
    }
    if (!best) continue;
    const other = before.get(best);
    if (!other || other.off > least) before.set(best, { from, off: least });
  }
  return new Map([...before].map(([to, { from }]) => [from, to]));
}

function overlap(a: { top: number; bottom: number }, b: { top: number; bottom: number }): number {
  return Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + 1;
}

function chains(marks: readonly Placed[]): Placed[][] {
  const next = followers(marks);
  const hasBefore = new Set(next.values());
  return marks
    .filter((mark) => !hasBefore.has(mark))
    .map((first) => {
      const chain: Placed[] = [];
      for (let mark: Placed | undefined = first; mark; mark = next.get(mark)) chain.push(mark);
      return chain;
    });
}

/** Joins chains that lie beside each other, the closest first: a line can have wide gaps. */
function joinRows(chained: readonly Placed[][]): Placed[][] {
  const rows = chained.map((chain) => [...chain]);
  for (;;) {
    let [first, second, most] = [-1, -1, BESIDE_FAR];
    for (let i = 0; i < rows.length; i++) {
      for (let j = i + 1; j < rows.length; j++) {
        const [a, b] = [bandOf(rows[i]!), bandOf(rows[j]!)];
        const share = overlap(a, b) / Math.min(heightOf(a), heightOf(b));
        if (share > most) [first, second, most] = [i, j, share];
      }
    }
    if (first < 0) return rows;
    rows[first]!.push(...rows[second]!);
    rows.splice(second, 1);
  }
}

/** Where most of a line is, by the medians of its marks. */
function bandOf(row: readonly Placed[]): { top: number; bottom: number } {
  return { top: median(row.map(({ top }) => top)), bottom: median(row.map(({ bottom }) => bottom)) };
}

function middleOf(row: readonly Placed[]): number {
  const { top, bottom } = bandOf(row);
  return (top + bottom) / 2;
}

function typicalHeight(row: readonly Placed[]): number {
  return median(row.map(({ mark }) => heightOf(mark)));
}

/** How far a mark is above or below the part of the line that is nearest to it, across. */
function distanceTo(row: readonly Placed[], { x, top, bottom }: Placed): number {
  const near = row.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x)).slice(0, 3);
  const band = {
    top: Math.min(...near.map((mark) => mark.top)),
    bottom: Math.max(...near.map((mark) => mark.bottom)),
  };
  const middle = (top + bottom) / 2;
  const off = Math.max(0, band.top - middle, middle - band.bottom);
  const across = Math.max(0, Math.abs(near[0]!.x - x) - 3 * heightOf(band));
  return Math.max(off, across);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[sorted.length >> 1]! + sorted[(sorted.length - 1) >> 1]!) / 2;
}
