import type { Box } from '../crop.js';
import type { Passes } from '../passes-types.js';
import type { Grid } from '../picture.js';

/** The smallest box around all ink. Without ink, a box without pixels. */
export let boxOfInk = ({ width, height, data }: Grid): Box => {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
};

/** Lets something else do this pass, with the same bits. */
export function useBox(by: Pick<Passes, 'boxOfInk'>): void {
  ({ boxOfInk } = by);
}
