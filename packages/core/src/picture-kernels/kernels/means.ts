// Means and what is measured with them: passes/noise.ts and passes/contrast.ts of data/pictures. Sums have
// the order of the plain passes, and with it the same bits.

/**
 * Each value becomes the mean of the square window around it, as far as it is in the picture.
 *
 * @param sums room for `width` doubles
 * @param rows room for the picture
 */
export function meanAround(
  from: usize,
  width: i32,
  height: i32,
  radius: i32,
  sums: usize,
  rows: usize,
  to: usize,
): void {
  const stride = <usize>width << 2;
  for (let y = 0; y < height; y++) {
    const source = from + stride * <usize>y;
    const target = rows + stride * <usize>y;
    let sum: f64 = 0;
    let count = 0;
    for (let i = 0; i < width + radius; i++) {
      if (i < width) {
        sum += <f64>load<f32>(source + (<usize>i << 2));
        count++;
      }
      const place = i - radius;
      if (place < 0) continue;
      if (place > radius) {
        sum -= <f64>load<f32>(source + ((<usize>(place - radius - 1)) << 2));
        count--;
      }
      store<f32>(target + (<usize>place << 2), <f32>(sum / <f64>count));
    }
  }
  memory.fill(sums, 0, <usize>width << 3);
  let count = 0;
  for (let i = 0; i < height + radius; i++) {
    const place = i - radius;
    if (i < height) {
      const entering = rows + stride * <usize>i;
      for (let x = 0; x < width; x++) add(sums, x, <f64>load<f32>(entering + (<usize>x << 2)));
      count++;
    }
    if (place < 0) continue;
    if (place > radius) {
      const leaving = rows + stride * <usize>(place - radius - 1);
      for (let x = 0; x < width; x++) add(sums, x, -(<f64>load<f32>(leaving + (<usize>x << 2))));
      count--;
    }
    const target = to + stride * <usize>place;
    const many = <f64>count;
    for (let x = 0; x < width; x++) {
      store<f32>(target + (<usize>x << 2), <f32>(load<f64>(sums + (<usize>x << 3)) / many));
    }
  }
}

// @ts-ignore: decorator
@inline
function add(sums: usize, x: i32, value: f64): void {
  const at = sums + (<usize>x << 3);
  store<f64>(at, load<f64>(at) + value);
}

/** The skewness of the differences from the means, times the root of their number. */
export function skewness(values: usize, means: usize, count: i32): f64 {
  let squares: f64 = 0;
  let cubes: f64 = 0;
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const difference = <f64>load<f32>(values + at) - <f64>load<f32>(means + at);
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  return squares > 0 ? (cubes / (squares * sqrt<f64>(squares))) * sqrt<f64>(<f64>count) : 0;
}

/** Each value becomes the mean of 3 × 3, weighted 1 2 1 across and down. */
export function smooth(from: usize, width: i32, height: i32, rows: usize, to: usize): void {
  const stride = <usize>width << 2;
  const last = width - 1;
  for (let y = 0; y < height; y++) {
    const row = stride * <usize>y;
    for (let x = 0; x < width; x++) {
      const at = row + (<usize>x << 2);
      const before = <f64>load<f32>(from + (x > 0 ? at - 4 : at));
      const after = <f64>load<f32>(from + (x < last ? at + 4 : at));
      store<f32>(rows + at, <f32>((before + 2 * <f64>load<f32>(from + at) + after) / 4));
    }
  }
  const end = stride * <usize>height;
  for (let at: usize = 0; at < end; at += 4) {
    const above = <f64>load<f32>(rows + (at < stride ? at : at - stride));
    const below = <f64>load<f32>(rows + (at + stride < end ? at + stride : at));
    store<f32>(to + at, <f32>((above + 2 * <f64>load<f32>(rows + at) + below) / 4));
  }
}

/**
 * The absolute differences of two Laplacians at every `step`-th pixel, without the border. Returns how many.
 */
export function laplacians(data: usize, width: i32, height: i32, step: i32, out: usize): i32 {
  let count = 0;
  const stride = <usize>width << 2;
  for (let at = width + 1; at < width * (height - 1) - 1; at += step) {
    const x = at % width;
    if (x === 0 || x === width - 1) continue;
    const middle = data + (<usize>at << 2);
    const above = middle - stride;
    const below = middle + stride;
    const corners =
      <f64>load<f32>(above - 4) + <f64>load<f32>(above + 4) + <f64>load<f32>(below - 4) + <f64>load<f32>(below + 4);
    const sides =
      <f64>load<f32>(above) + <f64>load<f32>(below) + <f64>load<f32>(middle - 4) + <f64>load<f32>(middle + 4);
    store<f32>(
      out + (<usize>count << 2),
      <f32>abs<f64>(corners - 2 * sides + 4 * <f64>load<f32>(middle)),
    );
    count++;
  }
  return count;
}

/**
 * The middle one of the values, which are at least 0, by size; of an even number, the upper one of two.
 * Bytes of such floats have the order of the numbers: the first byte is found by counting, then the next
 * one.
 *
 * @param counts room for 256 integers
 */
export function median(values: usize, count: i32, counts: usize): f32 {
  const end = values + (<usize>count << 2);
  let before = count >> 1;
  let known: u32 = 0;
  let mask: u32 = 0;
  for (let shift = 24; shift >= 0; shift -= 8) {
    memory.fill(counts, 0, 1024);
    for (let at = values; at < end; at += 4) {
      const bits = load<u32>(at);
      if ((bits & mask) !== known) continue;
      const place = counts + (<usize>((bits >> <u32>shift) & 255) << 2);
      store<i32>(place, load<i32>(place) + 1);
    }
    let byte: u32 = 0;
    for (; before >= load<i32>(counts + (<usize>byte << 2)); byte++) before -= load<i32>(counts + (<usize>byte << 2));
    known |= byte << <u32>shift;
    mask |= <u32>255 << <u32>shift;
  }
  return reinterpret<f32>(known);
}
