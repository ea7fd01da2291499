// The last layer's end: softmax, cross-entropy, answers and dZ = A − Y, for four examples at once.
import { exp, log } from './exponential';

/**
 * From the weighted sums Z, a class a row (`classes` rows, `ld` bytes apart), for `cols` examples (a multiple of 4):
 * in place A = softmax(Z), and per example its most likely class, the lowest of equals (a byte), and logsumexp(z) − z[label].
 */
export function softmax(Z: usize, ld: i32, classes: i32, cols: i32, labels: usize, answers: usize, losses: usize): void {
  const one = i32x4.splat(1);
  for (let j = 0; j < cols; j += 4) {
    const column = Z + (j << 2);
    let highest = v128.load(column);
    let answer = i32x4.splat(0);
    let index = answer;
    let at = column;
    for (let i = 1; i < classes; i++) {
      at += ld;
      const z = v128.load(at);
      index = i32x4.add(index, one);
      // Later classes have larger indices, so the larger of the two is the later of those that were higher.
      answer = i32x4.max_s(answer, v128.and(index, f32x4.gt(z, highest)));
      // pmax(a, b) is b where a < b, and a, NaN or not, elsewhere.
      highest = f32x4.pmax(highest, z);
    }
    const ofLabel = lanes(
      load<f32>(column + <i32>load<u8>(labels + j) * ld),
      load<f32>(column + <i32>load<u8>(labels + j, 1) * ld, 4),
      load<f32>(column + <i32>load<u8>(labels + j, 2) * ld, 8),
      load<f32>(column + <i32>load<u8>(labels + j, 3) * ld, 12),
    );
    let sum = f32x4.splat(0);
    at = column;
    for (let i = 0; i < classes; i++) {
      const e = exp(f32x4.sub(v128.load(at), highest));
      sum = f32x4.add(sum, e);
      v128.store(at, e);
      at += ld;
    }
    v128.store(losses + (j << 2), f32x4.sub(log(sum), f32x4.sub(ofLabel, highest)));
    const bytes = i8x16.shuffle(answer, answer, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    v128.store32_lane(answers + j, bytes, 0);
    const share = f32x4.div(f32x4.splat(1), sum);
    at = column;
    for (let i = 0; i < classes; i++) {
      v128.store(at, f32x4.mul(v128.load(at), share));
      at += ld;
    }
  }
}

// @ts-ignore: decorator
@inline
function lanes(a: f32, b: f32, c: f32, d: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(a), 1, b), 2, c), 3, d);
}

/** In place: dZ = A − Y for the first `count` of `cols` examples, 0 for the rest, which only fill up. */
export function subtractLabels(A: usize, ld: i32, classes: i32, count: i32, cols: i32, labels: usize): void {
  for (let j = 0; j < count; j++) {
    const at = A + (j << 2) + <i32>load<u8>(labels + j) * ld;
    store<f32>(at, load<f32>(at) - 1);
  }
  for (let i = 0; i < classes; i++) {
    for (let j = count; j < cols; j++) store<f32>(A + i * ld + (j << 2), 0);
  }
}

/** What label smoothing by ε adds to the losses: ε (z[label] − mean z), from the weighted sums Z. */
export function smoothedLosses(Z: usize, ld: i32, classes: i32, cols: i32, labels: usize, epsilon: f32, out: usize): void {
  for (let j = 0; j < cols; j++) {
    const column = Z + (j << 2);
    let sum: f32 = 0;
    for (let i = 0; i < classes; i++) sum += load<f32>(column + i * ld);
    store<f32>(out + (j << 2), epsilon * (load<f32>(column + <i32>load<u8>(labels + j) * ld) - sum / <f32>classes));
  }
}

/** losses += more, for `count` examples. */
export function addLosses(losses: usize, more: usize, count: i32): void {
  for (let j = 0; j < count << 2; j += 4) store<f32>(losses + j, load<f32>(losses + j) + load<f32>(more + j));
}

/** What label smoothing by ε adds to dZ: ε (Y − 1/n), for the first `count` examples. */
export function smoothLabels(dZ: usize, ld: i32, classes: i32, count: i32, labels: usize, epsilon: f32): void {
  const each = epsilon / <f32>classes;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < count; j++) {
      const at = dZ + i * ld + (j << 2);
      store<f32>(at, load<f32>(at) - each + (i == <i32>load<u8>(labels + j) ? epsilon : 0));
    }
  }
}

/** The sum of the losses, in 64 bits, in the examples' order. */
export function sumLosses(losses: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < count; j++) sum += <f64>load<f32>(losses + (j << 2));
  return sum;
}

/** How many answers are the labels. */
export function countCorrect(answers: usize, labels: usize, count: i32): i32 {
  let correct = 0;
  for (let j = 0; j < count; j++) correct += i32(load<u8>(answers + j) == load<u8>(labels + j));
  return correct;
}
