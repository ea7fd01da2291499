import type { Mark } from '../pictures/marks.js';
import type { Extent, Part, PartsInk } from './parts.js';

/** What a mark that is no digit looks like. */
export type Sign = '+' | '-' | '=' | '.' | ',' | ':' | '?';

/** A sign is lower than this share of a line's digits. */
const LOW = 0.45;
/** A point is smaller than this, across and down. */
const POINT = 0.25;
/** From here on, a pixel is ink, and not the soft edge of a stroke. */
const INK = 0.3;
/** The arms of a plus lie in bands of this share of its sides. */
const ARM = 0.36;
/** So much of its ink may lie elsewhere. */
const ELSEWHERE = 0.1;

/**
 * The sign that some parts can be by their size and place alone: a point, a comma, a dash, two of them. Undefined for
 * what is as high as a digit.
 *
 * @param height of the digits of the line, in pixels
 * @param middle of the line at this place, in pixels from the top
 */
export function lowSign(
  parts: readonly Part[],
  { left, right, top, bottom }: Extent,
  height: number,
  middle: number,
): Sign | undefined {
  const [wide, high] = [right - left + 1, bottom - top + 1];
  if (high > LOW * height) return undefined;
  const isFlat = wide >= 1.6 * high && wide >= 0.2 * height;
  const marks = parts.map(({ mark }) => mark);
  if (marks.length === 2 && isStacked(marks)) return wide >= 0.3 * height ? '=' : ':';
  if (marks.length > 1) return undefined;
  if (isFlat) return '-';
  if (top < middle) return '?';
  return high < POINT * height && wide < POINT * height ? '.' : ',';
}

/** Whether two flat marks lie one above the other. */
function isStacked([a, b]: readonly Mark[]): boolean {
  const beside = Math.min(a!.right, b!.right) - Math.max(a!.left, b!.left) + 1;
  const apart = Math.max(a!.top, b!.top) - Math.min(a!.bottom, b!.bottom);
  const narrow = Math.min(a!.right - a!.left, b!.right - b!.left) + 1;
  return apart > 0 && beside > 0.4 * narrow;
}

/** Whether ink is a plus: all of it lies on a bar across and a bar down, and both reach all four ends. */
export function isPlus({ extent: { left, right, top, bottom }, ink, x: first, y: start }: PartsInk): boolean {
  const [wide, high] = [right - left + 1, bottom - top + 1];
  if (Math.max(wide, high) > 1.7 * Math.min(wide, high)) return false;
  const rows = new Float64Array(high);
  const columns = new Float64Array(wide);
  const isInk = (x: number, y: number) => ink.data[(start + y) * ink.width + first + x]! >= INK;
  let area = 0;
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      if (!isInk(x, y)) continue;
      rows[y]!++;
      columns[x]!++;
      area++;
    }
  }
  const bandAcross = bandAround(rows, ARM);
  const bandDown = bandAround(columns, ARM);
  const isMiddle = ({ from, to }: Band, length: number) => from > 0.12 * length && to < 0.88 * length;
  if (!(isMiddle(bandAcross, high) && isMiddle(bandDown, wide))) return false;
  let outside = 0;
  const corners = [0, 0, 0, 0];
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      if (
        !isInk(x, y) ||
        (y >= bandAcross.from && y < bandAcross.to) ||
        (x >= bandDown.from && x < bandDown.to)
      )
        continue;
      outside++;
      corners[2 * Number(y >= bandAcross.to) + Number(x >= bandDown.to)]!++;
    }
  }
  return outside <= ELSEWHERE * area;
}

interface Band {
  readonly from: number;
  readonly to: number;
}

/** The band of this share of the length that holds most. */
function bandAround(counts: Float64Array, share: number): Band {
  const width = Math.max(1, Math.round(share * counts.length));
  let [from, most] = [0, -1];
  for (let start = 0; start + width <= counts.length; start++) {
    let sum = 0;
    for (let k = start; k < start + width; k++) sum += counts[k]!;
    if (sum > most) [from, most] = [start, sum];
  }
  return { from, to: from + width };
}
