import { type Matrix, matrix } from '../maths/matrix.js';

/** An array of any number of dimensions, in the order of C: the last index grows fastest. */
export interface NumberArray {
  /** No size for a single number. */
  readonly shape: readonly number[];
  /** As many as the sizes multiplied. */
  readonly values: Float64Array;
}

/** The array as a matrix: a number is 1 × 1, a vector a column. `undefined` for three dimensions or more. */
export function matrixOf({ shape, values }: NumberArray): Matrix | undefined {
  // A size of 1 says nothing: keepdims leaves them.
  const sizes = shape.length > 2 ? shape.filter((size) => size !== 1) : shape;
  if (sizes.length > 2) return undefined;
  return matrix(sizes[0] ?? 1, sizes[1] ?? 1, values);
}

/** The shape as Python writes it: `(10, 12)`. */
export function shapeInWords({ shape }: Pick<NumberArray, 'shape'>): string {
  if (shape.length === 0) return 'a single number';
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/**
 * The array of a value in JSON: a number, or lists of numbers, as deep as they are. The names that JavaScript and
 * Python write for what JSON has not, `"NaN"` and `null`, are no numbers.
 *
 * @returns what is wrong with it, as the end of a sentence, if it is no array of numbers
 */
export function arrayOfJson(value: unknown): NumberArray | string {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part); part = part[0]) {
    shape.push(part.length);
    if (shape.length > 8) return 'has more than 8 dimensions';
  }
  const values: number[] = [];
  const problem = collect(value, shape, values);
  return problem ?? { shape, values: Float64Array.from(values) };
}

function collect(value: unknown, shape: readonly number[], values: number[]): string | undefined {
  const [size, ...inner] = shape;
  if (size === undefined) {
    if (value === null) values.push(Number.NaN);
    else if (typeof value === 'number') values.push(value);
    else if (Array.isArray(value)) return 'has lists of different lengths';
    else
      return `holds ${typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'a text' : `a ${typeof value}`} where a number is expected`;
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== size) return 'has lists of different lengths';
  for (const part of value) {
    const problem = collect(part, inner, values);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
