import type { Matrix } from '@longhand/core';
import type { Reference } from '@longhand/core/explain';
import { matrix } from '@longhand/core/maths';
import { type Iteration, SHOWN_EXAMPLES } from '../../computations/cycle.js';
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
