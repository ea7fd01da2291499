import { ModelError } from '@longhand/core';
import type { Tensor } from '@longhand/core/files';

/**
 * The tensors W1, b1, W2 … of a list of all parameters.
 *
 * @param metadata our record: its layers say how long each tensor is
 * @throws ModelError when the list has another length
 */
export function tensorsOfList(
  values: Float32Array,
  metadata: Readonly<Record<string, string>>,
  name: string,
): Map<string, Tensor> {
  const sizes = sizesOf(metadata.layers);
  if (!sizes) throw new ModelError(`${name}: its record says no layers`);
  const expected = sizes.slice(1).reduce((sum, units, l) => sum + units * (sizes[l]! + 1), 0);
  if (values.length !== expected)
    throw new ModelError(
      `${name}: expected ${expected} parameters for layers [${sizes}], found ${values.length}`,
    );
  const tensors = new Map<string, Tensor>();
  let at = 0;
  for (const [l, units] of sizes.slice(1).entries()) {
    for (const [letter, shape] of [
      ['W', [units, sizes[l]!]],
      ['b', [units]],
    ] as const) {
      const count = shape.reduce((product, size) => product * size, 1);
      tensors.set(`${letter}${l + 1}`, { shape, values: values.subarray(at, at + count) });
      at += count;
    }
  }
  return tensors;
}

function sizesOf(text: string | undefined): number[] | undefined {
  try {
    const sizes: unknown = JSON.parse(text ?? '');
    const areSizes =
      Array.isArray(sizes) &&
      sizes.length >= 2 &&
      sizes.every((size) => Number.isSafeInteger(size) && size > 0);
    return areSizes ? sizes : undefined;
  } catch {
    return undefined;
  }
}
