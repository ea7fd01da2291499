// Distances to the nearest pixel: data/pictures/distance.ts.

/** Farther than any pixel of a picture. */
const FAR: f32 = 1e12;

/**
 * The squared distance of every pixel to the nearest one that is `set`, in pixels, as floats.
 *
 * @param room for 4 × (the longer side + 1) doubles
 */
export function squaredDistances(mask: usize, width: i32, height: i32, set: i32, room: usize, out: usize): void {
  const size = width * height;
  for (let i = 0; i < size; i++) store<f32>(out + (<usize>i << 2), load<u8>(mask + i) === set ? 0 : FAR);
  const part = <usize>(max(width, height) + 1) << 3;
  for (let x = 0; x < width; x++) lowerEnvelope(out + (<usize>x << 2), height, <usize>width << 2, room, part);
  for (let y = 0; y < height; y++) lowerEnvelope(out + (<usize>(y * width) << 2), width, 4, room, part);
}

/** For each i of a line, the least of line[j] + (i − j)², in its place. */
function lowerEnvelope(at: usize, length: i32, step: usize, line: usize, part: usize): void {
  const vertices = line + part;
  const starts = vertices + part;
  for (let i = 0; i < length; i++) store<f64>(line + (<usize>i << 3), <f64>load<f32>(at + step * <usize>i));
  let last = 0;
  store<i32>(vertices, 0);
  store<f64>(starts, -Infinity);
  store<f64>(starts + 8, Infinity);
  for (let j = 1; j < length; j++) {
    let start = crossing(line, j, load<i32>(vertices + (<usize>last << 2)));
    while (start <= load<f64>(starts + (<usize>last << 3))) {
      last--;
      start = crossing(line, j, load<i32>(vertices + (<usize>last << 2)));
    }
    last++;
    store<i32>(vertices + (<usize>last << 2), j);
    store<f64>(starts + (<usize>last << 3), start);
    store<f64>(starts + (<usize>last << 3) + 8, Infinity);
  }
  for (let i = 0, k = 0; i < length; i++) {
    while (load<f64>(starts + (<usize>k << 3) + 8) < <f64>i) k++;
    const vertex = load<i32>(vertices + (<usize>k << 2));
    const away = i - vertex;
    store<f32>(at + step * <usize>i, <f32>(load<f64>(line + (<usize>vertex << 3)) + <f64>(away * away)));
  }
}

// @ts-ignore: decorator
@inline
function crossing(line: usize, j: i32, k: i32): f64 {
  const height = load<f64>(line + (<usize>j << 3)) + <f64>(j * j) - load<f64>(line + (<usize>k << 3));
  return (height - <f64>(k * k)) / <f64>(2 * (j - k));
}
