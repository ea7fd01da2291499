// From colors to gray, and to other sizes: background.ts, gray-plane.ts, threshold.ts and scale.ts of
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

/** How many values are in each of 256 steps from 0 to `most`, as 32-bit integers. */
export function histogram(values: usize, count: i32, most: f64, counts: usize): void {
  memory.fill(counts, 0, 1024);
  for (let i = 0; i < count; i++) {
    const step = floor<f64>((<f64>load<f32>(values + (<usize>i << 2)) / most) * 256);
    const at = counts + (<usize><i32>max<f64>(0, min<f64>(255, step)) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/**
 * Every row becomes a column of `count` sums of some of its values.
 *
 * @param taps for each sum the place of its first value and how many it has, as 32-bit integers
 * @param weights of its values, as doubles, `most` for each sum
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
): void {
  for (let y = 0; y < height; y++) {
    const row = from + (<usize>(y * width) << 2);
    let out = to + (<usize>y << 2);
    for (let i = 0; i < count; i++, out += <usize>height << 2) {
      let at = row + (<usize>load<i32>(taps + (<usize>i << 3)) << 2);
      let weight = weights + (<usize>(i * most) << 3);
      const end = weight + (<usize>load<i32>(taps + (<usize>i << 3) + 4) << 3);
      let sum: f64 = 0;
      for (; weight < end; weight += 8, at += 4) sum += load<f64>(weight) * <f64>load<f32>(at);
      store<f32>(out, <f32>sum);
    }
  }
}
