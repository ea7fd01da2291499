// The updates of the optimizers, over parts of the parameters. `factor` turns the sum over a batch
// into the gradient: its mean, clipped, with the pixel scale. `bytes` are multiples of 16, and not
// 0.
//
// Loops over many vectors test at their end whether there is more. V8 then computes before the loop
// what every round needs, such as vectors of one constant, which it would otherwise build for each
// vector (docs/engine-log.md).

/**
 * Gradient descent: W −= factor · dW. What does not change is not written, so that other threads
 * keep in their caches what they have read of pixels that are always 0.
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

/** Gradient descent with weight decay: W = shrink · W − factor · dW. */
export function updateShrunk(W: usize, dW: usize, factor: f32, shrink: f32, bytes: i32): void {
  const f = f32x4.splat(factor);
  const s = f32x4.splat(shrink);
  let i: usize = 0;
  do {
    v128.store(W + i, f32x4.sub(f32x4.mul(s, v128.load(W + i)), f32x4.mul(f, v128.load(dW + i))));
    i += 16;
  } while (i < <usize>bytes);
}

const MOMENTUM = 1;
const NESTEROV = 2;
const ADAM = 3;
const RMSPROP = 4;
const LION = 5;

/**
 * One step of an optimizer with state, by its code (maths/optimizers.ts), of `bytes` bytes of
 * parameters W with the sums of gradients dW and up to two state slots. The gradient is g = factor
 * · dW + decay · W, and decoupled weight decay makes shrink · W of W. c0 to c3 are the row's
 * coefficients.
 */
export function step(
  code: i32,
  W: usize,
  dW: usize,
  first: usize,
  second: usize,
  factor: f32,
  weightDecay: f32,
  shrink: f32,
  c0: f32,
  c1: f32,
  c2: f32,
  c3: f32,
  bytes: i32,
): void {
  // A loop for each, so that none asks in its loop which it is.
  if (code == MOMENTUM) momentum(W, dW, first, factor, weightDecay, c0, c1, false, bytes);
  else if (code == NESTEROV) momentum(W, dW, first, factor, weightDecay, c0, c1, true, bytes);
  else if (code == ADAM) adam(W, dW, first, second, factor, weightDecay, shrink, c0, c1, c2, c3, bytes);
  else if (code == RMSPROP) rmsprop(W, dW, first, factor, weightDecay, c0, c1, c2, bytes);
  else if (code == LION) lion(W, dW, first, factor, shrink, c0, c1, c2, bytes);
  else unreachable();
}

/** v := μ v + g, then W −= α v, or α (g + μ v) where `ahead`. */
function momentum(
  W: usize,
  dW: usize,
  v: usize,
  factor: f32,
  weightDecay: f32,
  mu: f32,
  alpha: f32,
  ahead: bool,
  bytes: i32,
): void {
  const f = f32x4.splat(factor);
  const d = f32x4.splat(weightDecay);
  const m = f32x4.splat(mu);
  const a = f32x4.splat(alpha);
  let i: usize = 0;
  do {
    const w = v128.load(W + i);
    const g = f32x4.add(f32x4.mul(f, v128.load(dW + i)), f32x4.mul(d, w));
    const speed = f32x4.add(f32x4.mul(m, v128.load(v + i)), g);
    v128.store(v + i, speed);
    const way = ahead ? f32x4.add(g, f32x4.mul(m, speed)) : speed;
    v128.store(W + i, f32x4.sub(w, f32x4.mul(a, way)));
    i += 16;
  } while (i < <usize>bytes);
}

/**
 * m := β₁ m + (1 − β₁) g, v := β₂ v + (1 − β₂) g², then W := shrink · W − rate · m / (√v + ε).
 * `rate` and ε hold the corrections for m and v, which start at 0.
 */
