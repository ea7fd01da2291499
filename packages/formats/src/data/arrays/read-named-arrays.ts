import { DataError } from '@longhand/core/errors';
import { baseOf, type InputFile } from '../../source/input-file.js';
import { filesOfZip } from '../../source/zip.js';
import { elementsOf, sizeOf } from './array-source.js';
import { npySource } from './npy.js';

/** An array of numbers in the order of C: the last index grows fastest. */
export interface NumberArray {
  /** The lengths of its dimensions, the first one first; empty for a single number. */
  readonly shape: readonly number[];
  /** All its numbers, the last index changing first. */
  readonly values: Float64Array;
}

/** More than a learner's program needs for all examples of MNIST would be a mistake. */
const MAX_ELEMENTS = 64e6;

/**
 * The arrays of an npz file by their names, of any type of number and in either order.
 *
 * @throws DataError when it is damaged, or an array holds no numbers
 */
export async function readNamedArrays(file: InputFile): Promise<ReadonlyMap<string, NumberArray>> {
  const arrays = new Map<string, NumberArray>();
  let all = 0;
  for (const entry of await filesOfZip(file)) {
    if (!/\.npy$/i.test(entry.path)) continue;
    const source = await npySource(entry);
    all += sizeOf(source.shape);
    if (all > MAX_ELEMENTS) throw new DataError(`${file.path}: more than 64 million numbers: expected fewer`);
    const values = new Float64Array(sizeOf(source.shape));
    let filled = 0;
    for await (const part of elementsOf(source)) {
      values.set(part, filled);
      filled += part.length;
    }
    const { shape } = source;
    arrays.set(baseOf(source.title), {
      shape,
      values: source.isFortran ? inOrderOfC(values, shape) : values,
    });
  }
  return arrays;
}

/** From the order of Fortran, in which the first index grows fastest. */
function inOrderOfC(values: Float64Array, shape: readonly number[]): Float64Array {
  const ordered = new Float64Array(values.length);
  const index = shape.map(() => 0);
  for (const value of values) {
    ordered[index.reduce((at, i, d) => at * shape[d]! + i, 0)] = value;
    for (let d = 0; d < shape.length; d++) {
      index[d]!++;
      if (index[d]! < shape[d]!) break;
      index[d] = 0;
    }
  }
  return ordered;
}
