import type { Mark } from '../data/pictures/mark.js';
import type { Passes } from '../data/pictures/passes-types.js';
import { FLOAT, type PassParts } from './parts.js';

/** Integers in the kernel's table for each mark. */
const MARK = 6;

/** Masks, the marks in them, and the ink of strokes. */
export function markPasses({ kernels, take, put, get, floats, integers, bytes, grown, extremes }: PassParts) {
  const marksOf = (mask: number, width: number, height: number): { all: Mark[]; markOf: number } => {
    const size = width * height;
    const [markOf, stack] = [take(FLOAT * size), take(FLOAT * size)];
    const table = take(FLOAT * MARK * ((width + 1) >> 1) * ((height + 1) >> 1));
    const count = kernels.findMarks(mask, width, height, markOf, stack, table);
    const numbers = integers(table, MARK * count);
    const all: Mark[] = [];
    for (let at = 0; at < numbers.length; at += MARK) {
      const [area, onBorder, left, right, top, bottom] = numbers.subarray(at, at + MARK);
      all.push({
        ...{ number: all.length + 1, area: area!, onBorder: onBorder! },
        ...{ left: left!, right: right!, top: top!, bottom: bottom! },
      });
    }
    return { all, markOf };
  };
  const passes: Pick<
    Passes,
    | 'meanWhere'
    | 'maskAbove'
    | 'findMarks'
    | 'chooseFrom'
    | 'erase'
    | 'softInk'
    | 'outlineOf'
    | 'widened'
    | 'boxOfInk'
    | 'countLines'
  > = {
    meanWhere: (values, mask) => kernels.meanWhere(put(values), put(mask), values.length),
    maskAbove(values, threshold) {
      const to = take(values.length);
      kernels.maskAbove(put(values), values.length, threshold, to);
      return bytes(to, values.length);
    },
    findMarks(mask, width, height) {
      const { all, markOf } = marksOf(put(mask), width, height);
      return { marks: all, markOf: integers(markOf, mask.length) };
    },
    chooseFrom(mask, width, height, choose) {
      const at = put(mask);
      const { all, markOf } = marksOf(at, width, height);
      const marks = choose(all);
      const isKept = new Uint8Array(all.length + 1);
      for (const { number } of marks) isKept[number] = 1;
      kernels.maskOfMarks(markOf, put(isKept), mask.length, at);
      return { all, marks, mask: bytes(at, mask.length) };
    },
    erase(grid, threshold, kept, edge) {
      const { data } = grid;
      const [values, own] = [put(data), put(kept)];
      const left = take(data.byteLength);
      kernels.leftOut(values, own, data.length, threshold, left);
      extremes(left, grid, edge, [1], left);
      kernels.erase(values, left, grown(own, grid, 1), data.length);
      get(values, data);
    },
    softInk({ width, height, data }, mask, edge, from, to) {
      const values = put(data);
      const near = grown(put(mask), { width, height }, edge);
      kernels.ramp(values, near, data.length, from, to, values);
      return { width, height, data: floats(values, data.length) };
    },
    outlineOf: (mask, width, height) => kernels.outlineOf(put(mask), width, height),
    widened(mask, width, height, by) {
      const at = put(mask);
      const [toInk, toPaper] = ([1, 0] as const).map((set) => {
        const to = take(FLOAT * mask.length);
        kernels.squaredDistances(at, width, height, set, take(8 * 4 * (Math.max(width, height) + 1)), to);
        return to;
      }) as [number, number];
      kernels.redraw(toInk, toPaper, mask.length, by, toInk);
      return floats(toInk, mask.length);
    },
    boxOfInk({ width, height, data }) {
      const to = take(4 * FLOAT);
      kernels.boxOfInk(put(data), width, height, to);
      const [x, right, y, bottom] = integers(to, 4) as unknown as readonly [number, number, number, number];
      if (right < 0) return { x: 0, y: 0, width: 0, height: 0 };
      return { x, y, width: right - x + 1, height: bottom - y + 1 };
    },
    countLines(mask, length, step, count, next) {
      const to = take(FLOAT * count);
      kernels.countLines(put(mask), length, step, count, next, to);
      return integers(to, count);
    },
  };
  return passes;
}
