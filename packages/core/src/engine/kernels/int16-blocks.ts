// The first layer in whole numbers, for passes over all the data by 9 or 10 units. A *quad* is two neighbouring pixels of two
// examples, four bytes, of which one at least is ink. A run of quads is groups of two: the four bytes of each, then their two 16-bit
// indices, 12 bytes a group; a group that is not full ends with bytes 0 at index 0.
//
// One loop serves both directions. Forward, a run is a pair of examples, an index finds the rows of W of two pixels, and the bytes are
// those of the first example, then of the second. Backward, a run is a pair of pixels, an index finds the rows of dZ of two examples,
// and the bytes are those of the first pixel, then of the second.
//
// The two rows lie as one of 48 bytes, in whole numbers of 16 bits, unit by unit: so one instruction multiplies four units' numbers by a pair of
// bytes and adds the two products, exactly, in 32 bits. No sum can leave them (`most`), hence no order of adding changes one.

const GROUP = 12;
const INDICES_AT = 8;
/** Bytes of two rows. */
const ROWS = 48;

/**
 * Two rows of 12 floats for each run, of which 10 count: out (+)= steps ⊙ Σ over the run of bytes · whole numbers.
 *
 * @param runs begin and end of each, 32-bit addresses
 * @param M the rows in whole numbers
 * @param steps what 1 of a unit's whole numbers is worth; 12 floats
 */
export function gatherBlocks2x2(sparseRows: usize, count: i32, M: usize, steps: usize, out: usize, accumulate: bool): void {
  const kept = i32x4.splat(accumulate ? -1 : 0);
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(sparseRows);
    const end = <usize>load<u32>(sparseRows, 4);
    sparseRows += 8;
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
      // Never: it ends a basic block (gather.ts).
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
      // The last two units of both quads share a vector.
      const w2 = v128.load64_lane(r1, v128.load64_zero(r0, 32), 1, 32);
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(w2, v128.shuffle<i32>(bytes, bytes, 0, 0, 2, 2)));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(w2, v128.shuffle<i32>(bytes, bytes, 1, 1, 3, 3)));
      group += GROUP;
    }
    put(out, a0, steps, kept);
    put(out + 16, a1, steps + 16, kept);
    put(out + 32, lastTwo(a2), steps + 32, kept);
    put(out + 48, b0, steps, kept);
    put(out + 64, b1, steps + 16, kept);
    put(out + 80, lastTwo(b2), steps + 32, kept);
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

/** Adds sums to what is kept of the numbers there: all of it, or nothing. */
// @ts-ignore: decorator
@inline
function put(out: usize, sums: v128, steps: usize, kept: v128): void {
  const values = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(steps));
  v128.store(out, f32x4.add(v128.and(v128.load(out), kept), values));
}

/** Two rows of 0. Where they are so already nothing is written, and another thread that has read them may keep them in its cache. */
function clear(out: usize): void {
  for (let at = out; at < out + 2 * ROWS; at += 16) {
    if (v128.any_true(v128.load(at))) v128.store(at, i32x4.splat(0));
  }
}

/**
 * Rows of 12 floats, two by two, as whole numbers from −most to most: each unit in steps of its own, of which its largest weight
 * has `most`. What rounding leaves of a weight goes to the next pixel's, since neighbours are inked alike: sums come out several
 * times nearer. No weight is off by more than a step. What is not finite is so in `steps`.
 */
export function quantizeRows(W: usize, pairs: i32, most: f32, out: usize, steps: usize): void {
  // Three vectors side by side, since each is one chain from the first pixel to the last.
  let largest0 = i32x4.splat(0);
  let largest1 = i32x4.splat(0);
  let largest2 = i32x4.splat(0);
  const end = W + 2 * ROWS * pairs;
  let row = W;
  do {
    largest0 = largerBits(largest0, row);
    largest1 = largerBits(largest1, row + 16);
    largest2 = largerBits(largest2, row + 32);
    row += ROWS;
  } while (row < end);
  const inverse0 = inverseStep(largest0, most, steps);
  const inverse1 = inverseStep(largest1, most, steps + 16);
  const inverse2 = inverseStep(largest2, most, steps + 32);
  let left0 = f32x4.splat(0);
  let left1 = f32x4.splat(0);
  let left2 = f32x4.splat(0);
  do {
    left0 = roundTwo(W, inverse0, left0, out);
    left1 = roundTwo(W + 16, inverse1, left1, out + 16);
    left2 = roundTwo(W + 32, inverse2, left2, out + 32);
    W += 2 * ROWS;
    out += ROWS;
  } while (W < end);
}

