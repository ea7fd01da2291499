// Means in colors: ../colors.ts.
import { COMPONENT } from './units';

/** Rows of means, of one component in gray, or of three in red, green and blue. */
export function toColors(components: usize, count: i32, width: i32, rows: i32, out: usize): void {
  for (let y = 0; y < rows; y++) {
    const luma = rowOf(components, y);
    const lumaStep = load<i32>(components, 40);
    if (count === 1) {
      for (let x = 0; x < width; x++, out++) store<u8>(out, byteOf(at(luma, x >> lumaStep) + 128));
      continue;
    }
    const blue = rowOf(components + COMPONENT, y);
    const blueStep = load<i32>(components + COMPONENT, 40);
    const red = rowOf(components + 2 * COMPONENT, y);
    const redStep = load<i32>(components + 2 * COMPONENT, 40);
    for (let x = 0; x < width; x++, out += 3) {
      const light = at(luma, x >> lumaStep) + 128;
      const cb = at(blue, x >> blueStep);
      const cr = at(red, x >> redStep);
      store<u8>(out, byteOf(light + 1.402 * cr));
      store<u8>(out + 1, byteOf(light - 0.344136 * cb - 0.714136 * cr));
      store<u8>(out + 2, byteOf(light + 1.772 * cb));
    }
  }
}

/** The means for row y of the picture. */
function rowOf(component: usize, y: i32): usize {
  const row = y >> load<i32>(component, 44);
  return load<usize>(component, 36) + (<usize>(row * load<i32>(component, 16)) << 2);
}

// @ts-ignore: decorator
@inline
function at(row: usize, x: i32): f64 {
  return <f64>load<f32>(row + (<usize>x << 2));
}

/** As a `Uint8ClampedArray` takes it. */
// @ts-ignore: decorator
@inline
function byteOf(value: f64): i32 {
  return <i32>nearest<f64>(max<f64>(0, min<f64>(255, value)));
}
