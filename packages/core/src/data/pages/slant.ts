import type { Mark } from '../pictures/marks.js';
import type { PageInk } from './page-ink.js';

/** Writing leans no more than this, in tenths of a pixel to the right for each pixel up. */
const [LEFTMOST, RIGHTMOST] = [-5, 8];

/**
 * How much the strokes of a line lean: pixels to the right for each pixel up. It is the slant without which most ink
 * stands in long vertical runs (after Vinciarelli and Luettin 2001, "A new normalization technique for cursive
 * handwritten words").
 */
export function slantOf(page: PageInk, marks: readonly Mark[]): number {
  let [best, most] = [0, -1];
  for (let tenths = LEFTMOST; tenths <= RIGHTMOST; tenths++) {
    const upright = marks.reduce((sum, mark) => sum + uprightness(page, mark, tenths / 10), 0);
    if (upright > most) [best, most] = [tenths / 10, upright];
  }
  return best;
}

/** The sum of the squares of the lengths of a mark's vertical runs, after it is sheared. */
function uprightness({ ink, markOf }: PageInk, mark: Mark, slant: number): number {
  const high = mark.bottom - mark.top + 1;
  const shift = Math.ceil(Math.abs(slant) * high);
  const wide = mark.right - mark.left + 1 + 2 * shift;
  const runs = new Int32Array(wide);
  let sum = 0;
  const end = (column: number) => {
    sum += runs[column]! * runs[column]!;
    runs[column] = 0;
  };
  for (let y = 0; y < high; y++) {
    const first = Math.round(slant * y) + shift - mark.left;
    const row = (mark.top + y) * ink.width;
    for (let column = 0; column < wide; column++) {
      const x = column - first;
      if (x >= mark.left && x <= mark.right && markOf[row + x] === mark.number) runs[column]!++;
      else if (runs[column]! > 0) end(column);
    }
  }
  for (let column = 0; column < wide; column++) end(column);
  return sum;
}
