// Activations and their derivatives. A row is a unit, a column an example. Also transposes between
// that layout and the first layer's, where a row is an example.
import { exp } from './exponential';

// The kernel codes of maths/activation.ts.
const IDENTITY = 0;
export const RELU = 1;
const SIGMOID = 2;
const TANH = 3;
const LEAKY_RELU = 4;
const GELU = 5;
const SILU = 6;

const LEAK: f32 = 0.01;

/**
 * g(z) of four values, by the kernel code of a row in maths/activation.ts. NaN stays NaN, so that a
 * run that breaks is noticed.
 */
// @ts-ignore: decorator
@inline
export function activated(kind: i32, z: v128): v128 {
  if (kind == RELU) return v128.andnot(z, f32x4.lt(z, f32x4.splat(0)));
  if (kind == LEAKY_RELU) return v128.bitselect(z, f32x4.mul(z, f32x4.splat(LEAK)), f32x4.gt(z, f32x4.splat(0)));
  return kind == IDENTITY ? z : curved(kind, z);
}

/** Those that need an exponential: a call, so that their code is not copied to every place. */
function curved(kind: i32, z: v128): v128 {
  if (kind == GELU) return f32x4.mul(z, sigmoid(twiceArgument(z)));
  if (kind == TANH) return tanh(z);
  if (kind == SIGMOID) return sigmoid(z);
  if (kind == SILU) return f32x4.mul(z, sigmoid(z));
  return unreachable();
}

/** 2u = 2√(2/π) (z + 0.044715 z³), of GELU. */
// @ts-ignore: decorator
@inline
function twiceArgument(z: v128): v128 {
  const cubic = f32x4.mul(f32x4.splat(0.044715), f32x4.mul(z, f32x4.mul(z, z)));
  return f32x4.mul(f32x4.splat(1.5957691216057308), f32x4.add(z, cubic));
}

/** g′(z), from z and a = g(z). */
export function slope(kind: i32, z: v128, a: v128): v128 {
  const one = f32x4.splat(1);
  if (kind == SILU) return siluSlope(z);
  if (kind != GELU) return backward(kind, a, one);
  const share = sigmoid(twiceArgument(z));
  const other = f32x4.sub(one, share);
  const cubic = f32x4.mul(f32x4.splat(0.134145), f32x4.mul(z, z));
  const rise = f32x4.mul(f32x4.splat(1.5957691216057308), f32x4.add(one, cubic));
  const bend = f32x4.mul(share, other);
  // Far from 0 the curve is straight, however large the slope of u.
  const curvature = v128.andnot(f32x4.mul(f32x4.mul(z, rise), bend), f32x4.eq(bend, f32x4.splat(0)));
  return f32x4.add(share, curvature);
}

/** σ(z) + z σ(z) (1 − σ(z)). */
function siluSlope(z: v128): v128 {
  const share = sigmoid(z);
  const other = f32x4.sub(f32x4.splat(1), share);
  return f32x4.add(share, f32x4.mul(z, f32x4.mul(share, other)));
}

/** 1 / (1 + e^−z), from e^−|z| alone, which cannot overflow. */
// @ts-ignore: decorator
@inline
function sigmoid(z: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp(f32x4.neg(f32x4.abs(z)));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(z, f32x4.splat(0))), f32x4.add(one, e));
}

/**
 * tanh z: near 0, where (1 − e) / (1 + e) would lose digits, by its odd series; elsewhere from e =
 * e^−2|z|.
 */
// @ts-ignore: decorator
@inline
function tanh(z: v128): v128 {
  const one = f32x4.splat(1);
  const size = f32x4.abs(z);
  const e = exp(f32x4.mul(size, f32x4.splat(-2)));
  const far = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const z2 = f32x4.mul(size, size);
  let p = f32x4.splat(-0.053968253968);
  p = f32x4.add(f32x4.mul(p, z2), f32x4.splat(0.13333333333));
  p = f32x4.add(f32x4.mul(p, z2), f32x4.splat(-0.33333333333));
  const near = f32x4.add(size, f32x4.mul(f32x4.mul(size, z2), p));
  const value = v128.bitselect(near, far, f32x4.lt(size, f32x4.splat(0.125)));
  return v128.or(value, v128.and(z, f32x4.splat(-0.0)));
}

/**
 * g′(z) ⊙ dA, from a = g(z): ReLU′ is [a > 0], σ′ = a (1 − a), tanh′ = 1 − a². GELU′ and SiLU′
 * cannot be computed from a.
 */
// @ts-ignore: decorator
@inline
function backward(kind: i32, a: v128, dA: v128): v128 {
  if (kind == RELU) return v128.and(dA, f32x4.gt(a, f32x4.splat(0)));
  if (kind == LEAKY_RELU) {
    return v128.bitselect(dA, f32x4.mul(dA, f32x4.splat(LEAK)), f32x4.gt(a, f32x4.splat(0)));
  }
  const one = f32x4.splat(1);
  if (kind == SIGMOID) return f32x4.mul(dA, f32x4.mul(a, f32x4.sub(one, a)));
  if (kind == TANH) return f32x4.mul(dA, f32x4.sub(one, f32x4.mul(a, a)));
  return dA;
}

