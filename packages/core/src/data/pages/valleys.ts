import type { Mark } from '../pictures/marks.js';
import type { PageInk } from './page-ink.js';

/** The lowest place of paper between strokes that is open to the top. */
export interface Valley {
  /** Of its middle, in columns and rows of the mark. */
  readonly x: number;
  readonly y: number;
  /** From its row up to the first: the column of a way out, through paper. */
  readonly wayOut: readonly number[];
}

/** Paper of a row that is open to the top; both ends belong to it. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * The valleys of a mark: where a drop comes to rest that falls on it from above, and may run to the left and to the
 * right (Congedo, Dimauro, Impedovo and Pirlo 1995, "Segmentation of numeric strings": drop fall). Where two digits
 * touch, there is one above and one below.
 *
 * @param isUpsideDown looks from below: y counts from the last row
 */
export function valleysOf({ ink, markOf }: PageInk, mark: Mark, isUpsideDown: boolean): Valley[] {
  const wide = mark.right - mark.left + 1;
  const high = mark.bottom - mark.top + 1;
  const isPaper = (x: number, y: number) => {
    const row = isUpsideDown ? mark.bottom - y : mark.top + y;
    return markOf[row * ink.width + mark.left + x] !== mark.number;
  };
  const rows: Run[][] = [];
  const valleys: Valley[] = [];
  // The row above the mark is open.
  let above = [{ from: 0, to: wide - 1 }];
  for (let y = 0; y < high; y++) {
    const runs: Run[] = [];
    for (let x = 0; x < wide; x++) {
      if (!isPaper(x, y)) continue;
      const from = x;
      while (x + 1 < wide && isPaper(x + 1, y)) x++;
      if (above.some((run) => run.from <= x && run.to >= from)) runs.push({ from, to: x });
    }
    for (const run of above) {
      if (y === 0 || run.from === 0 || run.to === wide - 1) continue;
      if (runs.every((next) => next.from > run.to || next.to < run.from)) {
        valleys.push({ x: (run.from + run.to) >> 1, y: y - 1, wayOut: wayOut(rows, run) });
      }
    }
    rows.push(runs);
    above = runs;
  }
  return valleys;
}

/** From a run of the last row up, with the fewest steps aside. */
function wayOut(rows: readonly Run[][], run: Run): number[] {
  let now = run;
  let x = (run.from + run.to) >> 1;
  const columns = [x];
  for (let y = rows.length - 2; y >= 0; y--) {
    const distance = (other: Run) => Math.max(0, other.from - x, x - other.to);
    const over = rows[y]!.filter((other) => other.from <= now.to && other.to >= now.from);
    now = over.reduce((best, other) => (distance(other) < distance(best) ? other : best));
    x = Math.max(now.from, Math.min(now.to, x));
    columns.push(x);
  }
  return columns;
}
