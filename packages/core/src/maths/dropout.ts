import { type Matrix, matrix } from './matrix.js';

/** Which hidden units drop out of which examples in one iteration. */
export interface Dropout {
  /** p, the share that drops out, in [0, 1). */
  readonly share: number;
  readonly seed: number;
  /** Updates before this pass, from 0. */
  readonly iteration: number;
}

/**
 * D (n×m) of layer l (from 1): 0 where the unit drops out of the example, else 1/(1 − p), so that the expected sum of what is left
 * is the sum of all (Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html, inverted). A number depends on seed,
 * iteration, layer, unit and the example's place in its batch alone, not on how the work is shared out: 32 bits, mixed
 * as by lowbias32 (Chris Wellons, https://nullprogram.com/blog/2018/07/31/), are under p · 2³² or not.
 *
 * @param first place of the first column in its batch
 */
export function dropoutMask(dropout: Dropout, l: number, units: number, m: number, first = 0): Matrix {
  const key = dropoutKey(dropout, l);
  const threshold = dropoutThreshold(dropout.share);
  const keep = 1 / (1 - dropout.share);
  const D = matrix(units, m);
  for (let i = 0; i < units; i++) {
    const salt = key ^ Math.imul(i, 0x9e3779b1);
    for (let j = 0; j < m; j++) {
      const bits = mix(salt ^ Math.imul(first + j, 0x85ebca77));
      D.data[i * m + j] = bits < threshold ? 0 : keep;
    }
  }
  return D;
}

/** One of 2³² for a seed, an iteration and a layer. */
export function dropoutKey({ seed, iteration }: Pick<Dropout, 'seed' | 'iteration'>, l: number): number {
  const low = mix(seed >>> 0);
  const high = mix(Math.floor(seed / 0x100000000) ^ low);
  return mix(mix(high ^ iteration) ^ l);
}

/** p as a share of all 32-bit integers. */
export function dropoutThreshold(share: number): number {
  return Math.round(share * 0x100000000);
}

function mix(x: number): number {
  let bits = x ^ (x >>> 16);
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
