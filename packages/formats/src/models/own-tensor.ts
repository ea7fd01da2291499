import { ModelError } from '@longhand/core';
import type { Tensor } from '@longhand/core/files';

/**
 * A tensor of our own model, from a file of another format.
 *
 * @param key its name in the file
 * @throws ModelError when the file has more or fewer numbers than the shape says
 */
export function ownTensor(
  key: string,
  shape: readonly number[],
  values: ArrayLike<number>,
  file: string,
): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length !== count)
    throw new ModelError(`${file}: tensor ${key} has ${values.length} numbers: expected ${count}`);
  return { shape, values: Float32Array.from(values) };
}
