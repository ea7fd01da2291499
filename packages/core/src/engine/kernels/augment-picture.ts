// Augments a picture by an affine map and a displacement field, with the same bytes as
// data/augmentation/augment-picture.ts.

/** Blank pixels around a picture, so that pixels outside need no special case. */
const BORDER = 2;

/**
 * Values below this become 0. Interpolation spreads faint edges, and the first layer's time grows
 * with the number of pixels that are not 0.
 */
const FAINTEST = 16;

/**
 * Copies a picture into the middle of a blank one that is `BORDER` pixels larger on each side. It
 * reads up to 15 bytes after the picture; what it copies beyond the end of a row is set to 0 again.
 */
function frame(pixels: usize, width: i32, height: i32, framed: usize): void {
  const stride = width + 2 * BORDER;
  let row = framed + BORDER * stride + BORDER;
  for (const end = pixels + width * height; pixels < end; pixels += width) {
    for (let x = 0; x < width; x += 16) v128.store(row + x, v128.load(pixels + x));
    v128.store(row + width, i8x16.splat(0));
    row += stride;
  }
}

/**
 * For each pixel of a framed picture, the 2 × 2 square that begins with it: four bytes, the left
 * two first.
 */
function squared(framed: usize, stride: i32, rows: i32, squares: usize): void {
  const end = framed + rows * stride;
  do {
    const upper = v128.load(framed);
    const lower = v128.load(framed + stride);
    const left = v128.shuffle<u8>(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const left8 = v128.shuffle<u8>(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const upper1 = v128.load(framed, 1);
    const lower1 = v128.load(framed + stride, 1);
    const right = v128.shuffle<u8>(upper1, lower1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const right8 = v128.shuffle<u8>(upper1, lower1, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    v128.store(squares, v128.shuffle<u16>(left, right, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(squares, v128.shuffle<u16>(left, right, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    v128.store(squares, v128.shuffle<u16>(left8, right8, 0, 8, 1, 9, 2, 10, 3, 11), 32);
    v128.store(squares, v128.shuffle<u16>(left8, right8, 4, 12, 5, 13, 6, 14, 7, 15), 48);
    framed += 16;
    squares += 64;
  } while (framed < end);
}

/**
 * Makes an augmented picture. Up to three bytes after it are overwritten. The numbers from `a` to
 * `v` are those of `sampleAffineMaps`.
 *
 * @param field 16-bit displacements, `size` a row; 0: none. Up to three after the last are read
 * @param framed space for 17 pictures that are `BORDER` larger on each side, and 64 bytes: the
 *   picture with a border, which is 0 and stays so, and its squares
 */
export function augmentPicture(
  pixels: usize,
  width: i32,
  height: i32,
  field: usize,
  size: i32,
  framed: usize,
  out: usize,
  a: i32,
  b: i32,
  c: i32,
  d: i32,
  x0: i32,
  y0: i32,
  u: i32,
  v: i32,
): void {
  frame(pixels, width, height, framed);
  const stride = width + 2 * BORDER;
  const squares = framed + stride * (height + 2 * BORDER) + 16;
  squared(framed, stride, height + 2 * BORDER - 1, squares);
  const lanes = i32x4(-4, -3, -2, -1);
  const across = i32x4.mul(lanes, i32x4.splat(a));
  const along = i32x4.mul(lanes, i32x4.splat(c));
  const aside = i32x4.splat(a << 2);
  const down = i32x4.splat(c << 2);
  const least = i32x4.splat(-BORDER);
  const mostX = i32x4.splat(width);
  const mostY = i32x4.splat(height);
  const rows = i32x4.splat(stride << 2);
  const first = i32x4.splat(squares + (BORDER * stride + BORDER) * 4);
  const places = squares + (stride * (height + 2 * BORDER) << 2);
  const plane = (width * height + 4) << 2;
  let fieldX = field + (<usize>u << 1);
  let fieldY = field + (<usize>v << 1);
  // First all source positions, then all values: in one loop, every position would wait for a load.
  let at = places;
  for (let y = 0; y < height; y++) {
    // One step back: the loop begins with a step, which keeps the step in a register.
    let X = i32x4.add(i32x4.splat(x0 + y * b), across);
    let Y = i32x4.add(i32x4.splat(y0 + y * d), along);
    let x = 0;
    do {
      X = i32x4.add(X, aside);
      Y = i32x4.add(Y, down);
      let sourceX = X;
      let sourceY = Y;
      if (field) {
        sourceX = i32x4.add(X, i32x4.shl(v128.load_ext<i16>(fieldX + (x << 1)), 3));
        sourceY = i32x4.add(Y, i32x4.shl(v128.load_ext<i16>(fieldY + (x << 1)), 3));
      }
      const left = i32x4.min_s(i32x4.max_s(i32x4.shr_s(sourceX, 12), least), mostX);
      const top = i32x4.min_s(i32x4.max_s(i32x4.shr_s(sourceY, 12), least), mostY);
      const to = at + (x << 2);
      v128.store(to, i32x4.add(i32x4.add(i32x4.mul(top, rows), i32x4.shl(left, 2)), first));
      v128.store(to + plane, sourceX);
      v128.store(to + 2 * plane, sourceY);
      x += 4;
    } while (x < width);
    at += width << 2;
    fieldX += <usize>size << 1;
    fieldY += <usize>size << 1;
  }
  const end = places + (width * height << 2);
  at = places;
  do {
    let four = v128.load32_zero(load<u32>(at));
    four = v128.load_lane<u32>(load<u32>(at, 4), four, 1);
    four = v128.load_lane<u32>(load<u32>(at, 8), four, 2);
    four = v128.load_lane<u32>(load<u32>(at, 12), four, 3);
    const right = v128.and(i32x4.shr_s(v128.load(at + plane), 4), i32x4.splat(255));
    const below = v128.and(i32x4.shr_s(v128.load(at + 2 * plane), 4), i32x4.splat(255));
    // Each lane: 256 − right in its lower half, right in its upper half.
    const weights = i32x4.add(i32x4.splat(256), i32x4.sub(i32x4.shl(right, 16), right));
    const above = i32x4.dot_i16x8_s(v128.and(four, i32x4.splat(0xff00ff)), weights);
    const under = i32x4.dot_i16x8_s(i16x8.shr_u(four, 8), weights);
    const sum = i32x4.add(
      i32x4.add(i32x4.shl(above, 8), i32x4.splat(32768)),
      i32x4.mul(i32x4.sub(under, above), below),
    );
    const values = i32x4.shr_s(sum, 16);
    const visible = v128.and(values, i32x4.gt_s(values, i32x4.splat(FAINTEST - 1)));
    const words = i16x8.narrow_i32x4_s(visible, visible);
    v128.store_lane<u32>(out, i8x16.narrow_i16x8_u(words, words), 0);
    out += 4;
    at += 16;
  } while (at < end);
}
