// Sums over rows of 2 × 2 blocks (int16-blocks.ts).
import { GROUP, INDICES_AT, ROWS } from './int16-blocks';

/**
 * For each row of blocks two rows of 12 floats, of which 10 count: out (+)= scales ⊙ Σ bytes ·
 * int16 numbers over the row.
 *
 * @param rows begin and end of each, 32-bit addresses
 * @param M the int16 numbers
 * @param scales what 1 stands for in each unit; 12 floats
 */
export function gatherBlocks2x2(rows: usize, count: i32, M: usize, scales: usize, out: usize, accumulate: bool): void {
  const kept = i32x4.splat(accumulate ? -1 : 0);
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(rows);
    const end = <usize>load<u32>(rows, 4);
    rows += 8;
    if (group == end) {
      if (!accumulate) clear(out);
      out += 2 * ROWS;
      continue;
    }
    let a0 = i32x4.splat(0);
    let a1 = i32x4.splat(0);
    let a2 = i32x4.splat(0);
    let b0 = i32x4.splat(0);
    let b1 = i32x4.splat(0);
    let b2 = i32x4.splat(0);
    while (group < end) {
      const bytes = v128.load_ext<u8>(group);
      const r0 = M + <usize>load<u16>(group, INDICES_AT);
      const x0 = v128.shuffle<i32>(bytes, bytes, 0, 0, 0, 0);
      const y0 = v128.shuffle<i32>(bytes, bytes, 1, 1, 1, 1);
      let w0 = v128.load(r0);
      let w1 = v128.load(r0, 16);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(w0, x0));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(w1, x0));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(w0, y0));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(w1, y0));
      // Never true: it ends a basic block (gather.ts).
      if (group == 0) break;
      const r1 = M + <usize>load<u16>(group, INDICES_AT + 2);
      const x1 = v128.shuffle<i32>(bytes, bytes, 2, 2, 2, 2);
      const y1 = v128.shuffle<i32>(bytes, bytes, 3, 3, 3, 3);
      w0 = v128.load(r1);
      w1 = v128.load(r1, 16);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(w0, x1));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(w1, x1));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(w0, y1));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(w1, y1));
      // The last two units of both blocks share a vector.
      const w2 = v128.load64_lane(r1, v128.load64_zero(r0, 32), 1, 32);
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(w2, v128.shuffle<i32>(bytes, bytes, 0, 0, 2, 2)));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(w2, v128.shuffle<i32>(bytes, bytes, 1, 1, 3, 3)));
      group += GROUP;
    }
    put(out, a0, scales, kept);
    put(out + 16, a1, scales + 16, kept);
    put(out + 32, lastTwo(a2), scales + 32, kept);
    put(out + 48, b0, scales, kept);
    put(out + 64, b1, scales + 16, kept);
    put(out + 80, lastTwo(b2), scales + 32, kept);
    out += 2 * ROWS;
  }
}

/** The sums of two units, each in two parts, with two zeros after them. */
// @ts-ignore: decorator
@inline
function lastTwo(parts: v128): v128 {
  const sums = i32x4.add(parts, v128.shuffle<i32>(parts, parts, 2, 3, 0, 1));
  return v128.shuffle<i32>(sums, i32x4.splat(0), 0, 1, 4, 4);
}

/** Adds sums to the numbers that are there, or to 0. */
// @ts-ignore: decorator
@inline
function put(out: usize, sums: v128, scales: usize, kept: v128): void {
  const values = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(scales));
  v128.store(out, f32x4.add(v128.and(v128.load(out), kept), values));
}

/**
 * Sets two rows to 0. If they are 0 already, nothing is written, so that another thread that has
 * read them keeps them in its cache.
 */
function clear(out: usize): void {
  for (let at = out; at < out + 2 * ROWS; at += 16) {
    if (v128.any_true(v128.load(at))) v128.store(at, i32x4.splat(0));
  }
}
