// Keeps the quantization from opening or closing a ReLU.
import { GROUP, INDICES_AT, ROWS } from './int16-blocks';

/**
 * Recomputes in floats the sums that are so near the threshold of a ReLU that quantization may have
 * put them on the other side. Elsewhere a rounding error changes a value a little; at the threshold
 * it changes the gradient.
 *
 * @param sums of `count` examples, 12 floats each
 * @param rows of the pairs of examples
 * @param factor of the sums, to which b is added
 * @param reach the largest error of a value, in scales
 */
export function recomputeNearThreshold(
  sums: usize,
  count: i32,
  rows: usize,
  W: usize,
  scales: usize,
  factor: f32,
  reach: f32,
  b: usize,
): void {
  const factors = f32x4.splat(factor);
  const far = f32x4.splat(reach);
  const zone0 = f32x4.mul(v128.load(scales), far);
  const zone1 = f32x4.mul(v128.load(scales, 16), far);
  const zone2 = f32x4.mul(v128.load(scales, 32), far);
  const b0 = v128.load(b);
  const b1 = v128.load(b, 16);
  const b2 = v128.load(b, 32);
  for (let i = 0; i < count; i++) {
    const near0 = isNear(sums, factors, b0, zone0);
    const near1 = isNear(sums + 16, factors, b1, zone1);
    const near2 = isNear(sums + 32, factors, b2, zone2);
    if (v128.any_true(v128.or(v128.or(near0, near1), near2))) {
      let near = i32x4.bitmask(near0) | (i32x4.bitmask(near1) << 4) | (i32x4.bitmask(near2) << 8);
      for (; near; near &= near - 1) {
        const unit = ctz(near) << 2;
        store<f32>(sums + unit, sumInFloats(rows + ((i >> 1) << 3), (i & 1) << 1, W + unit));
      }
    }
    sums += ROWS;
  }
}

// @ts-ignore: decorator
@inline
function isNear(sums: usize, factor: v128, bias: v128, zone: v128): v128 {
  return f32x4.lt(f32x4.abs(f32x4.add(f32x4.mul(v128.load(sums), factor), bias)), zone);
}

/**
 * Σ byte · weight of one unit for one example of a pair. The unit's weights are a column of floats;
 * the example's bytes are `half` further in a block.
 */
function sumInFloats(row: usize, half: i32, column: usize): f32 {
  let first: f32 = 0;
  let second: f32 = 0;
  for (let group = <usize>load<u32>(row), end = <usize>load<u32>(row, 4); group < end; group += GROUP) {
    for (let k = 0; k < 2; k++) {
      // Rows of floats are twice as far apart as rows of int16 numbers.
      const w = column + (<usize>load<u16>(group + (k << 1), INDICES_AT) << 1);
      const bytes = group + (k << 2) + half;
      first += <f32>load<u8>(bytes) * load<f32>(w);
      second += <f32>load<u8>(bytes, 1) * load<f32>(w, ROWS);
    }
  }
  return first + second;
}
