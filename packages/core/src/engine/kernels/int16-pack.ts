// Packs pictures into 2 × 2 blocks (int16-blocks.ts), and transposes them.
import { GROUP, INDICES_AT, ROWS } from './int16-blocks';

/**
 * Finds which of a block's examples are paired: the first that is left goes with the one that
 * differs from it in the fewest pairs of pixels, so that their row has few 2 × 2 blocks. Of an odd
 * number the last stays alone.
 *
 * @param pictures of `count` examples (at most 256) and, if that is odd, a blank one; `stride`
 *   bytes each, a multiple of 128 that is larger than a picture. Bytes after a picture are 0, and
 *   so is the byte before the first
 * @param masks space for stride / 16 bytes an example
 * @param order becomes the numbers of the examples, 16 bits each; then the blank one's, if `count`
 *   is odd
 * @param maxima is raised to the largest sum of an example's bytes, and to the largest total
 *   variation of an example (the sum of the differences from pixel to pixel), a 32-bit integer each
 * @returns the bytes that the rows need
 */
export function pairExamples(
  pictures: usize,
  count: i32,
  stride: i32,
  masks: usize,
  order: usize,
  maxima: usize,
): i32 {
  const words = stride >> 4;
  memory.fill(masks + count * words, 0, words);
  for (let i = 0; i < count; i++) {
    const picture = pictures + i * stride;
    let total = i32x4.splat(0);
    let variation = i32x4.splat(0);
    for (let from = 0; from < stride; from += 16) {
      const bytes = v128.load(picture + from);
      const before = v128.load(picture + from - 1);
      total = i32x4.add(total, sumsOfFour(bytes));
      variation = i32x4.add(variation, sumsOfFour(i8x16.sub(i8x16.max_u(bytes, before), i8x16.min_u(bytes, before))));
      const nonZero = i16x8.ne(bytes, i16x8.splat(0));
      store<u8>(masks + i * words + (from >> 4), <u8>i16x8.bitmask(nonZero));
    }
    putLarger(maxima, total);
    putLarger(maxima + 4, variation);
    store<u16>(order + (i << 1), <u16>i);
  }
  store<u16>(order + (count << 1), <u16>count);
  let bytes = 0;
  for (let i = 0; i < count; i += 2) {
    const mask = masks + <usize>load<u16>(order + (i << 1)) * words;
    const next = order + ((i + 1) << 1);
    let best = next;
    let fewest = i32.MAX_VALUE;
    for (let at = next; at < order + (count << 1); at += 2) {
      const other = masks + <usize>load<u16>(at) * words;
      let different = 0;
      for (let k = 0; k < words; k += 8) different += <i32>popcnt(load<u64>(mask + k) ^ load<u64>(other + k));
      if (different < fewest) {
        fewest = different;
        best = at;
      }
    }
    const chosen = load<u16>(best);
    store<u16>(best, load<u16>(next));
    store<u16>(next, chosen);
    let blocks = 0;
    for (let k = 0; k < words; k += 8) {
      blocks += <i32>popcnt(load<u64>(mask + k) | load<u64>(masks + <usize>chosen * words + k));
    }
    bytes += ((blocks + 1) >> 1) * GROUP;
  }
  return bytes;
}

// @ts-ignore: decorator
@inline
function sumsOfFour(bytes: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
}

function putLarger(at: usize, parts: v128): void {
  const pairs = i32x4.add(parts, v128.shuffle<i32>(parts, parts, 2, 3, 0, 1));
  store<i32>(at, max(load<i32>(at), i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)));
}

/** The pixel pair or example pair of an index (sparse-rows.ts). */
// @ts-ignore: decorator
@inline
function pixelOf(index: u32): usize {
  return (index * 43691) >>> 21;
}

/**
 * Packs `pairs` pairs of pictures, pair by pair, and writes begin and end of each row.
 *
 * @param counts of each pair of pixels: how many blocks it has so far, 32-bit integers
 */
export function packBlocks2x2(pictures: usize, order: usize, pairs: i32, stride: i32, group: usize, rows: usize, counts: usize): void {
  for (let i = 0; i < pairs; i++) {
    const one = pictures + <usize>load<u16>(order + (i << 2)) * stride;
    const other = pictures + <usize>load<u16>(order + (i << 2), 2) * stride;
    let n = 0;
    for (let from = 0; from < stride; from += 16) {
      const either = v128.or(v128.load(one + from), v128.load(other + from));
      let nonZero = i16x8.bitmask(i16x8.ne(either, i16x8.splat(0)));
      while (nonZero) {
        const pixels = (from >> 1) + ctz(nonZero);
        nonZero &= nonZero - 1;
        const at = counts + (pixels << 2);
        store<i32>(at, load<i32>(at) + 1);
        putBlock(group, n++, load<u16>(one + (pixels << 1)), load<u16>(other + (pixels << 1)), pixels);
      }
    }
    store<u32>(rows + (i << 3), <u32>group);
    group += ((n + 1) >> 1) * GROUP;
    store<u32>(rows + (i << 3), <u32>group, 4);
  }
}

/** Transposes the rows: from pairs of examples to pairs of pixels. `counts` becomes 0. */
export function transposeBlocks2x2(rows: usize, pairs: i32, pixelPairs: i32, group: usize, out: usize, counts: usize): void {
  for (let p = 0; p < pixelPairs; p++) {
    store<u32>(out + (p << 3), <u32>group);
    group += ((load<i32>(counts + (p << 2)) + 1) >> 1) * GROUP;
    store<u32>(out + (p << 3), <u32>group, 4);
    store<i32>(counts + (p << 2), 0);
  }
  for (let i = 0; i < pairs; i++) {
    for (let from = <usize>load<u32>(rows + (i << 3)), end = <usize>load<u32>(rows + (i << 3), 4); from < end; from += GROUP) {
      for (let k = 0; k < 2; k++) {
        const bytes = load<u32>(from + (k << 2));
        if (bytes == 0) continue;
        const p = pixelOf(load<u16>(from + (k << 1), INDICES_AT));
        const n = load<i32>(counts + (p << 2));
        store<i32>(counts + (p << 2), n + 1);
        // From example by example to pixel by pixel: swap the two bytes in the middle.
        const first = (bytes & 0xff) | ((bytes >>> 8) & 0xff00);
        const second = ((bytes >>> 8) & 0xff) | ((bytes >>> 16) & 0xff00);
        putBlock(<usize>load<u32>(out + (p << 3)), n, <u16>first, <u16>second, i);
      }
    }
  }
  memory.fill(counts, 0, pixelPairs << 2);
}

/** Writes block n of the row that begins at `row`. */
function putBlock(row: usize, n: i32, first: u32, second: u32, index: i32): void {
  const group = row + (n >> 1) * GROUP;
  const k = n & 1;
  store<u32>(group + (k << 2), first | (second << 16));
  store<u16>(group + (k << 1), <u16>(index * ROWS), INDICES_AT);
  if (k == 0) {
    store<u32>(group, 0, 4);
    store<u16>(group, 0, INDICES_AT + 2);
  }
}
