// Pictures distorted on their way into a batch (data/distortion.ts, which has the same bytes).

/** Blank pixels around a picture, so that what lies outside needs no question. */
const BORDER = 2;

/** Pixels under this are no ink: smoothed edges would else reach far, and the first layer's work grows with all that is inked. */
const FAINTEST = 16;

/** Copies a picture of `width` × `height` into the middle of a blank one, `BORDER` larger on each side. */
function frame(pixels: usize, width: i32, height: i32, framed: usize): void {
  const stride = width + 2 * BORDER;
  let row = framed + BORDER * stride + BORDER;
  for (let y = 0; y < height; y++) {
    let x = 0;
    for (; x <= width - 16; x += 16) v128.store(row + x, v128.load(pixels + x));
    for (; x <= width - 4; x += 4) store<u32>(row + x, load<u32>(pixels + x));
    for (; x < width; x++) store<u8>(row + x, load<u8>(pixels + x));
    pixels += width;
    row += stride;
  }
}

/**
 * Makes a picture of another. Up to three bytes after it are overwritten.
 *
 * @param warp eight 32-bit integers, as `drawWarp` gives them
 * @param field 16-bit displacements, `size` a row, or 0 for none; up to three after the last are read
 * @param framed room for a picture that is `BORDER` larger on each side, and 3 bytes; its border is blank, and stays so
 */
export function distort(pixels: usize, width: i32, height: i32, warp: usize, field: usize, size: i32, framed: usize, out: usize): void {
  frame(pixels, width, height, framed);
  const stride = width + 2 * BORDER;
  const a = load<i32>(warp);
  const b = load<i32>(warp, 4);
  const c = load<i32>(warp, 8);
  const d = load<i32>(warp, 12);
  const lanes = i32x4(0, 1, 2, 3);
  const aside = i32x4.splat(a << 2);
  const down = i32x4.splat(c << 2);
  const least = i32x4.splat(-BORDER);
  const mostX = i32x4.splat(width);
  const mostY = i32x4.splat(height);
  const rows = i32x4.splat(stride);
  const first = framed + BORDER * stride + BORDER;
  let fieldX = field + (<usize>load<i32>(warp, 24) << 1);
  let fieldY = field + (<usize>load<i32>(warp, 28) << 1);
  for (let y = 0; y < height; y++) {
    let X = i32x4.add(i32x4.splat(load<i32>(warp, 16) + y * b), i32x4.mul(lanes, i32x4.splat(a)));
    let Y = i32x4.add(i32x4.splat(load<i32>(warp, 20) + y * d), i32x4.mul(lanes, i32x4.splat(c)));
    for (let x = 0; x < width; x += 4) {
      let sourceX = X;
      let sourceY = Y;
      if (field) {
        sourceX = i32x4.add(X, i32x4.shl(v128.load_ext<i16>(fieldX + (x << 1)), 3));
        sourceY = i32x4.add(Y, i32x4.shl(v128.load_ext<i16>(fieldY + (x << 1)), 3));
      }
      X = i32x4.add(X, aside);
      Y = i32x4.add(Y, down);
      const left = i32x4.min_s(i32x4.max_s(i32x4.shr_s(sourceX, 12), least), mostX);
      const top = i32x4.min_s(i32x4.max_s(i32x4.shr_s(sourceY, 12), least), mostY);
      const at = i32x4.add(i32x4.mul(top, rows), left);
      const at0 = first + i32x4.extract_lane(at, 0);
      const at1 = first + i32x4.extract_lane(at, 1);
      const at2 = first + i32x4.extract_lane(at, 2);
      const at3 = first + i32x4.extract_lane(at, 3);
      // Two neighbours in each lane of 32 bits, as two of 16.
      let upper = v128.load_lane<u16>(at0, i32x4.splat(0), 0);
      upper = v128.load_lane<u16>(at1, upper, 2);
      upper = v128.load_lane<u16>(at2, upper, 4);
      upper = v128.load_lane<u16>(at3, upper, 6);
      let lower = v128.load_lane<u16>(at0 + stride, i32x4.splat(0), 0);
      lower = v128.load_lane<u16>(at1 + stride, lower, 2);
      lower = v128.load_lane<u16>(at2 + stride, lower, 4);
      lower = v128.load_lane<u16>(at3 + stride, lower, 6);
      const right = v128.and(i32x4.shr_s(sourceX, 4), i32x4.splat(255));
      const below = v128.and(i32x4.shr_s(sourceY, 4), i32x4.splat(255));
      // 256 − right, and right above it.
      const weights = i32x4.add(i32x4.splat(256), i32x4.mul(right, i32x4.splat(0xffff)));
      const above = i32x4.dot_i16x8_s(pairs(upper), weights);
      const under = i32x4.dot_i16x8_s(pairs(lower), weights);
      const sum = i32x4.add(
        i32x4.add(i32x4.shl(above, 8), i32x4.splat(32768)),
        i32x4.mul(i32x4.sub(under, above), below),
      );
      const values = i32x4.shr_s(sum, 16);
      const inked = v128.and(values, i32x4.ge_s(values, i32x4.splat(FAINTEST)));
      const words = i16x8.narrow_i32x4_s(inked, inked);
      store<i32>(out + x, i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0));
    }
    out += width;
    fieldX += <usize>size << 1;
    fieldY += <usize>size << 1;
  }
}

/** Two bytes in the lower half of each lane become two numbers of 16 bits. */
// @ts-ignore: decorator
@inline
function pairs(bytes: v128): v128 {
  return v128.or(
    v128.and(bytes, i32x4.splat(0xff)),
    i32x4.shl(v128.and(bytes, i32x4.splat(0xff00)), 8),
  );
}

/** Pixels drop out, as `dropoutMask` has it for layer 0: those become 0 whose 32 bits are under `threshold`. */
export function dropPixels(pixels: usize, inputs: i32, key: i32, example: i32, threshold: u32): void {
  const salt = key ^ (example * 0x85ebca77);
  for (let i = 0; i < inputs; i++) {
    if (load<u8>(pixels + i) && mix32(salt ^ (i * 0x9e3779b1)) < threshold) store<u8>(pixels + i, 0);
  }
}

/** As in random.ts. */
// @ts-ignore: decorator
@inline
function mix32(x: u32): u32 {
  x ^= x >>> 16;
  x *= 0x7feb352d;
  x ^= x >>> 15;
  x *= 0x846ca68b;
  return x ^ (x >>> 16);
}
