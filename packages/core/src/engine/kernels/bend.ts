// Hidden layers in training where the way back cannot be read off A = g(Z) alone: g′(Z) is kept beside it. So it is for GELU, and
// wherever units drop out.
import { activated, slope } from './activation';

/**
 * In place: A = g(Z) ⊙ D, and slopes = g′(Z) ⊙ D, for `rows` units of `cols` examples (a multiple of 4), rows `ld` bytes apart in both.
 * D is 0 where a unit drops out of an example, else `keep` = 1/(1 − p). It depends on `key`, unit and example alone (`first` is the
 * first of them), so that it is the same whichever thread asks: 32 bits mixed as by lowbias32 (Chris Wellons,
 * https://nullprogram.com/blog/2018/07/31/) are under `threshold`, p · 2³².
 */
export function bend(
  kind: i32,
  A: usize,
  slopes: usize,
  ld: i32,
  rows: i32,
  cols: i32,
  key: i32,
  first: i32,
  threshold: i32,
  keep: f32,
): void {
  const scale = f32x4.splat(keep);
  const limit = i32x4.splat(threshold);
  const steps = i32x4.splat(4);
  for (let i = 0; i < rows; i++) {
    const salt = i32x4.splat(key ^ (i * 0x9e3779b1));
    let example = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
    const at = i * ld;
    for (let j = 0; j < cols << 2; j += 16) {
      const z = v128.load(A + at + j);
      let a = activated(kind, z);
      let s = slope(kind, z, a);
      if (threshold != 0) {
        const kept = i32x4.ge_u(mixed(v128.xor(salt, i32x4.mul(example, i32x4.splat(0x85ebca77)))), limit);
        a = v128.and(kept, f32x4.mul(a, scale));
        s = v128.and(kept, f32x4.mul(s, scale));
      }
      v128.store(A + at + j, a);
      v128.store(slopes + at + j, s);
      example = i32x4.add(example, steps);
    }
  }
}

/** In place: dZ = dA ⊙ slopes. */
export function pullBackBy(slopes: usize, dA: usize, ld: i32, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; i++) {
    const at = i * ld;
    for (let j = 0; j < cols << 2; j += 16) {
      v128.store(dA + at + j, f32x4.mul(v128.load(dA + at + j), v128.load(slopes + at + j)));
    }
  }
}

// @ts-ignore: decorator
@inline
function mixed(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
