import { DARKEST_PAPER, timesOf, WIDEST_STROKE } from '../data/pictures/passes/contrast.js';
import type { Passes } from '../data/pictures/passes-types.js';
import { DOUBLE, type PassParts } from './parts.js';

/** What is measured and compared in planes of gray. */
export function contrastPasses({ kernels, take, put, floats, extremes, ...parts }: PassParts) {
  const passes: Pick<Passes, 'extremesAround' | 'paperContrast' | 'skewness' | 'inkThreshold'> = {
    extremesAround({ width, height, data }, radius, signs) {
      const at = put(data);
      extremes(at, { width, height }, radius, signs, at);
      return { width, height, data: floats(at, data.length) };
    },
    paperContrast(gray, kinds, radius) {
      const plane = put(gray.data);
      const grain = parts.grain(plane, gray);
      parts.smooth(plane, gray, timesOf(grain));
      const paper = take(gray.data.byteLength);
      const contrasts = kinds.map((signs) => {
        extremes(plane, gray, radius, signs, paper);
        kernels.contrast(plane, paper, gray.data.length, DARKEST_PAPER, paper);
        return floats(paper, gray.data.length);
      });
      return [contrasts, grain, parts.grain(plane, gray)];
    },
    skewness({ width, height, data }) {
      const from = put(data);
      const [sums, rows, means] = [take(DOUBLE * width), take(data.byteLength), take(data.byteLength)];
      const radius = Math.max(2, Math.round((WIDEST_STROKE * Math.max(width, height)) / 2));
      kernels.meanAround(from, width, height, radius, sums, rows, means);
      return kernels.skewness(from, means, data.length);
    },
    inkThreshold: (values, floor, fewest) => parts.threshold(put(values), values.length, floor, fewest),
  };
  return passes;
}
