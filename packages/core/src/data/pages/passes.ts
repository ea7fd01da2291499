import { DARKEST_PAPER } from '../pictures/passes/contrast.js';
import { extremesAround } from '../pictures/passes/extremes.js';
import { grainOf, smooth } from '../pictures/passes/noise.js';
import { inkThreshold } from '../pictures/passes/threshold.js';
import type { Sign } from '../pictures/passes-types.js';
import type { Grid } from '../pictures/picture.js';
import type { Columns, InkMask, PagePasses } from './page-passes.js';

/** Ink of fewer pixels is none. */
export const FEWEST = 4;
/** A pixel with this share of the contrast of the strokes around it is bare paper. */
export const BARE = 0.1;
const LEAST_CONTRAST = 0.02;
/** How many standard deviations of its grain paper can differ from itself. */
const ABOVE_GRAIN = 5;

/** How often grain of so many gray levels is smoothed. */
export function timesOf(grain: number): number {
  return grain > 8 ? 4 : grain > 3 ? 2 : Number(grain > 1);
}

/** The contrast that grain can have, by what there was and what is left after it was smoothed. */
export function floorOf(grain: number, left: number): number {
  return Math.max(LEAST_CONTRAST, (ABOVE_GRAIN * left + (grain > 1 ? grain / 3 : 0)) / 200);
}

/**
 * Where ink is: what differs enough from its paper, as a share of the lighter of both. Undefined if hardly
 * any.
 */
export let inkMask = (gray: Grid, signs: readonly Sign[], radius: number): InkMask | undefined => {
  const grain = grainOf(gray);
  const plane = smooth(gray, timesOf(grain));
  const paper = extremesAround(plane, radius, signs).data;
  const difference = plane.data.map((value, i) => Math.abs(value - paper[i]!));
  const contrast = difference.map((value, i) => value / Math.max(plane.data[i]!, paper[i]!, DARKEST_PAPER));
  const threshold = inkThreshold(contrast, floorOf(grain, grainOf(plane)), FEWEST);
  if (threshold === undefined) return undefined;
  return {
    mask: new Uint8Array(contrast.length).map((_, i) => Number(contrast[i]! > threshold)),
    difference,
  };
};

/**
 * How dark the pixels of the mask, and those beside them, are: as shares of the darkest within the radius,
 * of which bare paper has a part.
 */
export let darkness = (difference: Grid, mask: Uint8Array, radius: number): Grid => {
  const isNear = extremesAround({ ...difference, data: new Float32Array(mask) }, 1, [1]).data;
  const near = { ...difference, data: difference.data.map((value, at) => value * isNear[at]!) };
  const darkest = extremesAround(near, radius, [1]).data;
  const data = near.data.map((value, at) =>
    value > 0 ? Math.max(0, (value / darkest[at]! - BARE) / (1 - BARE)) : value,
  );
  return { ...near, data };
};

/** For each pixel the mark that it belongs to; the soft edge of a stroke belongs to the mark beside it. */
export let edgesOf = ({ width, data }: Grid, markOf: Int32Array): Int32Array => {
  const edgeOf = Int32Array.from(markOf);
  const around = [-1, 1, -width, width, -width - 1, -width + 1, width - 1, width + 1];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0 || markOf[at] !== 0) continue;
    const neighbor = around.find((offset) => (markOf[at + offset] ?? 0) !== 0);
    if (neighbor !== undefined) edgeOf[at] = markOf[at + neighbor]!;
  }
  return edgeOf;
};

/** The runs of ink that are at most so long, in each column: the column, its first and its last pixel. */
export let thinRuns = ({ mask, length, step, count, next }: Columns, thickness: number): Int32Array => {
  const runs: number[] = [];
  for (let x = 0; x < length; x++) {
    let top = -1;
    for (let y = 0; y <= count; y++) {
      const isInk = y < count && mask[x * step + y * next] === 1;
      if (isInk && top < 0) top = y;
      if (isInk || top < 0) continue;
      if (y - top <= thickness) runs.push(x, top, y - 1);
      top = -1;
    }
  }
  return Int32Array.from(runs);
};

/** Lets something else do these passes, with the same bits. */
export function usePagePasses(by: PagePasses): void {
  ({ inkMask, darkness, edgesOf, thinRuns } = by);
}
