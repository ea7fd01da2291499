import type { Matrix } from '../maths/matrix.js';
import { createNetwork } from '../maths/network.js';
import type { Exercise } from './given.js';

/**
 * An exercise on some examples: the board's network before training. The last hidden unit has no weight where
 * the first example has ink, and no bias, so that its sum is exactly 0 there: only so it is seen what
 * ReLU′(0) is.
 *
 * @param data X (n₀ × m) and one-hot labels Y (n₂ × m)
 */
export function createExercise(
  { X, Y }: { readonly X: Matrix; readonly Y: Matrix },
  { seed = 1, hidden = 10, alpha = 0.1 }: { seed?: number; hidden?: number; alpha?: number } = {},
): Exercise {
  const { layers } = createNetwork({ layers: [X.rows, hidden, Y.rows], seed });
  const [{ W: W1, b: b1 }, { W: W2, b: b2 }] = layers as [(typeof layers)[0], (typeof layers)[0]];
  const last = hidden - 1;
  for (let k = 0; k < X.rows; k++) if (X.data[k * X.cols] !== 0) W1.data[last * X.rows + k] = 0;
  b1.data[last] = 0;
  return { W1, b1, W2, b2, X, Y, alpha };
}
