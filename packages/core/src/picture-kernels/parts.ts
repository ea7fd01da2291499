import { MEDIAN_OF_NORMAL, SAMPLES } from '../data/pictures/passes/noise.js';
import type { Sign } from '../data/pictures/passes-types.js';
import type { Grid } from '../data/pictures/picture.js';
import { otsuThreshold, STEPS } from '../data/pictures/threshold.js';
import type { PassMemory } from './memory.js';
import type { PictureKernels } from './picture-kernels.js';

/** The kernels, their memory, and what several passes have in common. */
export interface PassParts extends PassMemory {
  readonly kernels: PictureKernels;
  /** `to` may be where the values come from. */
  readonly extremes: (from: number, size: Size, radius: number, signs: readonly Sign[], to: number) => void;
  /** As floats, 1 where the mask is set or, up to so far, beside it. */
  readonly grown: (mask: number, size: Size, radius: number) => number;
  /** The standard deviation of the grain. */
  readonly grain: (values: number, size: Size) => number;
  /** In place. */
  readonly smooth: (values: number, size: Size, times: number) => void;
  /** Where ink begins among the values above the floor; undefined for fewer than these. */
  readonly threshold: (values: number, count: number, floor: number, fewest: number) => number | undefined;
}

/** In pixels. */
export type Size = Pick<Grid, 'width' | 'height'>;

/** Bytes of a value. */
export const FLOAT = 4;
export const DOUBLE = 8;

export function passParts(kernels: PictureKernels, memory: PassMemory): PassParts {
  const { take, within, doubles } = memory;
  const extremes: PassParts['extremes'] = (from, { width, height }, radius, signs, to) =>
    within(() => {
      const room = take(FLOAT * kernels.paddedStride(width, radius) * (height + 2 * radius));
      for (const [k, sign] of signs.entries()) {
        kernels.extremesAround(k === 0 ? from : to, width, height, radius, sign, room, to);
      }
    });
  return {
    ...{ ...memory, kernels, extremes },
    grown(mask, size, radius) {
      const values = take(FLOAT * size.width * size.height);
      kernels.floatsOf(mask, size.width * size.height, values);
      extremes(values, size, radius, [1], values);
      return values;
    },
    grain: (values, { width, height }) =>
      within(() => {
        const step = Math.max(1, Math.floor((width * height) / SAMPLES));
        const out = take(FLOAT * Math.ceil((width * height) / step));
        const count = kernels.laplacians(values, width, height, step, out);
        return count > 0 ? kernels.median(out, count, take(FLOAT * STEPS)) / (6 * MEDIAN_OF_NORMAL) : 0;
      }),
    smooth: (values, { width, height }, times) =>
      within(() => {
        const rows = take(FLOAT * width * height);
        for (let time = 0; time < times; time++) kernels.smooth(values, width, height, rows, values);
      }),
    threshold: (values, count, floor, fewest) =>
      within(() => {
        const above = take(FLOAT * count);
        const found = kernels.valuesAbove(values, count, floor, above);
        if (found < fewest) return undefined;
        const counts = take(DOUBLE * STEPS);
        kernels.histogram(above, found, 1, counts);
        const { threshold } = otsuThreshold(doubles(counts, STEPS), found, 1);
        const level = kernels.meanFrom(above, found, threshold) || threshold;
        return Math.max(floor, Math.min(threshold, level / 2));
      }),
  };
}