/** The larger of floats without their signs, as bits: those are in the same order, NaN above all, and take one instruction for seven. */
// @ts-ignore: decorator
@inline
function largerBits(largest: v128, at: usize): v128 {
  return i32x4.max_s(largest, f32x4.abs(v128.load(at)));
}

/** Writes four units' steps, and gives what a number is multiplied by to count in them; 0 where all numbers are 0. */
// @ts-ignore: decorator
@inline
function inverseStep(largest: v128, most: f32, steps: usize): v128 {
  v128.store(steps, f32x4.div(largest, f32x4.splat(most)));
  return v128.and(f32x4.div(f32x4.splat(most), largest), i32x4.ne(largest, i32x4.splat(0)));
}

/** Four units' weights of two pixels, with what was left of the last one's; gives what is left of the second's. */
// @ts-ignore: decorator
@inline
function roundTwo(W: usize, inverse: v128, left: v128, out: usize): v128 {
  const first = f32x4.add(f32x4.mul(v128.load(W), inverse), left);
  const whole1 = f32x4.nearest(first);
  const second = f32x4.add(f32x4.mul(v128.load(W, ROWS), inverse), f32x4.sub(first, whole1));
  const whole2 = f32x4.nearest(second);
  const both = i16x8.narrow_i32x4_s(toIntegers(whole1), toIntegers(whole2));
  v128.store(out, v128.shuffle<i16>(both, both, 0, 4, 1, 5, 2, 6, 3, 7));
  return f32x4.sub(second, whole2);
}

/** The same of 12 rows of `cols` examples, a multiple of 8, `ld` bytes apart: two examples by two, each number rounded by itself. */
export function quantizeColumns(dZ: usize, ld: i32, cols: i32, most: f32, out: usize, steps: usize): void {
  const bytes = cols << 2;
  for (let at = 0; at < ROWS; at += 16) {
    const rows = dZ + (at >> 2) * ld;
    const inverse0 = inverseStepOfRow(rows, bytes, most, steps + at);
    const inverse1 = inverseStepOfRow(rows + ld, bytes, most, steps + at + 4);
    const inverse2 = inverseStepOfRow(rows + 2 * ld, bytes, most, steps + at + 8);
    const inverse3 = inverseStepOfRow(rows + 3 * ld, bytes, most, steps + at + 12);
    let to = out + at;
    for (let j = 0; j < bytes; j += 32) {
      // A lane of 32 bits is a unit's numbers of two examples.
      const u0 = eight(rows + j, inverse0);
      const u1 = eight(rows + ld + j, inverse1);
      const u2 = eight(rows + 2 * ld + j, inverse2);
      const u3 = eight(rows + 3 * ld + j, inverse3);
      const p0 = v128.shuffle<i32>(u0, u1, 0, 4, 1, 5);
      const p1 = v128.shuffle<i32>(u0, u1, 2, 6, 3, 7);
      const p2 = v128.shuffle<i32>(u2, u3, 0, 4, 1, 5);
      const p3 = v128.shuffle<i32>(u2, u3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i64>(p0, p2, 0, 2));
      v128.store(to, v128.shuffle<i64>(p0, p2, 1, 3), ROWS);
      v128.store(to, v128.shuffle<i64>(p1, p3, 0, 2), 2 * ROWS);
      v128.store(to, v128.shuffle<i64>(p1, p3, 1, 3), 3 * ROWS);
      to += 4 * ROWS;
    }
  }
}

/** Writes a row's step, and gives what its numbers are multiplied by to count in it. */
function inverseStepOfRow(row: usize, bytes: i32, most: f32, step: usize): v128 {
  let largest = i32x4.splat(0);
  for (let j = 0; j < bytes; j += 16) largest = largerBits(largest, row + j);
  largest = i32x4.max_s(largest, v128.shuffle<i32>(largest, largest, 2, 3, 0, 1));
  largest = i32x4.max_s(largest, v128.shuffle<i32>(largest, largest, 1, 0, 3, 2));
  store<f32>(step, f32x4.extract_lane(largest, 0) / most);
  return f32x4.div(f32x4.splat(most), largest);
}

/** Added to a small number, it leaves the nearest whole one in the last bits of the sum. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS: i32 = 0x4b400000;

/** Eight numbers, rounded. Where all are 0 and the inverse infinite they are of no account, since their step is 0. */
// @ts-ignore: decorator
@inline
function eight(at: usize, inverse: v128): v128 {
  return i16x8.narrow_i32x4_s(int16(v128.load(at), inverse), int16(v128.load(at, 16), inverse));
}

// @ts-ignore: decorator
@inline
function int16(values: v128, inverse: v128): v128 {
  return toIntegers(f32x4.mul(values, inverse));
}

