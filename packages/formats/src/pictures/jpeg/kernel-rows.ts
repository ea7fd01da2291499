import { type Room, roomIn } from './kernel-room.js';
import type { Plan, Plane, RowDecoder } from './planes.js';
import type { JpegKernels } from './start-kernels.js';

/** Bytes of the file that are copied at once. */
const PIECE = 32_768;
/** Vectors and codes that break off reach so far beyond their last byte. */
const SPARE = 512;
const FLOAT = 4;
/** For the means of a block, and its coefficients. */
const BLOCK = 8 * 16 + 16 * 65;

/** Decodes with kernels in WebAssembly: the same bits as `plainRows`, with a few rows in memory. */
export function kernelRows(plan: Plan, kernels: JpegKernels): RowDecoder {
  const { planes, columns, width, channels, bytes } = plan;
  const count = planes.length;
  const room = roomIn(kernels.memory);
  const { take } = room;
  const piece = take(PIECE + SPARE);
  const stored = take(PIECE + SPARE) + PIECE + SPARE - 1;
  const block = take(BLOCK);
  const out = take(channels * width * plan.rowsOfUnit);
  const components = room.put(
    Int32Array.from(
      planes.flatMap((plane) => componentOf(plane, room, take(FLOAT * plane.stride * plane.rows))),
    ),
  );
  kernels.begin(components, count, block, plan.interval, stored, PIECE);
  const memory = new Uint8Array(kernels.memory.buffer);
  let given = 0;

  /** Gives the next bytes of the file. Returns whether there are any: the scan ends with a marker of two. */
  const give = (): boolean => {
    given -= kernels.unread();
    const next = bytes.subarray(given, given + PIECE);
    memory.set(next, piece);
    kernels.give(piece, next.length);
    given += next.length;
    return next.length > 1;
  };

  return {
    decodeRow() {
      for (let column = 0; ; ) {
        column = kernels.decodeUnits(column, columns);
        if (column === columns) return true;
        if (column < 0 || !give()) return false;
      }
    },
    pixels(rows) {
      kernels.toColors(components, count, width, rows, out);
      return memory.subarray(out, out + channels * width * rows);
    },
    isWhole() {
      give();
      return kernels.isWhole() !== 0;
    },
  };
}

/** A component as the kernels read it: sixteen integers. */
function componentOf(plane: Plane, { put, putTogether }: Room, data: number): number[] {
  const { h, v, wide, high, stride, across, down, means, dc, ac } = plane;
  const [first, others] = [dc, ac].map(({ ahead, limits, offsets, values }) =>
    putTogether([ahead, limits, offsets, values]),
  ) as [number, number];
  const [weights, counts] = [put(means.weights), put(means.counts)];
  return [h, v, wide, high, stride, first, others, weights, counts, data, across, down, 0, 0, 0, 0];
}
