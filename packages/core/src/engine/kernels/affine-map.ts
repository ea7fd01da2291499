// Draws the affine maps of augmentation, with the same bits as data/augmentation/affine-map.ts.
import { EXAMPLE_SALT, mix32, UNIT_SALT } from './random';

/** Bytes of a sample: the index of its picture, then the eight numbers of its affine map. */
export const SAMPLE_BYTES = 36;

/** The units of a pixel in which positions are counted. */
const UNIT: f64 = 4096;

/**
 * Draws the affine maps of `count` examples, from place `place` of their batch on.
 *
 * @param key of a seed and an iteration
 * @param size of the displacement field
 * @param room space for ten 64-bit floats
 * @param out eight 32-bit integers an example, `SAMPLE_BYTES` apart
 */
export function sampleAffineMaps(
  key: i32,
  place: i32,
  count: i32,
  shift: f64,
  rotate: f64,
  scale: f64,
  shear: f64,
  width: i32,
  height: i32,
  size: i32,
  room: usize,
  out: usize,
): void {
  for (const end = place + count; place < end; place++) {
    for (let n = 0; n < 10; n++) {
      const bits = mix32(i32x4.splat(key ^ (place * EXAMPLE_SALT) ^ ((n + 1) * UNIT_SALT)));
      store<f64>(room + (n << 3), <f64>(<u32>i32x4.extract_lane(bits, 0)) / 4294967296);
    }
    const angle = (within(rotate, room) * Math.PI) / 180;
    let sine: f64 = 0;
    let cosine: f64 = 1;
    let term: f64 = 1;
    for (let n: f64 = 1; abs(term) > 1e-9; n += 2) {
      term *= angle / n;
      sine += term;
      term *= -angle / (n + 1);
      cosine += term;
    }
    const growX = 1 + within(scale, room + 8);
    const growY = 1 + within(scale, room + 16);
    const slant = within(shear, room + 24);
    const a = nearest(UNIT * (cosine / growX));
    const b = nearest(UNIT * ((cosine * slant + sine) / growY));
    const c = nearest(UNIT * (-sine / growX));
    const d = nearest(UNIT * ((cosine - sine * slant) / growY));
    store<i32>(out, <i32><i64>a);
    store<i32>(out, <i32><i64>b, 4);
    store<i32>(out, <i32><i64>c, 8);
    store<i32>(out, <i32><i64>d, 12);
    const x = <f64>(width - 1) / 2;
    const y = <f64>(height - 1) / 2;
    store<i32>(out, <i32><i64>(nearest(UNIT * (x + within(shift, room + 32))) - nearest(a * x + b * y)), 16);
    store<i32>(out, <i32><i64>(nearest(UNIT * (y + within(shift, room + 40))) - nearest(c * x + d * y)), 20);
    for (let k: usize = 0; k < 16; k += 8) {
      const row = <i32>(load<f64>(room + (k << 1), 48) * <f64>(size - height));
      const col = <i32>(load<f64>(room + (k << 1), 56) * <f64>(size - width));
      store<i32>(out + (k >> 1), row * size + col, 24);
    }
    out += SAMPLE_BYTES;
  }
}

// @ts-ignore: decorator
@inline
function within(strength: f64, drawn: usize): f64 {
  return strength * (2 * load<f64>(drawn) - 1);
}

// @ts-ignore: decorator
@inline
function nearest(value: f64): f64 {
  return floor(value + 0.5);
}
