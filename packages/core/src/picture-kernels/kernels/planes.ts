// From colors to gray, and to other sizes: passes/planes.ts and passes/threshold.ts of
// data/pictures.

/** A picture without transparency in red, green and blue; each square of `side` pixels becomes its mean. */
export function shrink(data: usize, channels: i32, width: i32, height: i32, side: i32, out: usize): void {
  const green = <usize>(channels > 2 ? 1 : 0);
  const blue = 2 * green;
  for (let top = 0; top < height; top += side) {
    const bottom = min(top + side, height);
    for (let left = 0; left < width; left += side) {
      const right = min(left + side, width);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let y = top; y < bottom; y++) {
        const end = data + <usize>((y * width + right) * channels);
        for (let at = data + <usize>((y * width + left) * channels); at < end; at += channels) {
          r += load<u8>(at);
          g += load<u8>(at + green);
          b += load<u8>(at + blue);
        }
      }
      const pixels = <f64>((bottom - top) * (right - left));
      store<u8>(out, <i32>nearest<f64>(<f64>r / pixels));
      store<u8>(out + 1, <i32>nearest<f64>(<f64>g / pixels));
      store<u8>(out + 2, <i32>nearest<f64>(<f64>b / pixels));
      out += 3;
    }
  }
}

/** A weighted sum of the colors of every `step`-th pixel. */
export function plane(rgb: usize, step: i32, count: i32, red: f64, green: f64, blue: f64, out: usize): void {
  const end = out + (<usize>count << 2);
  for (; out < end; out += 4, rgb += 3 * step) {
    store<f32>(out, <f32>(red * load<u8>(rgb) + green * load<u8>(rgb + 1) + blue * load<u8>(rgb + 2)));
  }
}

/** How many values are in each of 256 steps from 0 to `most`, as doubles. */
export function histogram(values: usize, count: i32, most: f64, counts: usize): void {
  memory.fill(counts, 0, 2048);
  for (let i = 0; i < count; i++) {
    countIn(counts, floor<f64>((<f64>load<f32>(values + (<usize>i << 2)) / most) * 256));
  }
}

/** Adds to the counts of the same steps, from 0 to 256, those of a plane's every `step`-th pixel. */
export function countPlane(
  rgb: usize,
  step: i32,
  count: i32,
  red: f64,
  green: f64,
  blue: f64,
  counts: usize,
): void {
  for (let i = 0; i < count; i++, rgb += 3 * step) {
    countIn(counts, floor<f64>(<f64><f32>(red * load<u8>(rgb) + green * load<u8>(rgb + 1) + blue * load<u8>(rgb + 2))));
  }
}

// @ts-ignore: decorator
@inline
function countIn(counts: usize, step: f64): void {
  const at = counts + (<usize><i32>max<f64>(0, min<f64>(255, step)) << 3);
  store<f64>(at, load<f64>(at) + 1);
}

/**
 * Which of `width` values make up each of `to` scaled ones, and their weights. Fewer cover areas; as many
 * or more lie between two.
 *
 * @param places receives for each the place of its first value and how many it has, as 32-bit integers
 * @param weights receives their weights, as doubles, `most` for each
 */
export function taps(width: i32, to: i32, places: usize, weights: usize, most: i32): void {
  const wide = <f64>width;
  const many = <f64>to;
  for (let i = 0; i < to; i++, places += 8, weights += <usize>most << 3) {
    let first: f64 = 0;
    let count = 1;
    if (to < width) {
      const start = (<f64>i * wide) / many;
      const end = (<f64>(i + 1) * wide) / many;
      first = floor<f64>(start);
      count = <i32>(min<f64>(wide, ceil<f64>(end)) - first);
      for (let k = 0; k < count; k++) {
        const at = first + <f64>k;
        const covered = min<f64>(end, at + 1) - max<f64>(start, at);
        store<f64>(weights + (<usize>k << 3), (covered * many) / wide);
      }
    } else {
      const center = max<f64>(0, min<f64>(wide - 1, ((<f64>i + 0.5) * wide) / many - 0.5));
      first = floor<f64>(center);
      const part = center - first;
      store<f64>(weights, 1 - part);
      if (part !== 0) {
        store<f64>(weights + 8, part);
        count = 2;
      }
    }
    store<i32>(places, <i32>first);
    store<i32>(places + 4, count);
  }
}

/**
 * Every row becomes a column of `count` sums of some of its values.
 *
 * @param taps for each sum the place of its first value and how many it has, as 32-bit integers
 * @param weights of its values, as doubles, `most` for each sum
 * @param apart values from one sum of a row to the next: there may be more rows than these
 */
export function scaleRows(
  from: usize,
  width: i32,
  height: i32,
  taps: usize,
  weights: usize,
  most: i32,
  count: i32,
  to: usize,
  apart: i32,
): void {
  for (let y = 0; y < height; y++) {
    const row = from + (<usize>(y * width) << 2);
    let out = to + (<usize>y << 2);
    for (let i = 0; i < count; i++, out += <usize>apart << 2) {
      let at = row + (<usize>load<i32>(taps + (<usize>i << 3)) << 2);
      let weight = weights + (<usize>(i * most) << 3);
      const end = weight + (<usize>load<i32>(taps + (<usize>i << 3) + 4) << 3);
      let sum: f64 = 0;
      for (; weight < end; weight += 8, at += 4) sum += load<f64>(weight) * <f64>load<f32>(at);
      store<f32>(out, <f32>sum);
    }
  }
}