function adam(
  W: usize,
  dW: usize,
  m: usize,
  v: usize,
  factor: f32,
  weightDecay: f32,
  shrink: f32,
  rate: f32,
  epsilon: f32,
  beta1: f32,
  beta2: f32,
  bytes: i32,
): void {
  const f = f32x4.splat(factor);
  const d = f32x4.splat(weightDecay);
  const s = f32x4.splat(shrink);
  const r = f32x4.splat(rate);
  const e = f32x4.splat(epsilon);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  let i: usize = 0;
  do {
    const w = v128.load(W + i);
    const g = f32x4.add(f32x4.mul(f, v128.load(dW + i)), f32x4.mul(d, w));
    const mean = f32x4.add(f32x4.mul(b1, v128.load(m + i)), f32x4.mul(c1, g));
    const square = f32x4.add(f32x4.mul(b2, v128.load(v + i)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(m + i, mean);
    v128.store(v + i, square);
    const step = f32x4.div(f32x4.mul(r, mean), f32x4.add(f32x4.sqrt(square), e));
    v128.store(W + i, f32x4.sub(f32x4.mul(s, w), step));
    i += 16;
  } while (i < <usize>bytes);
}

/** v := ρ v + (1 − ρ) g², then W −= α g / (√v + ε). */
function rmsprop(
  W: usize,
  dW: usize,
  v: usize,
  factor: f32,
  weightDecay: f32,
  alpha: f32,
  rho: f32,
  epsilon: f32,
  bytes: i32,
): void {
  const f = f32x4.splat(factor);
  const d = f32x4.splat(weightDecay);
  const a = f32x4.splat(alpha);
  const r = f32x4.splat(rho);
  const c = f32x4.splat(1 - rho);
  const e = f32x4.splat(epsilon);
  let i: usize = 0;
  do {
    const w = v128.load(W + i);
    const g = f32x4.add(f32x4.mul(f, v128.load(dW + i)), f32x4.mul(d, w));
    const square = f32x4.add(f32x4.mul(r, v128.load(v + i)), f32x4.mul(c, f32x4.mul(g, g)));
    v128.store(v + i, square);
    v128.store(W + i, f32x4.sub(w, f32x4.div(f32x4.mul(a, g), f32x4.add(f32x4.sqrt(square), e))));
    i += 16;
  } while (i < <usize>bytes);
}

/**
 * c := β₁ m + (1 − β₁) g, then W := shrink · W − α sign(c) and m := β₂ m + (1 − β₂) g. sign(0) = 0,
 * and NaN stays NaN.
 */
function lion(
  W: usize,
  dW: usize,
  m: usize,
  factor: f32,
  shrink: f32,
  alpha: f32,
  beta1: f32,
  beta2: f32,
  bytes: i32,
): void {
  const f = f32x4.splat(factor);
  const s = f32x4.splat(shrink);
  const a = f32x4.splat(alpha);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const zero = f32x4.splat(0);
  const sign = f32x4.splat(-0.0);
  let i: usize = 0;
  do {
    const g = f32x4.mul(f, v128.load(dW + i));
    const before = v128.load(m + i);
    const c = f32x4.add(f32x4.mul(b1, before), f32x4.mul(c1, g));
    // α with the sign of c; c itself where it is 0 or NaN.
    const signed = v128.or(a, v128.and(c, sign));
    const step = v128.bitselect(signed, c, v128.or(f32x4.lt(c, zero), f32x4.gt(c, zero)));
    v128.store(W + i, f32x4.sub(f32x4.mul(s, v128.load(W + i)), step));
    v128.store(m + i, f32x4.add(f32x4.mul(b2, before), f32x4.mul(c2, g)));
    i += 16;
  } while (i < <usize>bytes);
}

/** Sets to 0 what is below 10⁻³⁰ in absolute value, before it becomes subnormal. NaN stays NaN. */
export function flushSubnormals(M: usize, bytes: i32): void {
  let i: usize = 0;
  do {
    const value = v128.load(M + i);
    v128.store(M + i, v128.andnot(value, f32x4.lt(f32x4.abs(value), f32x4.splat(1e-30))));
    i += 16;
  } while (i < <usize>bytes);
}

/** One more step of a running average: average += share · (W − average). */
export function updateAverage(mean: usize, W: usize, share: f32, bytes: i32): void {
  const s = f32x4.splat(share);
  for (let i = 0; i < bytes; i += 16) {
    const before = v128.load(mean + i);
    v128.store(mean + i, f32x4.add(before, f32x4.mul(s, f32x4.sub(v128.load(W + i), before))));
  }
}

/** out = s A + t B. */
export function combine(out: usize, s: f32, A: usize, t: f32, B: usize, bytes: i32): void {
  const f = f32x4.splat(s);
  const g = f32x4.splat(t);
  for (let i = 0; i < bytes; i += 16) {
    v128.store(out + i, f32x4.add(f32x4.mul(f, v128.load(A + i)), f32x4.mul(g, v128.load(B + i))));
  }
}

/**
 * The dot product of two matrices of `rows` rows and `cols` columns, `ld` bytes between the rows of
 * both: in 64 bits, in their order.
 */
export function dot(A: usize, B: usize, ld: i32, rows: i32, cols: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const at = i * ld;
    for (let j = 0; j < cols << 2; j += 4) sum += <f64>load<f32>(A + at + j) * <f64>load<f32>(B + at + j);
  }
  return sum;
}
