// Hidden layers in training where the way back cannot be read off A = g(Z) alone: g′(Z) is kept beside it. So it is for GELU, and
// wherever units drop out.
import { activated, RELU, slope } from './activation';

/** What a unit (or a pixel) and an example are multiplied by before their bits are mixed, as in maths/dropout.ts. */
export const UNIT_SALT = 0x9e3779b1;
export const EXAMPLE_SALT = 0x85ebca77;

/**
 * In place: A = g(Z) ⊙ D, and slopes = g′(Z) ⊙ D, for `rows` units from `firstRow` on of `cols` examples (a multiple of 4), rows `ld` bytes apart in both.
 * D is 0 where a unit drops out of an example, else `keep` = 1/(1 − p). It depends on `key`, unit and example alone (`first` is the
 * first of them), so that it is the same whichever thread asks: 32 bits mixed as by lowbias32 (Chris Wellons,
 * https://nullprogram.com/blog/2018/07/31/) are under `threshold`, p · 2³². Of ReLU no slopes are written: A tells.
 */
export function activateWithDropout(
  kind: i32,
  A: usize,
  derivatives: usize,
  ld: i32,
  firstRow: i32,
  rows: i32,
  cols: i32,
  key: i32,
  first: i32,
  threshold: i32,
  keep: f32,
): void {
  const scale = f32x4.splat(keep);
  const limit = i32x4.splat(threshold);
  const steps = i32x4.splat(4 * EXAMPLE_SALT);
  const salts = i32x4.mul(i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)), i32x4.splat(EXAMPLE_SALT));
  for (let i = 0; i < rows; i++) {
    const salt = i32x4.splat(key ^ ((firstRow + i) * UNIT_SALT));
    let example = salts;
    let at: usize = i * ld;
    const end = at + (cols << 2);
    if (kind == RELU) {
      do {
        const a = activated(RELU, v128.load(A + at));
        const kept = i32x4.ge_u(mix32(v128.xor(salt, example)), limit);
        v128.store(A + at, v128.and(kept, f32x4.mul(a, scale)));
        example = i32x4.add(example, steps);
        at += 16;
      } while (at < end);
    } else {
      do {
        const z = v128.load(A + at);
        const a = activated(kind, z);
        const kept = i32x4.ge_u(mix32(v128.xor(salt, example)), limit);
        v128.store(A + at, v128.and(kept, f32x4.mul(a, scale)));
        v128.store(derivatives + at, v128.and(kept, f32x4.mul(slope(kind, z, a), scale)));
        example = i32x4.add(example, steps);
        at += 16;
      } while (at < end);
    }
  }
}

/** In place: dZ = dA ⊙ g′(Z) ⊙ D, after `activateWithDropout`. */
export function activationBackwardWithDropout(
  kind: i32,
  A: usize,
  derivatives: usize,
  dA: usize,
  ld: i32,
  rows: i32,
  cols: i32,
  keep: f32,
): void {
  const scale = f32x4.splat(keep);
  for (let i = 0; i < rows; i++) {
    let at: usize = i * ld;
    const end = at + (cols << 2);
    do {
      const s =
        kind == RELU
          ? v128.and(scale, f32x4.gt(v128.load(A + at), f32x4.splat(0)))
          : v128.load(derivatives + at);
      v128.store(dA + at, f32x4.mul(v128.load(dA + at), s));
      at += 16;
    } while (at < end);
  }
}

/** 32 bits for each lane, as in random.ts. */
// @ts-ignore: decorator
@inline
export function mix32(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
