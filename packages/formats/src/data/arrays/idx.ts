import { DataError } from '@longhand/core';
import { exactly } from '../../source/exactly.js';
import { baseOf, type InputFile } from '../../source/input-file.js';
import { headOf } from '../../source/read-bytes.js';
import { type ArraySource, type ElementType, sizeOf } from './array-source.js';

/** The third byte of the magic number (http://yann.lecun.com/exdb/mnist). */
const TYPES: Readonly<Record<number, ElementType>> = {
  8: 'u1',
  9: 'i1',
  11: 'i2',
  12: 'i4',
  13: 'f4',
  14: 'f8',
};

/** Zeros, the type, and how many dimensions there are. */
const MAX_DIMENSIONS = 4;

/**
 * Reads the header of an IDX file.
 *
 * @throws DataError when it is cut short, or promises other than the file holds
 */
export async function idxSource(file: InputFile): Promise<ArraySource> {
  const head = await headOf(file, 4 + 4 * MAX_DIMENSIONS);
  const dimensions = head[3]!;
  const start = 4 + 4 * dimensions;
  if (head.length < start) {
    throw new DataError(
      `${file.path}: the header is cut short after ${head.length} bytes: fetch the file again`,
    );
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const shape = Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
  const type = TYPES[head[2]!]!;
  const elementSize = Number(type[1]);
  const length = elementSize * sizeOf(shape);
  const what = describe(shape);
  return {
    ...{ name: file.path, title: baseOf(file.path), path: file.path, shape, type, elementSize },
    ...{ isLittleEndian: false, isFortran: false },
    open: exactly(file, { start, length, what }),
  };
}

/** `60000 pictures of 28 × 28`. */
function describe(shape: readonly number[]): string {
  const [count, height, width] = shape;
  if (shape.length === 1) return `${count} labels`;
  return `${count} pictures of ${shape.length === 2 ? `${height} × 1` : `${width} × ${height}`}`;
}
