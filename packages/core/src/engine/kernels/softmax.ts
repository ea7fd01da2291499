// The output layer: softmax, cross-entropy, answers and dZ = A − Y, for four examples at a time.
import { log, lowered, remainder, roundedPower, scaledPower } from './exponential';

/**
 * From the weighted sums Z, a class a row (`classes` rows, `ld` bytes apart), for `cols` examples
 * (a multiple of 4): in place A = softmax(Z); the most likely class of each example, the lowest of
 * equals, as a byte; and its loss, logsumexp(z) − z[label].
 *
 * An exponential is a chain of about seventy cycles, and no processor looks far enough ahead to run
 * enough of them at once. So each row goes through two short loops, with the results between them
 * in memory.
 *
 * @param room space for 12 bytes an example
 */
export function softmax(Z: usize, ld: i32, classes: i32, cols: i32, labels: usize, answers: usize, losses: usize, room: usize): void {
  const bytes = cols << 2;
  const highest = room;
  const sums = highest + bytes;
  const powers = sums + bytes;
  const one = i32x4.splat(1);
  for (let j = 0; j < bytes; j += 16) {
    let at = Z + j;
    let high = v128.load(at);
    let answer = i32x4.splat(0);
    let index = answer;
    for (let i = 1; i < classes; i++) {
      at += ld;
      const z = v128.load(at);
      index = i32x4.add(index, one);
      // Later classes have larger indices, so the maximum is the last class with a new highest sum.
      answer = i32x4.max_s(answer, v128.and(index, f32x4.gt(z, high)));
      // pmax(a, b) is b where a < b, else a, even if that is NaN.
      high = f32x4.pmax(high, z);
    }
    v128.store(highest + j, high);
    v128.store(sums + j, f32x4.splat(0));
    v128.store(losses + j, f32x4.sub(ofLabels(Z + j, ld, labels + (j >> 2)), high));
    const codes = i8x16.shuffle(answer, answer, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    v128.store32_lane(answers + (j >> 2), codes, 0);
  }
  for (let i = 0; i < classes; i++) {
    const row = Z + i * ld;
    for (let j = 0; j < bytes; j += 16) {
      const x = lowered(f32x4.sub(v128.load(row + j), v128.load(highest + j)));
      const rounded = roundedPower(x);
      v128.store(powers + j, rounded);
      v128.store(row + j, remainder(x, rounded));
    }
    for (let j = 0; j < bytes; j += 16) {
      const e = scaledPower(v128.load(row + j), v128.load(powers + j));
      v128.store(row + j, e);
      v128.store(sums + j, f32x4.add(v128.load(sums + j), e));
    }
  }
  for (let j = 0; j < bytes; j += 16) {
    const sum = v128.load(sums + j);
    v128.store(losses + j, f32x4.sub(log(sum), v128.load(losses + j)));
    v128.store(sums + j, f32x4.div(f32x4.splat(1), sum));
  }
  for (let i = 0; i < classes; i++) {
    const row = Z + i * ld;
    for (let j = 0; j < bytes; j += 16) {
      v128.store(row + j, f32x4.mul(v128.load(row + j), v128.load(sums + j)));
    }
  }
}

/** z[label] of four examples, from a column on. */
// @ts-ignore: decorator
@inline
function ofLabels(column: usize, ld: i32, labels: usize): v128 {
  return lanes(
    load<f32>(column + <i32>load<u8>(labels) * ld),
    load<f32>(column + <i32>load<u8>(labels, 1) * ld, 4),
    load<f32>(column + <i32>load<u8>(labels, 2) * ld, 8),
    load<f32>(column + <i32>load<u8>(labels, 3) * ld, 12),
  );
}

// @ts-ignore: decorator
@inline
function lanes(a: f32, b: f32, c: f32, d: f32): v128 {
  return f32x4.replace_lane(f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(a), 1, b), 2, c), 3, d);
}

/**
 * In place: dZ = A − Y for the first `count` of `cols` examples, 0 for the rest, which are padding.
 */
export function subtractLabels(A: usize, ld: i32, classes: i32, count: i32, cols: i32, labels: usize): void {
  for (let j = 0; j < count; j++) {
    const at = A + (j << 2) + <i32>load<u8>(labels + j) * ld;
    store<f32>(at, load<f32>(at) - 1);
  }
  for (let i = 0; i < classes; i++) {
    for (let j = count; j < cols; j++) store<f32>(A + i * ld + (j << 2), 0);
  }
}

/** What label smoothing by ε adds to each loss: ε (z[label] − mean z), from the weighted sums Z. */
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

/** Adds what label smoothing by ε adds to dZ: ε (Y − 1/n), for the first `count` examples. */
export function smoothLabels(dZ: usize, ld: i32, classes: i32, count: i32, labels: usize, epsilon: f32): void {
  const each = epsilon / <f32>classes;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < count; j++) {
      const at = dZ + i * ld + (j << 2);
      store<f32>(at, load<f32>(at) - each + (i == <i32>load<u8>(labels + j) ? epsilon : 0));
    }
  }
}

/**
 * M (rows × cols, a multiple of 4) := each column times its example's weight: the last dZ, or a row of
 * losses.
 */
export function scaleColumns(M: usize, ld: i32, rows: i32, cols: i32, weights: usize): void {
  const bytes = cols << 2;
  for (let i = 0; i < rows; i++) {
    const row = M + i * ld;
    for (let j = 0; j < bytes; j += 16) {
      v128.store(row + j, f32x4.mul(v128.load(row + j), v128.load(weights + j)));
    }
  }
}

/** The sum of the losses, in 64 bits, in the order of the examples. */
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
