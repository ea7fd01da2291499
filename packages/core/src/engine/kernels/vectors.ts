// What is done to whole runs of parameters, and the barrier at which threads meet.

/** out[i] = or += Σ over row i of `cols` floats (a multiple of 4), rows `ld` bytes apart. Two rows at once, since each is one chain of additions. */
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
 * The update: W −= factor · dW, for `bytes` bytes, a multiple of 16 and not 0. What does not change is not written: so threads keep in their caches what they
 * have read of pixels that are never inked.
 */
export function update(W: usize, dW: usize, factor: f32, bytes: i32): void {
  const f = f32x4.splat(factor);
  let i: usize = 0;
  do {
    const change = f32x4.mul(f, v128.load(dW + i));
    if (v128.any_true(change)) v128.store(W + i, f32x4.sub(v128.load(W + i), change));
    i += 16;
  } while (i < <usize>bytes);
}

/**
 * Sums `parts` vectors that lie `step` bytes apart into `out`, for `bytes` bytes, a multiple of 16, in the order of the parts. A cache line at
 * once, so that four chains of additions lie side by side.
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

/** How often a thread looks before it sleeps: some 0.2 ms. Threads of a phase lie less apart, and to wake one costs more than to look. */
const SPINS = 400000;

/**
 * Waits until `threads` threads are here. At `at`: how many have come, the generation, and the counter that `nextTask` uses,
 * which starts anew; 32-bit integers.
 */
export function barrier(at: usize, threads: i32): void {
  if (threads < 2) {
    store<i32>(at, 0, 8);
    return;
  }
  const generation = atomic.load<i32>(at, 4);
  if (atomic.add<i32>(at, 1) == threads - 1) {
    atomic.store<i32>(at, 0);
    atomic.store<i32>(at, 0, 8);
    atomic.add<i32>(at, 1, 4);
    atomic.notify(at + 4, -1);
    return;
  }
  for (let i = 0; i < SPINS; i++) {
    if (atomic.load<i32>(at, 4) != generation) return;
  }
  while (atomic.load<i32>(at, 4) == generation) atomic.wait<i32>(at + 4, generation, -1);
}

/** The next task that no thread has taken. */
export function nextTask(at: usize): i32 {
  return atomic.add<i32>(at, 1, 8);
}
