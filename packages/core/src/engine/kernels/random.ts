// Random numbers that depend on where they are used, as in random.ts and maths/dropout.ts.

/** The factors of a unit (or pixel) and of an example before their bits are mixed. */
export const UNIT_SALT = 0x9e3779b1;
export const EXAMPLE_SALT = 0x85ebca77;

/**
 * 32 random bits for each lane: lowbias32 (Chris Wellons,
 * https://nullprogram.com/blog/2018/07/31/).
 */
// @ts-ignore: decorator
@inline
export function mix32(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
