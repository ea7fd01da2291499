// Where ink is: data/pictures/crop.ts.

/**
 * The first and last column and row with a value that is not 0, as four integers; without any, the width,
 * −1, the height, −1.
 */
export function boxOfInk(values: usize, width: i32, height: i32, out: usize): void {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, values += 4) {
      if (load<f32>(values) === 0) continue;
      left = min(left, x);
      right = max(right, x);
      top = min(top, y);
      bottom = y;
    }
  }
  store<i32>(out, left);
  store<i32>(out + 4, right);
  store<i32>(out + 8, top);
  store<i32>(out + 12, bottom);
}
