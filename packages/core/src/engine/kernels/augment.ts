// Pictures distorted on their way into a batch (data/distortion.ts, which has the same bytes).
import { EXAMPLE_SALT, mix32, UNIT_SALT } from './dropout';

/** Blank pixels around a picture, so that what lies outside needs no question. */
const BORDER = 2;

/** Pixels under this are no ink: smoothed edges would else reach far, and the first layer's work grows with all that is inked. */
const FAINTEST = 16;

/**
 * Copies a picture of `width` × `height` into the middle of a blank one, `BORDER` larger on each side. Up to 15 bytes after it are read: what
 * is copied beyond a row's end is blanked again.
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

/** Of each pixel of a framed picture the square of 2 × 2 that it begins: four bytes, the left two first. */
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
 * Makes a picture of another. Up to three bytes after it are overwritten. The numbers from `a` to `v` are those of `drawAffineMap`.
 *
 * @param field 16-bit displacements, `size` a row, or 0 for none; up to three after the last are read
 * @param framed room for 17 pictures that are `BORDER` larger on each side, and 64 bytes: the picture in a border, which is blank and
 *   stays so, and its squares
 */
function distort(
  pixels: usize,
  width: i32,
  height: i32,
  displacements: usize,
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
  let fieldX = displacements + (<usize>u << 1);
  let fieldY = displacements + (<usize>v << 1);
  // First where each pixel comes from, then what is there: in one loop, all would wait for the fetching.
  let at = places;
  for (let y = 0; y < height; y++) {
    // One step back, since a step that the loop begins with is at hand in a register.
    let X = i32x4.add(i32x4.splat(x0 + y * b), across);
    let Y = i32x4.add(i32x4.splat(y0 + y * d), along);
    let x = 0;
    do {
      X = i32x4.add(X, aside);
      Y = i32x4.add(Y, down);
      let sourceX = X;
      let sourceY = Y;
      if (displacements) {
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
    // 256 − right, and right above it.
    const weights = i32x4.add(i32x4.splat(256), i32x4.sub(i32x4.shl(right, 16), right));
    const above = i32x4.dot_i16x8_s(v128.and(four, i32x4.splat(0xff00ff)), weights);
    const under = i32x4.dot_i16x8_s(i16x8.shr_u(four, 8), weights);
    const sum = i32x4.add(
      i32x4.add(i32x4.shl(above, 8), i32x4.splat(32768)),
      i32x4.mul(i32x4.sub(under, above), below),
    );
    const values = i32x4.shr_s(sum, 16);
    const inked = v128.and(values, i32x4.gt_s(values, i32x4.splat(FAINTEST - 1)));
    const words = i16x8.narrow_i32x4_s(inked, inked);
    v128.store_lane<u32>(out, i8x16.narrow_i16x8_u(words, words), 0);
    out += 4;
    at += 16;
  } while (at < end);
}

/** For each of 256 sets of eight places its places in their order, a byte each. Below lie the kernels' other constants. */
const PLACES: usize = 2048;
for (let set = 0; set < 256; set++) {
  let at = PLACES + (set << 3);
  for (let place = 0; place < 8; place++) {
    store<u8>(at, place);
    at += (set >> place) & 1;
  }
}

/**
 * Packs a picture as a run (ink.ts), without the pixels that drop out, as `dropoutMask` has it for layer 0: those whose 32 bits are
 * under `threshold`. First the inked ones are put side by side, then those of them that are kept; without a question on the way, since
 * how many of eight pixels are inked no branch can guess.
 *
 * @param pixels up to seven bytes after the picture are read
 * @param room for three bytes a pixel, and 64
 * @returns the address after the last group
 */
function packKept(pixels: usize, inputs: i32, key: i32, example: i32, threshold: i32, scale: i32, room: usize, group: usize): usize {
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

/** Bytes of an example as it is drawn: its place among the pictures, and the eight numbers of its warp. */
const SAMPLE_BYTES = 36;

/** Fractions of a pixel that a warp's places are counted in. */
const UNIT: f64 = 4096;

/**
 * Draws the warps of `count` examples, from that at `place` in its batch on: the longhand is data/distortion.ts, which has the same bits.
 *
 * @param key of a seed and an iteration
 * @param size of the field of displacements
 * @param room for ten 64-bit floats
 * @param out eight 32-bit integers an example, `SAMPLE_BYTES` bytes apart
 */
export function sampleAffineMaps(
  key: i32,
  place: i32,
  count: i32,
  shift: f64,
  rotate: f64,
  scale: f64,
  shear: f64,
  width: i32,
  height: i32,
  size: i32,
  room: usize,
  out: usize,
): void {
  for (const end = place + count; place < end; place++) {
    for (let n = 0; n < 10; n++) {
      const bits = mix32(i32x4.splat(key ^ (place * EXAMPLE_SALT) ^ ((n + 1) * UNIT_SALT)));
      store<f64>(room + (n << 3), <f64>(<u32>i32x4.extract_lane(bits, 0)) / 4294967296);
    }
    const angle = (within(rotate, room) * Math.PI) / 180;
    let sine: f64 = 0;
    let cosine: f64 = 1;
    let term: f64 = 1;
    for (let n: f64 = 1; abs(term) > 1e-9; n += 2) {
      term *= angle / n;
      sine += term;
      term *= -angle / (n + 1);
      cosine += term;
    }
    const growX = 1 + within(scale, room + 8);
    const growY = 1 + within(scale, room + 16);
    const slant = within(shear, room + 24);
    const a = nearest(UNIT * (cosine / growX));
    const b = nearest(UNIT * ((cosine * slant + sine) / growY));
    const c = nearest(UNIT * (-sine / growX));
    const d = nearest(UNIT * ((cosine - sine * slant) / growY));
    store<i32>(out, <i32><i64>a);
    store<i32>(out, <i32><i64>b, 4);
    store<i32>(out, <i32><i64>c, 8);
    store<i32>(out, <i32><i64>d, 12);
    const x = <f64>(width - 1) / 2;
    const y = <f64>(height - 1) / 2;
    store<i32>(out, <i32><i64>(nearest(UNIT * (x + within(shift, room + 32))) - nearest(a * x + b * y)), 16);
    store<i32>(out, <i32><i64>(nearest(UNIT * (y + within(shift, room + 40))) - nearest(c * x + d * y)), 20);
    for (let k: usize = 0; k < 16; k += 8) {
      const row = <i32>(load<f64>(room + (k << 1), 48) * <f64>(size - height));
      const col = <i32>(load<f64>(room + (k << 1), 56) * <f64>(size - width));
      store<i32>(out + (k >> 1), row * size + col, 24);
    }
    out += SAMPLE_BYTES;
  }
}

// @ts-ignore: decorator
@inline
function within(strength: f64, samples: usize): f64 {
  return strength * (2 * load<f64>(samples) - 1);
}

// @ts-ignore: decorator
@inline
function nearest(value: f64): f64 {
  return floor(value + 0.5);
}

/**
 * Makes some examples of a batch, each of its picture, distorted where it has a `width`, without the pixels that drop out: runs and labels.
 *
 * @param drawn `SAMPLE_BYTES` bytes each
 * @param place of the first of them in the batch
 * @param picture where a distorted one lies meanwhile
 * @param groups room for the groups of the first; `bytes` further for those of each next
 * @param made where their labels go
 * @returns a number that is of no account
 */
export function augmentExamples(
  samples: usize,
  count: i32,
  pictures: usize,
  inputs: i32,
  labels: usize,
  width: i32,
  height: i32,
  displacements: usize,
  size: i32,
  framed: usize,
  picture: usize,
  key: i32,
  place: i32,
  threshold: i32,
  scale: i32,
  room: usize,
  groups: usize,
  bytes: i32,
  sparseRows: usize,
  made: usize,
): i32 {
  // Pictures lie in no order and in no cache: something of every line of all of them first, so that all are on their way at once.
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const from = pictures + <usize>load<u32>(samples + k * SAMPLE_BYTES) * inputs;
    for (let at: i32 = 0; at < inputs; at += 64) sum += load<i32>(from + at);
  }
  for (let k = 0; k < count; k++) {
    const example = <usize>load<u32>(samples);
    let pixels = pictures + example * inputs;
    if (width) {
      distort(
        pixels,
        width,
        height,
        displacements,
        size,
        framed,
        picture,
        load<i32>(samples, 4),
        load<i32>(samples, 8),
        load<i32>(samples, 12),
        load<i32>(samples, 16),
        load<i32>(samples, 20),
        load<i32>(samples, 24),
        load<i32>(samples, 28),
        load<i32>(samples, 32),
      );
      pixels = picture;
    }
    store<u32>(sparseRows, <u32>groups);
    store<u32>(sparseRows, <u32>packKept(pixels, inputs, key, place + k, threshold, scale, room, groups), 4);
    store<u8>(made + k, load<u8>(labels + example));
    samples += SAMPLE_BYTES;
    groups += bytes;
    sparseRows += 8;
  }
  return sum;
}

/** Of a set of eight those under `left`. */
// @ts-ignore: decorator
@inline
function firstOf(set: i32, left: i32): i32 {
  return left < 8 ? set & ((1 << left) - 1) : set;
}
