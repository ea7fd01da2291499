// Thresholds and masks: find-strokes.ts, find-ink.ts, outline.ts and even-strokes.ts of data/pictures.

/** How much each value differs from the paper, relative to the lighter of both or to `darkest`. */
export function contrast(values: usize, paper: usize, count: i32, darkest: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const value = <f64>load<f32>(values + at);
    const around = <f64>load<f32>(paper + at);
    store<f32>(out + at, <f32>(abs<f64>(value - around) / max<f64>(max<f64>(value, around), darkest)));
  }
}

/** The absolute difference of two planes. */
export function difference(a: usize, b: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(out + at, <f32>abs<f64>(<f64>load<f32>(a + at) - <f64>load<f32>(b + at)));
  }
}

/** Differences, relative to the largest of value, paper and `darkest`. */
export function relative(differences: usize, values: usize, paper: usize, count: i32, darkest: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const lighter = max<f64>(<f64>load<f32>(values + at), <f64>load<f32>(paper + at));
    store<f32>(out + at, <f32>(<f64>load<f32>(differences + at) / max<f64>(lighter, darkest)));
  }
}

/** Collects the values larger than the floor. Returns how many. */
export function valuesAbove(values: usize, count: i32, floor: f64, out: usize): i32 {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const value = load<f32>(values + (<usize>i << 2));
    if (<f64>value <= floor) continue;
    store<f32>(out + (<usize>found << 2), value);
    found++;
  }
  return found;
}

/** The mean of the values from the threshold on; NaN if there are none. */
export function meanFrom(values: usize, count: i32, threshold: f64): f64 {
  let sum: f64 = 0;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const value = <f64>load<f32>(values + (<usize>i << 2));
    if (value < threshold) continue;
    sum += value;
    found++;
  }
  return sum / <f64>found;
}

/** The mean of the values whose byte in the mask is set; NaN if there are none. */
export function meanWhere(values: usize, mask: usize, count: i32): f64 {
  let sum: f64 = 0;
  let found = 0;
  for (let i = 0; i < count; i++) {
    if (load<u8>(mask + i) === 0) continue;
    sum += <f64>load<f32>(values + (<usize>i << 2));
    found++;
  }
  return sum / <f64>found;
}

/** 1 for each value larger than the threshold. Returns how many. */
export function maskAbove(values: usize, count: i32, threshold: f64, out: usize): i32 {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const above = i32(<f64>load<f32>(values + (<usize>i << 2)) > threshold);
    store<u8>(out + i, above);
    found += above;
  }
  return found;
}

/** 1 for each pixel of the marks that are kept, by a byte for each mark. */
export function maskOfMarks(markOf: usize, isKept: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    store<u8>(out + i, load<u8>(isKept + <usize>load<i32>(markOf + (<usize>i << 2))));
  }
}

/** A mask as floats. */
export function floatsOf(mask: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) store<f32>(out + (<usize>i << 2), <f32>load<u8>(mask + i));
}

/** 1, as floats, for each value larger than the threshold that is not in the mask. */
export function leftOut(values: usize, kept: usize, count: i32, threshold: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(out + at, <f32>i32(<f64>load<f32>(values + at) > threshold && load<u8>(kept + i) === 0));
  }
}

/** Values become 0 where `grown` is 1 and `own` is 0. */
export function erase(values: usize, grown: usize, own: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    if (load<f32>(grown + at) === 1 && load<f32>(own + at) === 0) store<f32>(values + at, 0);
  }
}

/** Where `near` is not 0: the share of the way between two values, 0–1. */
export function ramp(values: usize, near: usize, count: i32, from: f64, to: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    let ink: f64 = 0;
    if (load<f32>(near + at) !== 0) {
      ink = max<f64>(0, min<f64>(1, (<f64>load<f32>(values + at) - from) / (to - from)));
    }
    store<f32>(out + at, <f32>ink);
  }
}

/** How many sides of pixels lie between what is set in the mask and what is not, or the picture's border. */
export function outlineOf(mask: usize, width: i32, height: i32): i32 {
  let sides = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, mask++) {
      if (load<u8>(mask) === 0) continue;
      if (x === 0 || load<u8>(mask - 1) === 0) sides++;
      if (x === width - 1 || load<u8>(mask + 1) === 0) sides++;
      if (y === 0 || load<u8>(mask - width) === 0) sides++;
      if (y === height - 1 || load<u8>(mask + width) === 0) sides++;
    }
  }
  return sides;
}

/**
 * Strokes that are wider by so much on each side, from squared distances. Returns whether a pixel is ink
 * whole.
 */
export function redraw(toInk: usize, toPaper: usize, count: i32, by: f64, out: usize): bool {
  let isDrawn = false;
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const distance = <f64>load<f32>(toInk + at);
    const outside = distance > 0 ? sqrt<f64>(distance) - 0.5 : 0.5 - sqrt<f64>(<f64>load<f32>(toPaper + at));
    const ink = <f32>max<f64>(0, min<f64>(1, by - outside + 0.5));
    if (ink === 1) isDrawn = true;
    store<f32>(out + at, ink);
  }
  return isDrawn;
}
