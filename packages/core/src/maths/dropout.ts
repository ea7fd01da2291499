import { dropoutThreshold, hashSeed, mix32 } from '../random.js';
import { type Matrix, matrix } from './matrix.js';

/** Which units drop out of which examples in one iteration. */
export interface Dropout {
  /** p, the share that drops out, in [0, 1). */
  readonly share: number;
  readonly seed: number;
  /** Updates before this pass, from 0. */
  readonly iteration: number;
}

/**
 * D (n×m) of layer l (from 0, the inputs): 0 where the unit drops out of the example, else 1/(1 − p), so that the expected sum of what is left
 * is the sum of all (Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html, inverted). A number depends on seed,
 * iteration, layer, unit and the example's place in its batch alone, not on how the work is shared out: 32 bits of `mix32` are
 * under p · 2³² or not.
 *
 * @param first place of the first column in its batch
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
