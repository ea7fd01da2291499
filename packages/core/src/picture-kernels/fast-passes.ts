import type { PagePasses } from '../data/pages/page-passes.js';
import { shrink } from '../data/pictures/passes/planes.js';
import type { Passes, Sign } from '../data/pictures/passes-types.js';
import type { Grid } from '../data/pictures/picture.js';
import { type PassMemory, passMemory } from './memory.js';
import type { PictureKernels } from './picture-kernels.js';

const STEPS = 256;
const FLOAT = 4;
const DOUBLE = 8;
/** Those of pictures and those of pages. */
export type AllPasses = Passes & PagePasses;

type Size = Pick<Grid, 'width' | 'height'>;

/** Integers in the kernel's table for each mark. */
const MARK = 6;
/** A picture is shrunk in parts of about so many bytes, so that it is not in memory twice. */
const PART = 1 << 20;

/** The passes over all pixels as the kernels do them. */
export function fastPasses(kernels: PictureKernels, wasm: WebAssembly.Memory): AllPasses {
  const memory = passMemory(wasm);
  const { take, put, floats, integers, bytes } = memory;
  const extremes = (from: number, { width, height }: Size, radius: number, sign: Sign): number => {
    const room = take(FLOAT * kernels.paddedStride(width, radius) * (height + 2 * radius));
    const to = take(FLOAT * width * height);
    kernels.extremesAround(from, width, height, radius, sign, room, to);
    return to;
  };
  /** As floats, 1 where the mask is set or, up to so far, beside it. */
  const grown = (mask: number, size: Size, radius: number): number => {
    const values = take(FLOAT * size.width * size.height);
    kernels.floatsOf(mask, size.width * size.height, values);
    return extremes(values, size, radius, 1);
  };
  const plainShrink = shrink;
  const passes: AllPasses = {
    shrink(picture, side, page) {
      const { width, height, channels, data } = picture;
      // Those with transparency are small, as a rule.
      if (channels === 2 || channels === 4) return plainShrink(picture, side, page);
      if (side === 1 && channels === 3)
        return new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
      const [wide, high] = [Math.ceil(width / side), Math.ceil(height / side)];
      const rgb = new Uint8ClampedArray(3 * wide * high);
      const rows = side * Math.max(1, Math.floor(PART / (side * width * channels)));
      for (let top = 0; top < height; top += rows) {
        memory.clear();
        const part = Math.min(rows, height - top);
        const from = put(data.subarray(top * width * channels, (top + part) * width * channels));
        const count = 3 * wide * Math.ceil(part / side);
        const to = take(count);
        kernels.shrink(from, channels, width, part, side, to);
        rgb.set(bytes(to, count), (3 * wide * top) / side);
      }
      return rgb;
    },
    plane(rgb, step, [red, green, blue]) {
      const count = Math.ceil(rgb.length / (3 * step));
      const from = put(rgb);
      const to = take(FLOAT * count);
      kernels.plane(from, step, count, red, green, blue, to);
      return floats(to, count);
    },
    countSteps(values, most) {
      const from = put(values);
      const to = take(FLOAT * STEPS);
      kernels.histogram(from, values.length, most, to);
      return Float64Array.from(integers(to, STEPS));
    },
    scaleRows({ width, height, data }, taps) {
      const from = put(data);
      const most = taps.reduce((longest, { weights }) => Math.max(longest, weights.length), 0);
      const [places, weights] = [new Int32Array(2 * taps.length), new Float64Array(most * taps.length)];
      for (const [i, tap] of taps.entries()) {
        places[2 * i] = tap.from;
        places[2 * i + 1] = tap.weights.length;
        weights.set(tap.weights, most * i);
      }
      const count = taps.length * height;
      const to = take(FLOAT * count);
      kernels.scaleRows(from, width, height, put(places), put(weights), most, taps.length, to);
      return { width: height, height: taps.length, data: floats(to, count) };
    },
    extremesAround({ width, height, data }, radius, signs) {
      let at = put(data);
      for (const sign of signs) at = extremes(at, { width, height }, radius, sign);
      return { width, height, data: floats(at, data.length) };
    },
    meanAround({ width, height, data }, radius) {
      const from = put(data);
      const [sums, rows, to] = [take(DOUBLE * width), take(data.byteLength), take(data.byteLength)];
      kernels.meanAround(from, width, height, radius, sums, rows, to);
      return { width, height, data: floats(to, data.length) };
    },
    smooth({ width, height, data }, times) {
      let from = put(data);
      const rows = take(data.byteLength);
      let to = take(data.byteLength);
      for (let time = 0; time < times; time++) {
        kernels.smooth(from, width, height, rows, to);
        [from, to] = [to, from];
      }
      return { width, height, data: floats(from, data.length) };
    },
    laplacians({ width, height, data }, step) {
      const from = put(data);
      const to = take(data.byteLength);
      return floats(to, kernels.laplacians(from, width, height, step, to));
    },
    moments(values, means) {
      const to = take(2 * DOUBLE);
      kernels.moments(put(values), put(means), values.length, to);
      const [squares, cubes] = new Float64Array(wasm.buffer, to, 2);
      return [squares!, cubes!];
    },
    contrastWith(values, paper, darkest) {
      const to = take(values.byteLength);
      kernels.contrast(put(values), put(paper), values.length, darkest, to);
      return floats(to, values.length);
    },
    valuesAbove(values, floor) {
      const to = take(values.byteLength);
      const count = kernels.valuesAbove(put(values), values.length, floor, to);
      return floats(to, count);
    },
    meanFrom: (values, threshold) => kernels.meanFrom(put(values), values.length, threshold),
    meanWhere: (values, mask) => kernels.meanWhere(put(values), put(mask), values.length),
    maskAbove(values, threshold) {
      const to = take(values.length);
      kernels.maskAbove(put(values), values.length, threshold, to);
      return bytes(to, values.length);
    },
    maskOfMarks(markOf, isKept) {
      const to = take(markOf.length);
      kernels.maskOfMarks(put(markOf), put(isKept), markOf.length, to);
      return bytes(to, markOf.length);
    },
    findMarks(mask, width, height) {
      const size = width * height;
      const [markOf, stack] = [take(FLOAT * size), take(FLOAT * size)];
      const table = take(FLOAT * MARK * ((width + 1) >> 1) * ((height + 1) >> 1));
      const count = kernels.findMarks(put(mask), width, height, markOf, stack, table);
      const numbers = integers(table, MARK * count);
      const marks = Array.from({ length: count }, (_, k) => {
        const [area, onBorder, left, right, top, bottom] = numbers.subarray(MARK * k, MARK * (k + 1));
        return {
          ...{ number: k + 1, area: area!, onBorder: onBorder! },
          ...{ left: left!, right: right!, top: top!, bottom: bottom! },
        };
      });
      return { marks, markOf: integers(markOf, size) };
    },
    erase(grid, threshold, kept, edge) {
      const { data } = grid;
      const [values, own] = [put(data), put(kept)];
      const left = take(data.byteLength);
      kernels.leftOut(values, own, data.length, threshold, left);
      kernels.erase(values, extremes(left, grid, edge, 1), grown(own, grid, 1), data.length);
      data.set(floats(values, data.length));
    },
    ramp(values, near, from, to) {
      const out = take(values.byteLength);
      kernels.ramp(put(values), put(near), values.length, from, to, out);
      return floats(out, values.length);
    },
    outlineOf: (mask, width, height) => kernels.outlineOf(put(mask), width, height),
    squaredDistances(mask, width, height, set) {
      const room = take(DOUBLE * 4 * (Math.max(width, height) + 1));
      const to = take(FLOAT * mask.length);
      kernels.squaredDistances(put(mask), width, height, set, room, to);
      return { width, height, data: floats(to, mask.length) };
    },
    redraw(toInk, toPaper, by) {
      const to = take(toInk.byteLength);
      kernels.redraw(put(toInk), put(toPaper), toInk.length, by, to);
      return floats(to, toInk.length);
    },
    boxOfInk({ width, height, data }) {
      const to = take(4 * FLOAT);
      kernels.boxOfInk(put(data), width, height, to);
      const [x, right, y, bottom] = integers(to, 4) as unknown as readonly [number, number, number, number];
      if (right < 0) return { x: 0, y: 0, width: 0, height: 0 };
      return { x, y, width: right - x + 1, height: bottom - y + 1 };
    },
    differenceOf(a, b) {
      const to = take(a.byteLength);
      kernels.difference(put(a), put(b), a.length, to);
      return floats(to, a.length);
    },
    relativeTo(differences, values, paper, darkest) {
      const to = take(values.byteLength);
      kernels.relative(put(differences), put(values), put(paper), values.length, darkest, to);
      return floats(to, values.length);
    },
    besideMask({ width, height, data }, mask) {
      const to = take(data.byteLength);
      kernels.beside(put(data), put(mask), width, height, to);
      return floats(to, data.length);
    },
    sharesOf(values, darkest, bare) {
      const at = put(values);
      kernels.shares(at, put(darkest), values.length, bare);
      return floats(at, values.length);
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
    countLines(mask, length, step, count, next) {
      const to = take(FLOAT * count);
      kernels.countLines(put(mask), length, step, count, next, to);
      return integers(to, count);
    },
  };
  return eachOnCleared(passes, memory);
}

/** The same passes; each forgets first what the one before has laid out. */
function eachOnCleared(passes: AllPasses, { clear }: PassMemory): AllPasses {
  const entries = Object.entries(passes).map(([name, pass]: [string, (...values: never[]) => unknown]) => [
    name,
    (...values: never[]) => {
      clear();
      return pass(...values);
    },
  ]);
  return Object.fromEntries(entries);
}
