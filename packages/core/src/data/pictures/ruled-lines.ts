import { countLines } from './passes.js';

/** A line covers at least this share of the picture's side. */
const WHOLE = 0.9;
/** It reaches both ends, up to this share of the side. */
const END = 0.02;
/** And is no wider than this share of the other side. */
const THIN = 0.03;

/**
 * Removes printed lines: thin ones from one side of the picture to the other. Where a stroke crosses a line, its
 * pixels stay.
 *
 * @returns how many lines were removed
 */
export function removeRuledLines(mask: Uint8Array, width: number, height: number): number {
  return removeAlong(mask, width, 1, height, width) + removeAlong(mask, height, width, width, 1);
}

/** Removes lines of `length` pixels, `step` apart; from one line to the next it is `next`. */
function removeAlong(mask: Uint8Array, length: number, step: number, count: number, next: number): number {
  const isWhole = Array.from(
    countLines(mask, length, step, count, next),
    (inked, line) => inked > WHOLE * length && reachesEnds(mask, length, line * next, step),
  );
  let removed = 0;
  for (let first = 0; first < count; first++) {
    if (!isWhole[first]) continue;
    let last = first;
    while (isWhole[last + 1]) last++;
    if (last - first + 1 <= Math.max(2, THIN * count)) {
      removed++;
      // With its soft edges.
      const [from, to] = [Math.max(0, first - 1), Math.min(count - 1, last + 1)];
      for (let i = 0; i < length; i++) {
        const isAbove = from > 0 && mask[(from - 1) * next + i * step] === 1;
        const isBelow = to < count - 1 && mask[(to + 1) * next + i * step] === 1;
        if (isAbove && isBelow) continue;
        for (let line = isAbove ? first : from; line <= (isBelow ? last : to); line++) {
          mask[line * next + i * step] = 0;
        }
      }
    }
    first = last;
  }
  return removed;
}

function reachesEnds(mask: Uint8Array, length: number, start: number, step: number): boolean {
  const end = Math.max(1, Math.round(END * length));
  let [first, last] = [0, 0];
  for (let i = 0; i < end; i++) {
    first |= mask[start + i * step]!;
    last |= mask[start + (length - 1 - i) * step]!;
  }
  return first + last === 2;
}