/** The nearest whole numbers, in two instructions where a conversion that knows of NaN takes six. */
// @ts-ignore: decorator
@inline
function toIntegers(values: v128): v128 {
  return i32x4.sub(f32x4.add(values, f32x4.splat(ROUNDER)), i32x4.splat(ROUNDER_BITS));
}

/**
 * Sums anew, in floats, what lies so near to where a ReLU opens that the steps might have put it on the other side. A step more or less moves a
 * value but little; a unit open or shut is another gradient.
 *
 * @param sums of `count` examples, 12 floats each
 * @param runs of the pairs of examples
 * @param scale of the sums, to which b is added
 * @param reach steps that a value may be off by
 */
export function recomputeNearThreshold(
  sums: usize,
  count: i32,
  sparseRows: usize,
  W: usize,
  steps: usize,
  scale: f32,
  reach: f32,
  b: usize,
): void {
  const factor = f32x4.splat(scale);
  const far = f32x4.splat(reach);
  const zone0 = f32x4.mul(v128.load(steps), far);
  const zone1 = f32x4.mul(v128.load(steps, 16), far);
  const zone2 = f32x4.mul(v128.load(steps, 32), far);
  const b0 = v128.load(b);
  const b1 = v128.load(b, 16);
  const b2 = v128.load(b, 32);
  for (let i = 0; i < count; i++) {
    const near0 = isNear(sums, factor, b0, zone0);
    const near1 = isNear(sums + 16, factor, b1, zone1);
    const near2 = isNear(sums + 32, factor, b2, zone2);
    if (v128.any_true(v128.or(v128.or(near0, near1), near2))) {
      let near = i32x4.bitmask(near0) | (i32x4.bitmask(near1) << 4) | (i32x4.bitmask(near2) << 8);
      for (; near; near &= near - 1) {
        const unit = ctz(near) << 2;
        store<f32>(sums + unit, sumInFloats(sparseRows + ((i >> 1) << 3), (i & 1) << 1, W + unit));
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

/** Σ byte · weight of a unit, whose weights are a column of W's floats, for an example of a pair: that whose bytes are `half` further in a quad. */
function sumInFloats(run: usize, half: i32, column: usize): f32 {
  let first: f32 = 0;
  let second: f32 = 0;
  for (let group = <usize>load<u32>(run), end = <usize>load<u32>(run, 4); group < end; group += GROUP) {
    for (let k = 0; k < 2; k++) {
      // Rows of floats are twice as far apart as those of whole numbers.
      const w = column + (<usize>load<u16>(group + (k << 1), INDICES_AT) << 1);
      const bytes = group + (k << 2) + half;
      first += <f32>load<u8>(bytes) * load<f32>(w);
      second += <f32>load<u8>(bytes, 1) * load<f32>(w, ROWS);
    }
  }
  return first + second;
}

/**
 * Finds which of a block's examples go together: the first that is left goes with the one that differs from it in the
 * fewest pairs of pixels, so that the two have few quads. Of an odd number the last stays alone.
 *
 * @param pictures of `count` examples (≤ 256) and, where that is odd, a blank one; `stride` bytes each, a multiple of 128 that is larger than a
 *   picture. What is not picture is 0, as is the byte before the first
 * @param masks room for stride / 16 bytes an example
 * @param order becomes the examples' numbers, 16 bits each; where `count` is odd, then the blank one's
 * @param sums gets the most ink of an example so far, the sum of its bytes, and the most that one rises and falls from pixel to pixel, each a
 *   32-bit integer that is there already
 * @returns the bytes that the quads take
 */
export function pairExamples(
  pictures: usize,
  count: i32,
  stride: i32,
  masks: usize,
  order: usize,
  sums: usize,
): i32 {
  const words = stride >> 4;
  memory.fill(masks + count * words, 0, words);
  for (let i = 0; i < count; i++) {
    const picture = pictures + i * stride;
    let packed = i32x4.splat(0);
    let change = i32x4.splat(0);
    for (let from = 0; from < stride; from += 16) {
      const bytes = v128.load(picture + from);
      const before = v128.load(picture + from - 1);
      packed = i32x4.add(packed, sumsOfFour(bytes));
      change = i32x4.add(change, sumsOfFour(i8x16.sub(i8x16.max_u(bytes, before), i8x16.min_u(bytes, before))));
      const inked = i16x8.ne(bytes, i16x8.splat(0));
      store<u8>(masks + i * words + (from >> 4), <u8>i16x8.bitmask(inked));
    }
    putLarger(sums, packed);
    putLarger(sums + 4, change);
    store<u16>(order + (i << 1), <u16>i);
  }
  store<u16>(order + (count << 1), <u16>count);
  let bytes = 0;
  for (let i = 0; i < count; i += 2) {
    const mask = masks + <usize>load<u16>(order + (i << 1)) * words;
    const beside = order + ((i + 1) << 1);
    let best = beside;
    let fewest = i32.MAX_VALUE;
    for (let at = beside; at < order + (count << 1); at += 2) {
      const other = masks + <usize>load<u16>(at) * words;
      let unlike = 0;
      for (let k = 0; k < words; k += 8) unlike += <i32>popcnt(load<u64>(mask + k) ^ load<u64>(other + k));
      if (unlike < fewest) {
        fewest = unlike;
        best = at;
      }
    }
    const chosen = load<u16>(best);
    store<u16>(best, load<u16>(beside));
    store<u16>(beside, chosen);
    let blocks2x2 = 0;
    for (let k = 0; k < words; k += 8) {
      blocks2x2 += <i32>popcnt(load<u64>(mask + k) | load<u64>(masks + <usize>chosen * words + k));
    }
    bytes += ((blocks2x2 + 1) >> 1) * GROUP;
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

/** As in ink.ts. */
// @ts-ignore: decorator
@inline
function pixelOf(index: u32): usize {
  return (index * 43691) >>> 21;
}

/**
 * The quads of `pairs` pairs of pictures, pair by pair, and begin and end of each pair's run.
 *
 * @param counts of each pair of pixels: how many quads it has so far, 32-bit integers
 */
export function packBlocks2x2(pictures: usize, order: usize, pairs: i32, stride: i32, group: usize, sparseRows: usize, counts: usize): void {
  for (let i = 0; i < pairs; i++) {
    const one = pictures + <usize>load<u16>(order + (i << 2)) * stride;
    const other = pictures + <usize>load<u16>(order + (i << 2), 2) * stride;
    let n = 0;
    for (let from = 0; from < stride; from += 16) {
      const packed = v128.or(v128.load(one + from), v128.load(other + from));
      let inked = i16x8.bitmask(i16x8.ne(packed, i16x8.splat(0)));
      while (inked) {
        const pixels = (from >> 1) + ctz(inked);
        inked &= inked - 1;
        const at = counts + (pixels << 2);
        store<i32>(at, load<i32>(at) + 1);
        putQuad(group, n++, load<u16>(one + (pixels << 1)), load<u16>(other + (pixels << 1)), pixels);
      }
    }
    store<u32>(sparseRows + (i << 3), <u32>group);
    group += ((n + 1) >> 1) * GROUP;
    store<u32>(sparseRows + (i << 3), <u32>group, 4);
  }
}

/** The same quads, pair of pixels by pair of pixels; `counts` becomes 0. */
export function transposeBlocks2x2(sparseRows: usize, pairs: i32, pixelPairs: i32, group: usize, out: usize, counts: usize): void {
  for (let p = 0; p < pixelPairs; p++) {
    store<u32>(out + (p << 3), <u32>group);
    group += ((load<i32>(counts + (p << 2)) + 1) >> 1) * GROUP;
    store<u32>(out + (p << 3), <u32>group, 4);
    store<i32>(counts + (p << 2), 0);
  }
  for (let i = 0; i < pairs; i++) {
    for (let from = <usize>load<u32>(sparseRows + (i << 3)), end = <usize>load<u32>(sparseRows + (i << 3), 4); from < end; from += GROUP) {
      for (let k = 0; k < 2; k++) {
        const bytes = load<u32>(from + (k << 2));
        if (bytes == 0) continue;
        const p = pixelOf(load<u16>(from + (k << 1), INDICES_AT));
        const n = load<i32>(counts + (p << 2));
        store<i32>(counts + (p << 2), n + 1);
        // From example by example to pixel by pixel: the two bytes in the middle change places.
        const first = (bytes & 0xff) | ((bytes >>> 8) & 0xff00);
        const second = ((bytes >>> 8) & 0xff) | ((bytes >>> 16) & 0xff00);
        putQuad(<usize>load<u32>(out + (p << 3)), n, <u16>first, <u16>second, i);
      }
    }
  }
  memory.fill(counts, 0, pixelPairs << 2);
}

/** Writes quad n of a run that begins at `run`. */
function putQuad(run: usize, n: i32, first: u32, second: u32, index: i32): void {
  const group = run + (n >> 1) * GROUP;
  const k = n & 1;
  store<u32>(group + (k << 2), first | (second << 16));
  store<u16>(group + (k << 1), <u16>(index * ROWS), INDICES_AT);
  if (k == 0) {
    store<u32>(group, 0, 4);
    store<u16>(group, 0, INDICES_AT + 2);
  }
}
