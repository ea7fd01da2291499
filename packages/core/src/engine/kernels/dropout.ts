// Activations of hidden layers in training, where the backward pass cannot compute g′(Z) from A =
// g(Z) alone: with dropout, and for activations whose derivative does not follow from the output.
// g′(Z) is stored beside A.
import { activated, RELU, slope } from './activation';
import { EXAMPLE_SALT, mix32, UNIT_SALT } from './random';

/**
 * In place: A = g(Z) ⊙ D, and derivatives = g′(Z) ⊙ D, for `rows` units from `firstRow` on and
 * `cols` examples (a multiple of 4) from `first` on, rows `ld` bytes apart in both.
 *
 * D is the dropout mask: 0 where a unit is dropped, else `keep` = 1 / (1 − p). It depends on `key`,
 * the unit and the example only, so it is the same in any thread: a unit is dropped where its 32
 * random bits are below `threshold`, p · 2³². With ReLU no derivatives are written, because A shows
 * them.
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
