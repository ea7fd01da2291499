import type { Mark } from './mark.js';

export type { Mark, Marks } from './mark.js';

/** The longer side of what contains all the marks, in pixels; 0 for none. */
export function sideOf(marks: readonly Mark[]): number {
  if (marks.length === 0) return 0;
  const { left, right, top, bottom } = boxAround(marks);
  return Math.max(right - left, bottom - top) + 1;
}

/** The smallest box that contains all the marks, one or more. */
export function boxAround(marks: readonly Mark[]): Pick<Mark, 'left' | 'right' | 'top' | 'bottom'> {
  return {
    left: Math.min(...marks.map(({ left }) => left)),
    right: Math.max(...marks.map(({ right }) => right)),
    top: Math.min(...marks.map(({ top }) => top)),
    bottom: Math.max(...marks.map(({ bottom }) => bottom)),
  };
}
