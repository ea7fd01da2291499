import { dropoutThreshold, hashSeed, mix32 } from '../random.js';
import { type Matrix, matrix } from './matrix.js';

/** What decides which units drop out in which examples of one iteration. */
export interface Dropout {
  /** p, the fraction of units that drop out, in [0, 1). */
  readonly share: number;
  /** The seed of the random numbers. */
  readonly seed: number;
  /** How many updates came before, from 0. */
  readonly iteration: number;
}

/**
 * The dropout mask D (n×m) of layer l (0: the inputs): 0 where a unit drops out in an example, 1/(1
 * − p) elsewhere. So the expected value of D ⊙ A is A (Srivastava et al. 2014,
 * https://jmlr.org/papers/v15/srivastava14a.html, "inverted" dropout).
 *
 * An entry is 0 if 32 bits of `mix32` are below p · 2³². They depend only on seed, iteration,
 * layer, unit and the example's position in its batch, so every thread gets the same mask.
 *
 * @param first position in the batch of the first column
 */
export function dropoutMask(dropout: Dropout, l: number, units: number, m: number, first = 0): Matrix {
  const key = hashSeed(dropout, l);
  const threshold = dropoutThreshold(dropout.share);
  const keep = 1 / (1 - dropout.share);
  const D = matrix(units, m);
  for (let i = 0; i < units; i++) {
    const salt = key ^ Math.imul(i, 0x9e3779b1);
    for (let j = 0; j < m; j++) {
      const bits = mix32(salt ^ Math.imul(first + j, 0x85ebca77));
      D.data[i * m + j] = bits < threshold ? 0 : keep;
    }
  }
  return D;
}
