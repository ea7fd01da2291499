// Running extremes in square windows, four pixels at a time: data/pictures/extremes.ts.

/**
 * Every value becomes the largest one in the square window around it, as far as it is in the picture;
 * with a sign of −1, the smallest. What is known of windows of 1, 2, 4 … pixels gives those of twice
 * the size, and two that overlap the last.
 *
 * @param radius of the window: it is 2 × radius + 1 wide
 * @param room for height + 2 × radius rows of `paddedStride` floats
 */
export function extremesAround(
  from: usize,
  width: i32,
  height: i32,
  radius: i32,
  sign: f32,
  room: usize,
  to: usize,
): void {
  const window = 2 * radius + 1;
  const bytes = <usize>paddedStride(width, radius) << 2;
  const outside = f32x4.splat(-Infinity);
  const end = room + bytes * <usize>(height + 2 * radius);
  for (let at = room; at < end; at += 16) v128.store(at, outside);
  let largest = 1;
  while (2 * largest <= window) largest *= 2;
  const signs = f32x4.splat(sign);

  const first = room + bytes * <usize>radius;
  for (let y = 0; y < height; y++) {
    const row = first + bytes * <usize>y;
    const source = from + ((<usize>(y * width)) << 2);
    const inner = row + (<usize>radius << 2);
    let x = 0;
    for (; x + 4 <= width; x += 4) {
      const offset = <usize>x << 2;
      v128.store(inner + offset, f32x4.mul(signs, v128.load(source + offset)));
    }
    for (; x < width; x++) {
      const offset = <usize>x << 2;
      store<f32>(inner + offset, sign * load<f32>(source + offset));
    }
    const padded = width + 2 * radius;
    for (let size = 1; size < largest; size *= 2) {
      widen(row, <usize>size << 2, row + ((<usize>(padded - 2 * size + 1)) << 2));
    }
    widen(row, <usize>(window - largest) << 2, row + (<usize>width << 2));
    // What is behind the row's end is not looked at again.
  }

  const wide = ((<usize>width << 2) + 15) & ~15;
  const rows = height + 2 * radius;
  for (let size = 1; size < largest; size *= 2) {
    for (let y = 0; y <= rows - 2 * size; y++) {
      const row = room + bytes * <usize>y;
      widen(row, bytes * <usize>size, row + wide);
    }
  }
  const apart = bytes * <usize>(window - largest);
  for (let y = 0; y < height; y++) {
    const row = room + bytes * <usize>y;
    const target = to + ((<usize>(y * width)) << 2);
    let x = 0;
    for (; x + 4 <= width; x += 4) {
      const at = row + (<usize>x << 2);
      const most = f32x4.max(v128.load(at), v128.load(at + apart));
      v128.store(target + (<usize>x << 2), f32x4.mul(signs, most));
    }
    for (; x < width; x++) {
      const at = row + (<usize>x << 2);
      store<f32>(target + (<usize>x << 2), sign * max<f32>(load<f32>(at), load<f32>(at + apart)));
    }
  }
}

/**
 * Floats from one row of the room to the next: a row with its surroundings, and what a vector can reach
 * behind it.
 */
export function paddedStride(width: i32, radius: i32): i32 {
  return (width + 2 * radius + 8) & ~3;
}

/** From here to the end, each value becomes the larger of itself and the one so many bytes on. */
// @ts-ignore: decorator
@inline
function widen(at: usize, by: usize, end: usize): void {
  for (; at < end; at += 16) v128.store(at, f32x4.max(v128.load(at), v128.load(at + by)));
}
