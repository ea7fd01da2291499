// exp and log of four floats at a time. They are our own, so that they have the same bits
// everywhere.

/**
 * Constants, each four times, in memory. V8 would build each again wherever it is used, in three
 * instructions, and a loop of exp would spend more time on them than on its arithmetic.
 */
const CONSTANTS = memory.data<f32>([
  // Below this, e^x is less than half the smallest float: 0.
  -104, -104, -104, -104,
  // log₂ e.
  1.4426950408889634, 1.4426950408889634, 1.4426950408889634, 1.4426950408889634,
  // 1.5 · 2²³: a float of this size has no fraction bits, so adding it rounds. Its bits are then
  // subtracted as integers.
  12582912, 12582912, 12582912, 12582912,
  // ln 2 in two parts. The first has so few bits that n times it is exact for |n| < 2¹¹ (Cody and
  // Waite 1980).
  0.693359375, 0.693359375, 0.693359375, 0.693359375,
  -2.12194440054690583e-4, -2.12194440054690583e-4, -2.12194440054690583e-4, -2.12194440054690583e-4,
  // The polynomial for (e^r − 1 − r) / r² on |r| ≤ ln 2 / 2, highest power first.
  1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4,
  1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3,
  8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3,
  4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2,
  1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1,
  5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1,
  1, 1, 1, 1,
  // The polynomial for (log(1 + f) − f + f² / 2) / f³, highest power first.
  7.0376836292e-2, 7.0376836292e-2, 7.0376836292e-2, 7.0376836292e-2,
  -1.1514610310e-1, -1.1514610310e-1, -1.1514610310e-1, -1.1514610310e-1,
  1.1676998740e-1, 1.1676998740e-1, 1.1676998740e-1, 1.1676998740e-1,
  -1.2420140846e-1, -1.2420140846e-1, -1.2420140846e-1, -1.2420140846e-1,
  1.4249322787e-1, 1.4249322787e-1, 1.4249322787e-1, 1.4249322787e-1,
  -1.6668057665e-1, -1.6668057665e-1, -1.6668057665e-1, -1.6668057665e-1,
  2.0000714765e-1, 2.0000714765e-1, 2.0000714765e-1, 2.0000714765e-1,
  -2.4999993993e-1, -2.4999993993e-1, -2.4999993993e-1, -2.4999993993e-1,
  3.3333331174e-1, 3.3333331174e-1, 3.3333331174e-1, 3.3333331174e-1,
  0.5, 0.5, 0.5, 0.5,
], 16);

/** Constant k of the table. */
// @ts-ignore: decorator
@inline
function constant(k: usize): v128 {
  return v128.load(CONSTANTS + (k << 4));
}

/**
 * e^x for x ≤ 88, within 2 units in the last place, down to the smallest subnormal number; NaN
 * stays NaN.
 *
 * x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r by a polynomial of degree 6.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  x = lowered(x);
  const rounded = roundedPower(x);
  return scaledPower(remainder(x, rounded), rounded);
}

/** x, or the smallest number whose exponential is 0. pmax keeps a NaN in its first operand. */
// @ts-ignore: decorator
@inline
export function lowered(x: v128): v128 {
  return f32x4.pmax(x, constant(0));
}

/** x / ln 2 rounded to the integer n, which is in the lowest bits of the result. */
// @ts-ignore: decorator
@inline
export function roundedPower(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, constant(1)), constant(2));
}

/** r = x − n ln 2. */
// @ts-ignore: decorator
@inline
export function remainder(x: v128, rounded: v128): v128 {
  const n = f32x4.sub(rounded, constant(2));
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, constant(3))), f32x4.mul(n, constant(4)));
}

/** 2ⁿ e^r. */
// @ts-ignore: decorator
@inline
export function scaledPower(r: v128, rounded: v128): v128 {
  let p = constant(5);
  p = f32x4.add(f32x4.mul(p, r), constant(6));
  p = f32x4.add(f32x4.mul(p, r), constant(7));
  p = f32x4.add(f32x4.mul(p, r), constant(8));
  p = f32x4.add(f32x4.mul(p, r), constant(9));
  p = f32x4.add(f32x4.mul(p, r), constant(10));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), p), r), constant(11));
  // 2ⁿ as two factors, because 2⁻¹⁴⁹ is no normal float. Each is built from its exponent bits: those of
  // 1, plus its power times 2²³.
  const int16 = i32x4.sub(rounded, constant(2));
  const half = i32x4.shr_s(int16, 1);
  const a = i32x4.add(i32x4.shl(half, 23), constant(11));
  const b = i32x4.add(i32x4.shl(i32x4.sub(int16, half), 23), constant(11));
  return f32x4.mul(f32x4.mul(p, a), b);
}

/**
 * log x for a normal positive x, within 2 units in the last place; NaN stays NaN, ∞ stays ∞.
 *
 * x = 2ⁿ m with m in [√½, √2); log m by f = m − 1 and the polynomial of Cephes' logf (Moshier
 * 1989).
 */
export function log(x: v128): v128 {
  const sqrtHalf = i32x4.splat(0x3f3504f3);
  const shifted = i32x4.sub(x, sqrtHalf);
  const n = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), sqrtHalf);
  const f = f32x4.sub(m, constant(11));
  const f2 = f32x4.mul(f, f);
  let p = constant(12);
  p = f32x4.add(f32x4.mul(p, f), constant(13));
  p = f32x4.add(f32x4.mul(p, f), constant(14));
  p = f32x4.add(f32x4.mul(p, f), constant(15));
  p = f32x4.add(f32x4.mul(p, f), constant(16));
  p = f32x4.add(f32x4.mul(p, f), constant(17));
  p = f32x4.add(f32x4.mul(p, f), constant(18));
  p = f32x4.add(f32x4.mul(p, f), constant(19));
  p = f32x4.add(f32x4.mul(p, f), constant(20));
  let y = f32x4.mul(f32x4.mul(p, f), f2);
  y = f32x4.add(y, f32x4.mul(n, constant(4)));
  y = f32x4.sub(y, f32x4.mul(f2, constant(21)));
  y = f32x4.add(f32x4.add(f, y), f32x4.mul(n, constant(3)));
  // For NaN and ∞ the bits above mean nothing. x − x is NaN there, and 0 elsewhere; ∞ is restored.
  y = f32x4.add(y, f32x4.sub(x, x));
  return v128.bitselect(x, y, f32x4.eq(x, f32x4.splat(f32.MAX_VALUE * 2)));
}

/** e^x of `count` floats (a multiple of 4), for the tests. */
export function expAll(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, exp(v128.load(from + i)));
}

/** log x of `count` floats (a multiple of 4), for the tests. */
export function logAll(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count << 2; i += 16) v128.store(to + i, log(v128.load(from + i)));
}
