import type { Mark, Marks } from '../mark.js';
import type { ChosenMarks, Passes } from '../passes-types.js';

/** Finds the connected sets of pixels that are 1. */
export let findMarks = (mask: Uint8Array, width: number, height: number): Marks => {
  const markOf = new Int32Array(mask.length);
  const marks: Mark[] = [];
  const found: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || markOf[start] !== 0) continue;
    const number = marks.length + 1;
    let [area, onBorder, left, right, top, bottom] = [0, 0, width, -1, height, -1];
    markOf[start] = number;
    found.push(start);
    for (let pixel = found.pop(); pixel !== undefined; pixel = found.pop()) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) onBorder++;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const neighbor = v * width + u;
          if (mask[neighbor] === 0 || markOf[neighbor] !== 0) continue;
          markOf[neighbor] = number;
          found.push(neighbor);
        }
      }
    }
    marks.push({ number, area, left, right, top, bottom, onBorder });
  }
  return { marks, markOf };
};

/** Finds the marks, lets some be chosen, and gives a mask of these. */
export let chooseFrom = (
  mask: Uint8Array,
  width: number,
  height: number,
  choose: (all: readonly Mark[]) => readonly Mark[],
): ChosenMarks => {
  const { marks: all, markOf } = findMarks(mask, width, height);
  const marks = choose(all);
  const isKept = new Uint8Array(all.length + 1);
  for (const { number } of marks) isKept[number] = 1;
  return { all, marks, mask: mask.map((_, i) => isKept[markOf[i]!]!) };
};

/** Lets something else do these passes, with the same bits. */
export function useMarks(by: Pick<Passes, 'chooseFrom' | 'findMarks'>): void {
  ({ chooseFrom, findMarks } = by);
}
