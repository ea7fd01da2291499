import { shrink } from '../data/pictures/passes/planes.js';
import type { Passes } from '../data/pictures/passes-types.js';
import type { Grid } from '../data/pictures/picture.js';
import { STEPS } from '../data/pictures/threshold.js';
import { DOUBLE, FLOAT, type PassParts, type Size } from './parts.js';

/** A picture is shrunk in parts of about so many bytes, so that it is not in memory twice. */
const PART = 1 << 20;
/** Planes are made of about so many pixels at a time: what is on the way has the same place. */
const BAND = 1 << 15;

/** From colors to gray, and to other sizes. */
export function planePasses({ kernels, take, within, put, get, floats, doubles, bytes, clear }: PassParts) {
  const plainShrink = shrink;
  /** What scaling lines of so many pixels needs to know. */
  const taps = (width: number, to: number) => {
    const most = Math.max(2, Math.ceil(width / to) + 1);
    const [places, weights] = [take(2 * FLOAT * to), take(DOUBLE * most * to)];
    kernels.taps(width, to, places, weights, most);
    return [places, weights, most, to] as const;
  };
  /** Scales rows, which `inBands` gives a few at a time, with the first one's place, and then the columns. */
  const scaled = (
    { width, height }: Size,
    side: number,
    inBands: (use: (band: number, rows: number, top: number) => void) => void,
  ): Grid => {
    const factor = side / Math.max(width, height);
    const [wide, high] = [width, height].map((pixels) => Math.max(1, Math.round(pixels * factor))) as [
      number,
      number,
    ];
    const [turned, to] = [take(FLOAT * wide * height), take(FLOAT * wide * high)];
    const across = taps(width, wide);
    inBands((band, rows, top) =>
      kernels.scaleRows(band, width, rows, ...across, turned + FLOAT * top, height),
    );
    kernels.scaleRows(turned, height, wide, ...taps(height, high), to, wide);
    return { width: wide, height: high, data: floats(to, wide * high) };
  };
  const passes: Pick<Passes, 'shrink' | 'countColors' | 'plane' | 'scaleToSide'> = {
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
        clear();
        const part = Math.min(rows, height - top);
        const from = put(data.subarray(top * width * channels, (top + part) * width * channels));
        const count = 3 * wide * Math.ceil(part / side);
        const to = take(count);
        kernels.shrink(from, channels, width, part, side, to);
        rgb.set(bytes(to, count), (3 * wide * top) / side);
      }
      return rgb;
    },
    countColors(rgb, step, planes) {
      const counts = planes.map(() => put(new Float64Array(STEPS)));
      const many = step * Math.max(1, Math.floor(BAND / step));
      for (let at = 0; at < rgb.length; at += 3 * many) {
        within(() => {
          const band = rgb.subarray(at, at + 3 * many);
          const from = put(band);
          const count = Math.ceil(band.length / (3 * step));
          for (const [k, [red, green, blue]] of planes.entries()) {
            kernels.countPlane(from, step, count, red, green, blue, counts[k]!);
          }
        });
      }
      return counts.map((at) => doubles(at, STEPS));
    },
    plane(sheet, [red, green, blue], side) {
      const { width, height, rgb } = sheet;
      const most = Math.max(1, Math.floor(BAND / width));
      const inBands = (use: (band: number, rows: number, top: number) => void) => {
        for (let top = 0; top < height; top += most) {
          within(() => {
            const rows = Math.min(most, height - top);
            const from = put(rgb.subarray(3 * width * top, 3 * width * (top + rows)));
            const band = take(FLOAT * width * rows);
            kernels.plane(from, 1, width * rows, red, green, blue, band);
            use(band, rows, top);
          });
        }
      };
      if (Math.max(width, height) > side) return scaled(sheet, side, inBands);
      const data = new Float32Array(width * height);
      inBands((band, rows, top) => get(band, data.subarray(width * top, width * (top + rows))));
      return { width, height, data };
    },
    scaleToSide: (grid, side) =>
      scaled(grid, side, (use) => within(() => use(put(grid.data), grid.height, 0))),
  };
  return passes;
}
