import type { Matrix } from '@longhand/core';
import type { Reference } from '@longhand/core/explain';
import { matrix } from '@longhand/core/maths';
import { type Iteration, MAX_ON_PAGE, SHOWN_EXAMPLES } from '../../computations/cycle.js';
import { type Hue, largest } from '../../theme/colors.js';
import { choices } from './choices.js';
import type { Name } from './steps.js';

/** The matrix of a quantity: of `dW` in layer 2, the 10 × 10 gradients. */
export function valuesOf(
  { network, X, Y, computed, gradients }: Iteration,
  { quantity, layer }: Name,
): Matrix {
  switch (quantity) {
    case 'X':
      return X;
    case 'Y':
      return Y;
    case 'Z':
      return computed.Z[layer - 1]!;
    case 'A':
      return layer === 0 ? X : computed.A[layer]!;
    case 'W':
    case 'b':
      return network.layers[layer - 1]![quantity];
    case 'J':
      return matrix(1, 1);
    default:
      return gradients[layer - 1]![quantity];
  }
}

/** The entry with the largest absolute value, of those that the board draws. */
export function largestOf(iteration: Iteration, { quantity, layer }: Name): Reference {
  const { rows, cols, data } = valuesOf(iteration, { quantity, layer });
  const drawn = cols === iteration.m ? Math.min(cols, SHOWN_EXAMPLES) : cols;
  let [at, most] = [0, -1];
  for (let row = 0; row < rows; row++) {
    for (let k = row * cols; k < row * cols + drawn; k++) {
      const size = Math.abs(data[k]!);
      if (size > most) [at, most] = [k, size];
    }
  }
  return { quantity, layer, row: Math.floor(at / cols), column: at % cols };
}

/** The first example that is drawn: of very many, the chosen digit if it is one of them. */
export function firstExample({ m }: Iteration): number {
  const { digit } = choices.value;
  return m > MAX_ON_PAGE && digit.set === 'train' ? Math.min(digit.index, m - 1) : 0;
}

/** What a quantity is drawn as. */
export function hueOf({ quantity, layer }: Name): Hue {
  if (quantity === 'X' || quantity === 'Y' || (quantity === 'A' && layer === 0)) return 'ink';
  return quantity.startsWith('d') ? 'gradient' : 'value';
}

/** The number that full color stands for in a quantity's picture. */
export function scaleOf(iteration: Iteration, name: Name): number {
  // Of very many examples, finding the largest entry of the data would take long; it is 1.
  if (hueOf(name) === 'ink' && iteration.m > MAX_ON_PAGE) return 1;
  if (hueOf(name) === 'gradient' && choices.value.isOneScale) return gradientScale(iteration);
  return remember(scales, valuesOf(iteration, name).data, largest);
}

/** The largest of all gradients. */
export function gradientScale(iteration: Iteration): number {
  return remember(gradientScales, iteration, ({ gradients }) =>
    largest(gradients.flatMap(({ dZ, dW, db }) => [dZ, dW, db].map(({ data }) => largest(data)))),
  );
}

const scales = new WeakMap<Float64Array, number>();
const gradientScales = new WeakMap<Iteration, number>();

function remember<Key extends object>(
  known: WeakMap<Key, number>,
  key: Key,
  find: (key: Key) => number,
): number {
  let found = known.get(key);
  if (found === undefined) {
    found = find(key);
    known.set(key, found);
  }
  return found;
}
