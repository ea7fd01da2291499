import type { Mark } from '../pictures/marks.js';
import type { Grid } from '../pictures/picture.js';
import type { Cut } from './cuts.js';
import type { PageInk } from './page-ink.js';
import { edgesOf } from './passes.js';

/** The smallest box around something, in pixels; both ends belong to it. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A mark, or what of it lies between two cuts. */
export interface Part {
  readonly mark: Mark;
  /** The cut on its left; undefined where the mark begins. */
  readonly left: Cut | undefined;
  readonly right: Cut | undefined;
}

/** The ink of some parts, as if nothing else were on the page. */
export interface PartsInk {
  readonly extent: Extent;
  /** How much of it lies in marks, in pixels. */
  readonly area: number;
  /** The ink with its soft edges, 0–1: of the extent and one pixel around it, as far as the page goes. */
  readonly ink: Grid;
  /** Where `extent` begins in `ink`. */
  readonly x: number;
  readonly y: number;
}

/** @param edgeOf for each pixel the mark that it belongs to, with the soft edges of strokes (`withEdges`) */
export function inkOfParts(
  { ink, markOf }: PageInk,
  edgeOf: Int32Array,
  parts: readonly Part[],
): PartsInk | undefined {
  let [left, right, top, bottom, area] = [ink.width, -1, ink.height, -1, 0];
  for (const part of parts) {
    const { mark } = part;
    for (let y = mark.top; y <= mark.bottom; y++) {
      const [from, to] = rowOf(part, y);
      for (let x = Math.max(mark.left, from); x <= Math.min(mark.right, to); x++) {
        if (markOf[y * ink.width + x] !== mark.number) continue;
        area++;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(y, bottom);
      }
    }
  }
  if (area === 0) return undefined;
  const [x, y] = [Math.max(0, left - 1), Math.max(0, top - 1)];
  const width = Math.min(ink.width - 1, right + 1) - x + 1;
  const height = Math.min(ink.height - 1, bottom + 1) - y + 1;
  const data = new Float32Array(width * height);
  for (const part of parts) {
    for (let row = 0; row < height; row++) {
      const [from, to] = rowOf(part, y + row);
      for (let column = Math.max(0, from - x); column <= Math.min(width - 1, to - x); column++) {
        const at = (y + row) * ink.width + x + column;
        if (edgeOf[at] === part.mark.number) data[row * width + column] = ink.data[at]!;
      }
    }
  }
  return {
    ...{ extent: { left, right, top, bottom }, area, ink: { width, height, data } },
    ...{ x: left - x, y: top - y },
  };
}

/** The columns of a row of the page that are between the cuts. */
function rowOf({ mark, left, right }: Part, y: number): readonly [from: number, to: number] {
  const row = Math.max(0, Math.min(mark.bottom - mark.top, y - mark.top));
  return [left ? left.across[row]! : 0, right ? right.across[row]! - 1 : Number.POSITIVE_INFINITY];
}

/** For each pixel the mark that it belongs to; the soft edge of a stroke belongs to the mark beside it. */
export function withEdges({ ink, markOf }: Pick<PageInk, 'ink' | 'markOf'>): Int32Array {
  return edgesOf(ink, markOf);
}