/**
 * In place: A = g(Z + b), for `rows` units and `cols` examples (a multiple of 4), rows `ld` bytes
 * apart.
 */
export function activate(kind: i32, Z: usize, ld: i32, b: usize, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; i++) {
    const bias = v128.load32_splat(b + (i << 2));
    const row = Z + i * ld;
    const end = row + (cols << 2);
    // The simplest have loops of their own, without a branch.
    if (kind == IDENTITY) {
      for (let at = row; at < end; at += 16) v128.store(at, f32x4.add(v128.load(at), bias));
    } else if (kind == RELU) {
      for (let at = row; at < end; at += 16) v128.store(at, activated(RELU, f32x4.add(v128.load(at), bias)));
    } else {
      for (let at = row; at < end; at += 16) v128.store(at, activated(kind, f32x4.add(v128.load(at), bias)));
    }
  }
}

/** In place: dZ = dA ⊙ g′(Z), from A. */
export function activationBackward(kind: i32, A: usize, dA: usize, ld: i32, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; i++) {
    const from = A + i * ld;
    const to = dA + i * ld;
    if (kind == RELU) {
      for (let j = 0; j < cols << 2; j += 16) v128.store(to + j, backward(RELU, v128.load(from + j), v128.load(to + j)));
    } else {
      for (let j = 0; j < cols << 2; j += 16) v128.store(to + j, backward(kind, v128.load(from + j), v128.load(to + j)));
    }
  }
}

/**
 * From the first layer's sums, an example a row of `units` floats, `rowBytes` apart: A = g(scale ·
 * sum + b), a unit a row. `units` and `cols` are multiples of 4.
 */
export function activateFirst(kind: i32, sums: usize, rowBytes: i32, scale: f32, b: usize, A: usize, ld: i32, units: i32, cols: i32): void {
  const factor = f32x4.splat(scale);
  for (let i = 0; i < units; i += 4) {
    const bias = v128.load(b + (i << 2));
    const b0 = v128.shuffle<f32>(bias, bias, 0, 0, 0, 0);
    const b1 = v128.shuffle<f32>(bias, bias, 1, 1, 1, 1);
    const b2 = v128.shuffle<f32>(bias, bias, 2, 2, 2, 2);
    const b3 = v128.shuffle<f32>(bias, bias, 3, 3, 3, 3);
    let from = sums + (i << 2);
    let to = A + i * ld;
    for (let j = 0; j < cols; j += 4) {
      const r0 = v128.load(from);
      const r1 = v128.load(from + rowBytes);
      const r2 = v128.load(from + 2 * rowBytes);
      const r3 = v128.load(from + 3 * rowBytes);
      from += 4 * rowBytes;
      const p0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const p1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const p2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const p3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const z0 = v128.shuffle<f64>(p0, p2, 0, 2);
      const z1 = v128.shuffle<f64>(p0, p2, 1, 3);
      const z2 = v128.shuffle<f64>(p1, p3, 0, 2);
      const z3 = v128.shuffle<f64>(p1, p3, 1, 3);
      v128.store(to, activated(kind, f32x4.add(f32x4.mul(z0, factor), b0)));
      v128.store(to + ld, activated(kind, f32x4.add(f32x4.mul(z1, factor), b1)));
      v128.store(to + 2 * ld, activated(kind, f32x4.add(f32x4.mul(z2, factor), b2)));
      v128.store(to + 3 * ld, activated(kind, f32x4.add(f32x4.mul(z3, factor), b3)));
      to += 16;
    }
  }
}

/**
 * The reverse: dZ, a unit a row, becomes an example a row. `units` and `cols` are multiples of 4.
 */
export function toExampleRows(dZ: usize, ld: i32, units: i32, cols: i32, out: usize, rowBytes: i32): void {
  for (let i = 0; i < units; i += 4) {
    let from = dZ + i * ld;
    let to = out + (i << 2);
    for (let j = 0; j < cols; j += 4) {
      const r0 = v128.load(from);
      const r1 = v128.load(from + ld);
      const r2 = v128.load(from + 2 * ld);
      const r3 = v128.load(from + 3 * ld);
      from += 16;
      const p0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const p1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const p2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const p3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(p0, p2, 0, 2));
      v128.store(to + rowBytes, v128.shuffle<f64>(p0, p2, 1, 3));
      v128.store(to + 2 * rowBytes, v128.shuffle<f64>(p1, p3, 0, 2));
      v128.store(to + 3 * rowBytes, v128.shuffle<f64>(p1, p3, 1, 3));
      to += 4 * rowBytes;
    }
  }
}

/**
 * The same for any number of units and examples, without padding between them: what a caller gets.
 */
export function exampleRows(A: usize, ld: i32, rows: i32, cols: i32, out: usize): void {
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) {
      store<f32>(out, load<f32>(A + i * ld + (j << 2)));
      out += 4;
    }
  }
}
