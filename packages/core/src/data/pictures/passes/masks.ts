import type { Passes } from '../passes-types.js';
import type { Grid } from '../picture.js';
import { extremesAround } from './extremes.js';
import { meanOf } from './threshold.js';

/** The mean of the values that are set in the mask. */
export let meanWhere = (values: Float32Array, mask: Uint8Array): number =>
  meanOf(values.filter((_, i) => mask[i] !== 0));

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

/** Of pixels in the mask, or up to `edge` beside it, the share of the way from one value to the other. */
export let softInk = (contrast: Grid, mask: Uint8Array, edge: number, from: number, to: number): Grid => {
  const near = extremesAround({ ...contrast, data: new Float32Array(mask) }, edge, [1]).data;
  const data = contrast.data.map((value, i) =>
    near[i] === 0 ? 0 : Math.max(0, Math.min(1, (value - from) / (to - from))),
  );
  return { ...contrast, data };
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
  by: Pick<Passes, 'countLines' | 'erase' | 'maskAbove' | 'meanWhere' | 'outlineOf' | 'softInk'>,
): void {
  ({ countLines, erase, maskAbove, meanWhere, outlineOf, softInk } = by);
}
