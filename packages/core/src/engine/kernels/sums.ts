// Sums over examples, and over the gradients of groups.

/**
 * out[i] = or += the sum of row i: `cols` floats (a multiple of 4), rows `ld` bytes apart. Two rows
 * at a time, because each row is one chain of additions.
 */
export function sumRows(M: usize, ld: i32, rows: i32, cols: i32, out: usize, accumulate: bool): void {
  const bytes = cols << 2;
  for (let i = 0; i < rows; i += 2) {
    const row0 = M + i * ld;
    const row1 = i + 1 < rows ? row0 + ld : row0;
    let sums0 = f32x4.splat(0);
    let sums1 = f32x4.splat(0);
    for (let j = 0; j < bytes; j += 16) {
      sums0 = f32x4.add(sums0, v128.load(row0 + j));
      sums1 = f32x4.add(sums1, v128.load(row1 + j));
    }
    putSum(out + (i << 2), sums0, accumulate);
    if (i + 1 < rows) putSum(out + (i << 2) + 4, sums1, accumulate);
  }
}

// @ts-ignore: decorator
@inline
function putSum(at: usize, sums: v128, accumulate: bool): void {
  const pairs = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  let sum = f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  if (accumulate) sum += load<f32>(at);
  store<f32>(at, sum);
}

/**
 * Sums `parts` vectors that are `step` bytes apart into `out`, in the order of the parts. `bytes`
 * is a multiple of 16. A cache line at a time, so that four chains of additions run side by side.
 */
export function sumParts(from: usize, parts: i32, step: i32, out: usize, bytes: i32): void {
  const end = from + bytes;
  const steps = parts * step;
  for (; from + 64 <= end; from += 64) {
    let sum0 = v128.load(from);
    let sum1 = v128.load(from, 16);
    let sum2 = v128.load(from, 32);
    let sum3 = v128.load(from, 48);
    for (let part = from + step; part < from + steps; part += step) {
      sum0 = f32x4.add(sum0, v128.load(part));
      sum1 = f32x4.add(sum1, v128.load(part, 16));
      sum2 = f32x4.add(sum2, v128.load(part, 32));
      sum3 = f32x4.add(sum3, v128.load(part, 48));
    }
    v128.store(out, sum0);
    v128.store(out, sum1, 16);
    v128.store(out, sum2, 32);
    v128.store(out, sum3, 48);
    out += 64;
  }
  for (; from < end; from += 16) {
    let sum = v128.load(from);
    for (let part = from + step; part < from + steps; part += step) sum = f32x4.add(sum, v128.load(part));
    v128.store(out, sum);
    out += 16;
  }
}
