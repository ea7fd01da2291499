import type { Passes } from '../passes-types.js';
import type { Grid } from '../picture.js';
import { extremesAround } from './extremes.js';

/** How much each value differs from the paper, as a share of the lighter of both, or of `darkest`. */
export let contrastWith = (values: Float32Array, paper: Float32Array, darkest: number): Float32Array =>
  values.map((value, i) => Math.abs(value - paper[i]!) / Math.max(value, paper[i]!, darkest));

/** The values larger than the floor. */
export let valuesAbove = (values: Float32Array, floor: number): Float32Array =>
  values.filter((value) => value > floor);

/** The mean of the values from the threshold on; NaN if there are none. */
export let meanFrom = (values: Float32Array, threshold: number): number =>
  meanOf(values.filter((value) => value >= threshold));

/** The mean of the values that are set in the mask. */
export let meanWhere = (values: Float32Array, mask: Uint8Array): number =>
  meanOf(values.filter((_, i) => mask[i] !== 0));

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 1 for each pixel of the marks that are kept, by their numbers. */
export let maskOfMarks = (markOf: Int32Array, isKept: Uint8Array): Uint8Array =>
  new Uint8Array(markOf.length).map((_, i) => isKept[markOf[i]!]!);

/** Gives what was left out the paper's contrast, with its soft edges, but not the digit's own pixels. */
export let erase = (
  { width, height, data }: Grid,
  threshold: number,
  kept: Uint8Array,
  edge: number,
): void => {
  const left = data.map((value, i) => Number(value > threshold && kept[i] === 0));
  const grown = extremesAround({ width, height, data: left }, edge, [1]).data;
  const own = extremesAround({ width, height, data: new Float32Array(kept) }, 1, [1]).data;
  for (let i = 0; i < data.length; i++) if (grown[i] === 1 && own[i] === 0) data[i] = 0;
};

/** 1 for each value larger than the threshold. */
export let maskAbove = (values: Float32Array, threshold: number): Uint8Array =>
  new Uint8Array(values.length).map((_, i) => Number(values[i]! > threshold));

/** Where `near` is not 0: which share of the way from one value to the other each is. */
export let ramp = (values: Float32Array, near: Float32Array, from: number, to: number): Float32Array => {
  return values.map((value, i) =>
    near[i] === 0 ? 0 : Math.max(0, Math.min(1, (value - from) / (to - from))),
  );
};

/** How many sides of pixels lie between what is set in the mask and what is not, or the picture's border. */
export let outlineOf = (mask: Uint8Array, width: number, height: number): number => {
  let sides = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const x = i % width;
    if (x === 0 || mask[i - 1] === 0) sides++;
    if (x === width - 1 || mask[i + 1] === 0) sides++;
    if (i < width || mask[i - width] === 0) sides++;
    if (i >= width * (height - 1) || mask[i + width] === 0) sides++;
  }
  return sides;
};

/** How many pixels of each line are set. */
export let countLines = (
  mask: Uint8Array,
  length: number,
  step: number,
  count: number,
  next: number,
): Int32Array => {
  const counts = new Int32Array(count);
  for (let line = 0; line < count; line++) {
    for (let i = 0; i < length; i++) counts[line]! += mask[line * next + i * step]!;
  }
  return counts;
};

/** Lets something else do these passes, with the same bits. */
export function useMasks(
  by: Pick<
    Passes,
    | 'contrastWith'
    | 'countLines'
    | 'erase'
    | 'maskAbove'
    | 'maskOfMarks'
    | 'meanFrom'
    | 'meanWhere'
    | 'outlineOf'
    | 'ramp'
    | 'valuesAbove'
  >,
): void {
  ({
    contrastWith,
    countLines,
    erase,
    maskAbove,
    maskOfMarks,
    meanFrom,
    meanWhere,
    outlineOf,
    ramp,
    valuesAbove,
  } = by);
}
