// What reading a page of several digits adds: page-ink.ts, parts.ts and long-lines.ts of data/pages.

/** The values of all pixels that are set in the mask or beside such a one; 0 elsewhere. */
export function beside(values: usize, mask: usize, width: i32, height: i32, out: usize): void {
  memory.fill(out, 0, <usize>(width * height) << 2);
  for (let y = 0; y < height; y++) {
    const lastY = min(height - 1, y + 1);
    for (let x = 0; x < width; x++) {
      if (load<u8>(mask + y * width + x) === 0) continue;
      const lastX = min(width - 1, x + 1);
      for (let v = max(0, y - 1); v <= lastY; v++) {
        for (let u = max(0, x - 1); u <= lastX; u++) {
          const at = <usize>(v * width + u) << 2;
          store<f32>(out + at, load<f32>(values + at));
        }
      }
    }
  }
}

/** Values above 0 become their share of the darkest one around, beyond that of bare paper. */
export function shares(values: usize, darkest: usize, count: i32, bare: f64): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const value = <f64>load<f32>(values + at);
    if (value > 0) {
      store<f32>(values + at, <f32>max<f64>(0, (value / <f64>load<f32>(darkest + at) - bare) / (1 - bare)));
    }
  }
}

/**
 * Pixels with ink that belong to no mark get the number of a mark beside them, which is looked up in
 * `markOf`.
 */
export function withEdges(ink: usize, markOf: usize, width: i32, count: i32, edgeOf: usize): void {
  memory.copy(edgeOf, markOf, <usize>count << 2);
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    if (load<f32>(ink + at) === 0 || load<i32>(markOf + at) !== 0) continue;
    let number = markAt(markOf, i - 1, count);
    if (number === 0) number = markAt(markOf, i + 1, count);
    if (number === 0) number = markAt(markOf, i - width, count);
    if (number === 0) number = markAt(markOf, i + width, count);
    if (number === 0) number = markAt(markOf, i - width - 1, count);
    if (number === 0) number = markAt(markOf, i - width + 1, count);
    if (number === 0) number = markAt(markOf, i + width - 1, count);
    if (number === 0) number = markAt(markOf, i + width + 1, count);
    if (number !== 0) store<i32>(edgeOf + at, number);
  }
}

function markAt(markOf: usize, i: i32, count: i32): i32 {
  return i < 0 || i >= count ? 0 : load<i32>(markOf + (<usize>i << 2));
}

/**
 * The runs of pixels that are set, of at most `thickness`, in each of `length` columns.
 *
 * @param step bytes from one column to the next, `next` from one pixel of a column to the next
 * @param out receives three integers for each: the column, its first and its last pixel
 * @returns how many there are
 */
export function thinRuns(
  mask: usize,
  length: i32,
  step: i32,
  count: i32,
  next: i32,
  thickness: f64,
  out: usize,
): i32 {
  let found = 0;
  for (let x = 0; x < length; x++) {
    let top = -1;
    for (let y = 0; y <= count; y++) {
      const isInk = y < count && load<u8>(mask + x * step + y * next) === 1;
      if (isInk && top < 0) top = y;
      if (isInk || top < 0) continue;
      if (<f64>(y - top) <= thickness) {
        store<i32>(out, x);
        store<i32>(out + 4, top);
        store<i32>(out + 8, y - 1);
        out += 12;
        found++;
      }
      top = -1;
    }
  }
  return found;
}
