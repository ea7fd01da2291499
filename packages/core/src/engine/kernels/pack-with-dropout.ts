// Packs a picture as a sparse row, with input dropout.
import { EXAMPLE_SALT, mix32, UNIT_SALT } from './random';

/**
 * For each of 256 sets of eight bits: the places of its bits, in order, a byte each. The kernels' other
 * constants are stored below.
 */
const PLACES: usize = 2048;
for (let set = 0; set < 256; set++) {
  let at = PLACES + (set << 3);
  for (let place = 0; place < 8; place++) {
    store<u8>(at, place);
    at += (set >> place) & 1;
  }
}

/**
 * Packs a picture as a sparse row (sparse-rows.ts), without the pixels that input dropout sets to
 * 0: those whose 32 random bits are below `threshold`, as `dropoutMask` has it for layer 0. First
 * it moves the pixels that are not 0 together, then those of them that are kept. It uses tables
 * instead of branches, because how many of eight pixels are not 0 cannot be predicted.
 *
 * @param pixels up to seven bytes after the picture are read
 * @param room space for three bytes a pixel, and 64
 * @returns the address after the last group
 */
export function packWithDropout(pixels: usize, inputs: i32, key: i32, example: i32, threshold: i32, scale: i32, room: usize, group: usize): usize {
  const indices = room + inputs + 16;
  let end = room;
  let index = indices;
  let first = i16x8.splat(0);
  let left = inputs;
  do {
    const bytes = v128.load64_zero(pixels);
    const set = firstOf(i8x16.bitmask(i8x16.ne(bytes, i8x16.splat(0))), left);
    const places = v128.load64_zero(PLACES + (set << 3));
    v128.store_lane<u64>(end, i8x16.swizzle(bytes, places), 0);
    v128.store(index, i16x8.add(i16x8.extend_low_i8x16_u(places), first));
    const count = <usize>popcnt(set);
    end += count;
    index += count << 1;
    first = i16x8.add(first, i16x8.splat(8));
    pixels += 8;
    left -= 8;
  } while (left > 0);
  if (threshold && end > room) {
    const salt = i32x4.splat(key ^ (example * EXAMPLE_SALT));
    const limit = i32x4.splat(threshold);
    left = end - room;
    end = room;
    index = indices;
    let from = room;
    do {
      const pixel = v128.load(indices + (from - room << 1));
      const low = mix32(v128.xor(salt, i32x4.mul(i32x4.extend_low_i16x8_u(pixel), i32x4.splat(UNIT_SALT))));
      const high = mix32(v128.xor(salt, i32x4.mul(i32x4.extend_high_i16x8_u(pixel), i32x4.splat(UNIT_SALT))));
      const set = firstOf(i16x8.bitmask(i16x8.narrow_i32x4_s(i32x4.ge_u(low, limit), i32x4.ge_u(high, limit))), left);
      const places = v128.load64_zero(PLACES + (set << 3));
      v128.store_lane<u64>(end, i8x16.swizzle(v128.load64_zero(from), places), 0);
      const pairs = i16x8.mul(i16x8.extend_low_i8x16_u(places), i16x8.splat(0x202));
      v128.store(index, i8x16.swizzle(pixel, i16x8.add(pairs, i16x8.splat(0x100))));
      const count = <usize>popcnt(set);
      end += count;
      index += count << 1;
      from += 8;
      left -= 8;
    } while (left > 0);
  }
  store<u32>(end, 0);
  store<u64>(index, 0);
  index = indices;
  for (; room < end; room += 4) {
    store<u32>(group, load<u32>(room));
    v128.store_lane<u64>(group, i16x8.mul(v128.load64_zero(index), i16x8.splat(<i16>scale)), 0, 4);
    index += 8;
    group += 12;
  }
  return group;
}

/** The bits of a set of eight that are below `left`. */
// @ts-ignore: decorator
@inline
function firstOf(set: i32, left: i32): i32 {
  return left < 8 ? set & ((1 << left) - 1) : set;
}
