import { toColors } from './colors.js';
import { readEntropy } from './entropy.js';
import { decodeBlock } from './huffman.js';
import type { Plan, RowDecoder } from './planes.js';

/** Decodes in plain TypeScript. Undefined if the scan does not end as it should. */
export function plainRows(plan: Plan): RowDecoder | undefined {
  const { columns, rows, interval } = plan;
  const scan = readEntropy(plan.bytes);
  if (!scan || scan.starts.length !== Math.ceil((columns * rows) / interval)) return undefined;
  const { entropy, length, starts } = scan;
  const planes = plan.planes.map((plane) => ({
    ...plane,
    data: new Float32Array(plane.stride * plane.rows),
    block: new Float64Array(plane.wide * plane.high),
  }));
  const before = new Int32Array(planes.length);
  const pixels = new Uint8ClampedArray(plan.channels * plan.width * plan.rowsOfUnit);
  const reader = { entropy, at: 0 };
  let unit = 0;

  /** Decodes the blocks of a component. */
  const decodeUnit = (number: number, column: number): boolean => {
    const { h, v, wide, high, stride, data, block, dc, ac, means } = planes[number]!;
    for (let down = 0; down < v; down++) {
      for (let right = 0; right < h; right++) {
        const first = decodeBlock(reader, dc, ac, means, block, before[number]!);
        if (first === undefined) return false;
        before[number] = first;
        let to = down * high * stride + (column * h + right) * wide;
        for (let y = 0, from = 0; y < high; y++, to += stride) {
          for (let x = 0; x < wide; x++, from++) data[to + x] = block[from]!;
        }
      }
    }
    return true;
  };

  return {
    decodeRow() {
      for (let column = 0; column < columns; column++, unit++) {
        if (unit % interval === 0) {
          const { from } = starts[unit / interval]!;
          if (!isAtEnd(reader.at, from)) return false;
          reader.at = 8 * from;
          before.fill(0);
        }
        for (let number = 0; number < planes.length; number++) {
          if (!decodeUnit(number, column)) return false;
        }
      }
      return true;
    },
    pixels(count) {
      const part = pixels.subarray(0, plan.channels * plan.width * count);
      toColors(planes, plan.width, part);
      return part;
    },
    isWhole: () => isAtEnd(reader.at, length),
  };
}

/** Whether only the bits are left that fill the last byte. */
function isAtEnd(bit: number, byte: number): boolean {
  return Math.ceil(bit / 8) === byte;
}
