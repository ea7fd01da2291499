import type { PagePasses } from '../data/pages/page-passes.js';
import { BARE, FEWEST, floorOf, timesOf } from '../data/pages/passes.js';
import { DARKEST_PAPER } from '../data/pictures/passes/contrast.js';
import { FLOAT, type PassParts } from './parts.js';

/** What reading pages adds. */
export function pagePasses({ kernels, take, put, floats, integers, bytes, extremes, ...parts }: PassParts) {
  const passes: PagePasses = {
    inkMask(gray, signs, radius) {
      const { length, byteLength } = gray.data;
      const plane = put(gray.data);
      const grain = parts.grain(plane, gray);
      parts.smooth(plane, gray, timesOf(grain));
      const floor = floorOf(grain, parts.grain(plane, gray));
      const [paper, difference] = [take(byteLength), take(byteLength)];
      extremes(plane, gray, radius, signs, paper);
      kernels.difference(plane, paper, length, difference);
      kernels.relative(difference, plane, paper, length, DARKEST_PAPER, plane);
      const threshold = parts.threshold(plane, length, floor, FEWEST);
      if (threshold === undefined) return undefined;
      kernels.maskAbove(plane, length, threshold, paper);
      return { mask: bytes(paper, length), difference: floats(difference, length) };
    },
    darkness({ width, height, data }, mask, radius) {
      const [near, darkest] = [take(data.byteLength), take(data.byteLength)];
      kernels.beside(put(data), put(mask), width, height, near);
      extremes(near, { width, height }, radius, [1], darkest);
      kernels.shares(near, darkest, data.length, BARE);
      return { width, height, data: floats(near, data.length) };
    },
    edgesOf({ width, data }, markOf) {
      const to = take(markOf.byteLength);
      kernels.withEdges(put(data), put(markOf), width, data.length, to);
      return integers(to, data.length);
    },
    thinRuns({ mask, length, step, count, next }, thickness) {
      const to = take(3 * FLOAT * length * ((count + 1) >> 1));
      const found = kernels.thinRuns(put(mask), length, step, count, next, thickness, to);
      return integers(to, 3 * found);
    },
  };
  return passes;
}
