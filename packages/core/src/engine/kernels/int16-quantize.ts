// Quantizes W¹ and dZ¹: each unit has a scale, and its largest number becomes the largest int16.
import { ROWS } from './int16-blocks';

/**
 * Quantizes rows of 12 floats, in pairs, to integers from −max to max. The rounding error of each
 * weight is added to the weight of the next pixel (error diffusion). Neighboring pixels have
 * similar values, so the errors nearly cancel in the sums. No weight is off by more than one step.
 * Where a weight is not finite, neither is its scale.
 */
export function quantizeRows(W: usize, pairs: i32, max: f32, out: usize, scales: usize): void {
  // Three vectors at a time, because each is one chain from the first pixel to the last.
  let largest0 = i32x4.splat(0);
  let largest1 = i32x4.splat(0);
  let largest2 = i32x4.splat(0);
  const end = W + 2 * ROWS * pairs;
  let row = W;
  do {
    largest0 = largerBits(largest0, row);
    largest1 = largerBits(largest1, row + 16);
    largest2 = largerBits(largest2, row + 32);
    row += ROWS;
  } while (row < end);
  const inverse0 = inverseScale(largest0, max, scales);
  const inverse1 = inverseScale(largest1, max, scales + 16);
  const inverse2 = inverseScale(largest2, max, scales + 32);
  let left0 = f32x4.splat(0);
  let left1 = f32x4.splat(0);
  let left2 = f32x4.splat(0);
  do {
    left0 = roundTwo(W, inverse0, left0, out);
    left1 = roundTwo(W + 16, inverse1, left1, out + 16);
    left2 = roundTwo(W + 32, inverse2, left2, out + 32);
    W += 2 * ROWS;
    out += ROWS;
  } while (W < end);
}

/**
 * The larger absolute values, compared as integers. Bits of positive floats have the same order as
 * the floats, NaN is above all, and it takes one instruction where floats take seven.
 */
// @ts-ignore: decorator
@inline
function largerBits(largest: v128, at: usize): v128 {
  return i32x4.max_s(largest, f32x4.abs(v128.load(at)));
}

/** Writes the scales of four units. Returns their inverse, or 0 where all numbers are 0. */
// @ts-ignore: decorator
@inline
function inverseScale(largest: v128, max: f32, scales: usize): v128 {
  v128.store(scales, f32x4.div(largest, f32x4.splat(max)));
  return v128.and(f32x4.div(f32x4.splat(max), largest), i32x4.ne(largest, i32x4.splat(0)));
}

/**
 * Quantizes four units' weights of two pixels, with the error of the pixel before. Returns the
 * error of the second.
 */
// @ts-ignore: decorator
@inline
function roundTwo(W: usize, inverse: v128, error: v128, out: usize): v128 {
  const first = f32x4.add(f32x4.mul(v128.load(W), inverse), error);
  const rounded1 = f32x4.nearest(first);
  const second = f32x4.add(f32x4.mul(v128.load(W, ROWS), inverse), f32x4.sub(first, rounded1));
  const rounded2 = f32x4.nearest(second);
  const both = i16x8.narrow_i32x4_s(toIntegers(rounded1), toIntegers(rounded2));
  v128.store(out, v128.shuffle<i16>(both, both, 0, 4, 1, 5, 2, 6, 3, 7));
  return f32x4.sub(second, rounded2);
}

/**
 * Quantizes 12 rows of `cols` examples (a multiple of 8), rows `ld` bytes apart: two examples by
 * two, each number by itself.
 */
export function quantizeColumns(dZ: usize, ld: i32, cols: i32, max: f32, out: usize, scales: usize): void {
  const bytes = cols << 2;
  for (let at = 0; at < ROWS; at += 16) {
    const rows = dZ + (at >> 2) * ld;
    const inverse0 = inverseScaleOfRow(rows, bytes, max, scales + at);
    const inverse1 = inverseScaleOfRow(rows + ld, bytes, max, scales + at + 4);
    const inverse2 = inverseScaleOfRow(rows + 2 * ld, bytes, max, scales + at + 8);
    const inverse3 = inverseScaleOfRow(rows + 3 * ld, bytes, max, scales + at + 12);
    let to = out + at;
    for (let j = 0; j < bytes; j += 32) {
      // A lane of 32 bits holds a unit's numbers of two examples.
      const u0 = eight(rows + j, inverse0);
      const u1 = eight(rows + ld + j, inverse1);
      const u2 = eight(rows + 2 * ld + j, inverse2);
      const u3 = eight(rows + 3 * ld + j, inverse3);
      const p0 = v128.shuffle<i32>(u0, u1, 0, 4, 1, 5);
      const p1 = v128.shuffle<i32>(u0, u1, 2, 6, 3, 7);
      const p2 = v128.shuffle<i32>(u2, u3, 0, 4, 1, 5);
      const p3 = v128.shuffle<i32>(u2, u3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i64>(p0, p2, 0, 2));
      v128.store(to, v128.shuffle<i64>(p0, p2, 1, 3), ROWS);
      v128.store(to, v128.shuffle<i64>(p1, p3, 0, 2), 2 * ROWS);
      v128.store(to, v128.shuffle<i64>(p1, p3, 1, 3), 3 * ROWS);
      to += 4 * ROWS;
    }
  }
}

/** Writes the scale of a row. Returns its inverse. */
function inverseScaleOfRow(row: usize, bytes: i32, max: f32, scale: usize): v128 {
  let largest = i32x4.splat(0);
  for (let j = 0; j < bytes; j += 16) largest = largerBits(largest, row + j);
  largest = i32x4.max_s(largest, v128.shuffle<i32>(largest, largest, 2, 3, 0, 1));
  largest = i32x4.max_s(largest, v128.shuffle<i32>(largest, largest, 1, 0, 3, 2));
  store<f32>(scale, f32x4.extract_lane(largest, 0) / max);
  return f32x4.div(f32x4.splat(max), largest);
}

/** Added to a small number, it leaves the nearest integer in the last bits of the sum. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS: i32 = 0x4b400000;

/**
 * Eight numbers, rounded. If all numbers of the row are 0, the inverse scale is infinite and the
 * result undefined; it does not matter, because the scale is 0.
 */
// @ts-ignore: decorator
@inline
function eight(at: usize, inverse: v128): v128 {
  return i16x8.narrow_i32x4_s(rounded(v128.load(at), inverse), rounded(v128.load(at, 16), inverse));
}

// @ts-ignore: decorator
@inline
function rounded(values: v128, inverse: v128): v128 {
  return toIntegers(f32x4.mul(values, inverse));
}

/** The nearest integers, in two instructions. A conversion that handles NaN takes six. */
// @ts-ignore: decorator
@inline
function toIntegers(values: v128): v128 {
  return i32x4.sub(f32x4.add(values, f32x4.splat(ROUNDER)), i32x4.splat(ROUNDER_BITS));
}
