// Packs pictures as sparse rows (gather.ts), and transposes them: from a row for each example to a
// row for each pixel.

const GROUP = 12;
const INDICES_AT = 4;

/**
 * Packs one picture: its pixels that are not 0, as groups from `group` on. An index is pixel ·
 * `scale`. Bytes after the picture, up to a multiple of 16, must be 0.
 *
 * @returns the address after the last group
 */
export function packPicture(pixels: usize, inputs: i32, scale: i32, group: usize): usize {
  let k = 0;
  for (let from = 0; from < inputs; from += 16) {
    const bytes = v128.load(pixels + from);
    let nonZero = i8x16.bitmask(i8x16.ne(bytes, i8x16.splat(0)));
    while (nonZero) {
      const pixel = from + ctz(nonZero);
      nonZero &= nonZero - 1;
      if (k == 0) clear(group);
      store<u16>(group + (k << 1), pixel * scale, INDICES_AT);
      store<u8>(group + k, load<u8>(pixels + pixel));
      if (++k == 4) {
        k = 0;
        group += GROUP;
      }
    }
  }
  return k == 0 ? group : group + GROUP;
}

/**
 * Packs `count` pictures of `inputs` bytes, one after the other, and writes begin and end of each
 * row to `sparseRows`. It reads up to 15 bytes after the last picture.
 *
 * @param row space for one picture, a multiple of 16 bytes; the bytes after the picture are 0
 * @returns the address after the last group
 */
export function packPictures(pixels: usize, count: i32, inputs: i32, scale: i32, row: usize, group: usize, sparseRows: usize): usize {
  for (let i = 0; i < count; i++) {
    store<u32>(sparseRows, <u32>group);
    memory.copy(row, pixels, inputs);
    group = packPicture(row, inputs, scale, group);
    store<u32>(sparseRows, <u32>group, 4);
    sparseRows += 8;
    pixels += inputs;
  }
  return group;
}

// @ts-ignore: decorator
@inline
function clear(group: usize): void {
  store<u32>(group, 0);
  store<u64>(group, 0, INDICES_AT);
}

/**
 * The pixel of an index, which is pixel · `scale`, 1 or 48. For all 16-bit numbers 43691 / 2²¹
 * gives the same as a division by 48, and is faster.
 */
// @ts-ignore: decorator
@inline
function pixelOf(index: u32, scale: i32): usize {
  return scale == 1 ? index : (index * 43691) >>> 21;
}

/**
 * How many groups the transposed rows of these examples need. `counts` is space for `inputs` 32-bit
 * integers.
 */
export function countTransposed(sparseRows: usize, count: i32, inputs: i32, scale: i32, counts: usize): i32 {
  memory.fill(counts, 0, inputs << 2);
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(sparseRows);
    const end = <usize>load<u32>(sparseRows, 4);
    sparseRows += 8;
    for (; group < end; group += GROUP) {
      for (let k = 0; k < 4; k++) {
        if (load<u8>(group + k) == 0) continue;
        const at = counts + (pixelOf(load<u16>(group + (k << 1), INDICES_AT), scale) << 2);
        store<i32>(at, load<i32>(at) + 1);
      }
    }
  }
  let groups = 0;
  for (let p = 0; p < inputs; p++) groups += (load<i32>(counts + (p << 2)) + 3) >> 2;
  return groups;
}

/**
 * Transposes the sparse rows of `count` examples (at most 256): which examples are not 0 at a
 * pixel, in their order, and their values. An index is example · `rowScale`.
 *
 * @param capacity groups between the row of one pixel and the next at `group`; 0: rows are packed
 *   tightly, by the counts that `countTransposed` left in `fill`
 * @param fill space for `inputs` 32-bit integers
 */
export function transposeRows(sparseRows: usize, count: i32, inputs: i32, scale: i32, rowScale: i32, capacity: i32, group: usize, out: usize, fill: usize): void {
  for (let p = 0; p < inputs; p++) {
    store<u32>(out + (p << 3), <u32>group);
    group += (capacity ? capacity : (load<i32>(fill + (p << 2)) + 3) >> 2) * GROUP;
  }
  memory.fill(fill, 0, inputs << 2);
  for (let i = 0; i < count; i++) {
    let from = <usize>load<u32>(sparseRows);
    const end = <usize>load<u32>(sparseRows, 4);
    sparseRows += 8;
    for (; from < end; from += GROUP) {
      let indices = load<u64>(from, INDICES_AT);
      for (let bytes = load<u32>(from); bytes; bytes >>>= 8) {
        const p = pixelOf(<u32>indices & 0xffff, scale) << 2;
        const n = load<i32>(fill + p);
        store<i32>(fill + p, n + 1);
        const to = <usize>load<u32>(out + (p << 1)) + (n >> 2) * GROUP;
        store<u8>(to + (n & 3), bytes);
        store<u16>(to + ((n & 3) << 1), i * rowScale, INDICES_AT);
        indices >>>= 16;
      }
    }
  }
  // The end of each row, and zeros in the rest of its last group.
  for (let p = 0; p < inputs; p++) {
    const n = load<i32>(fill + (p << 2));
    const end = <usize>load<u32>(out + (p << 3)) + ((n + 3) >> 2) * GROUP;
    store<u32>(out + (p << 3), <u32>end, 4);
    if (n == 0) continue;
    const last = end - GROUP;
    const left = -n & 3;
    store<u32>(last, (load<u32>(last) << (left << 3)) >>> (left << 3));
    store<u64>(last, (load<u64>(last, INDICES_AT) << (left << 4)) >>> (left << 4), INDICES_AT);
  }
}

/**
 * Collects the sparse rows and labels of `count` examples of a mini-batch, from place `start` of
 * `order` on; without an order, from example `start` on. Blank pictures fill it up to `cols`.
 */
export function collectBatch(order: usize, start: i32, count: i32, cols: i32, sparseRows: usize, labels: usize, outRows: usize, outLabels: usize): void {
  for (let i = 0; i < count; i++) {
    const place = <usize>(start + i);
    const example = order ? <usize>load<u32>(order + (place << 2)) : place;
    store<u64>(outRows + (i << 3), load<u64>(sparseRows + (example << 3)));
    store<u8>(outLabels + i, load<u8>(labels + example));
  }
  for (let i = count; i < cols; i++) {
    store<u64>(outRows + (i << 3), 0);
    store<u8>(outLabels + i, 0);
  }
}

/**
 * Collects the weights (floats) of a mini-batch's examples, as `collectBatch` does their labels; 0 for
 * the padding.
 */
export function collectWeights(order: usize, start: i32, count: i32, cols: i32, weights: usize, out: usize): void {
  for (let i = 0; i < count; i++) {
    const place = <usize>(start + i);
    const example = order ? <usize>load<u32>(order + (place << 2)) : place;
    store<f32>(out + (i << 2), load<f32>(weights + (example << 2)));
  }
  for (let i = count; i < cols; i++) store<f32>(out + (i << 2), 0);
}
