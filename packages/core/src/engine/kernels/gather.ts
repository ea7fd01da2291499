// The first layer, computed from the pixels that are not 0. A sparse row is a list of values and
// their indices, in groups of four: four bytes, then four indices of 16 bits, 12 bytes a group. The
// last group is filled up with value 0 at index 0, which adds 0 · row 0.
//
// One loop serves both directions. Forward, a sparse row is an example, and it gathers rows of W¹ᵀ,
// one a pixel. Backward, a sparse row is a pixel, and it gathers rows of dZ¹, one an example.
//
//   out[i] (+)= Σ value · M[index] over sparse row i
//
// `sparseRows` holds begin and end of each row as two 32-bit addresses. Rows of M are 3, 2 or 8
// vectors of four floats.
//
// The conditions `group == 0`, `r == 0` and `r == NEVER` are never true, because nothing is stored
// there. They end basic blocks. Within a basic block V8 puts all loads first, and then needs more
// registers than there are; with shorter blocks it keeps the sums in registers. Each needs a
// condition of its own, because V8 removes one that it has tested before (docs/engine-log.md).

/** No row is stored here either: the very end of the memory. */
const NEVER: usize = -16;

/** Bytes of a group: four bytes, four indices of 2 bytes. */
const GROUP = 12;

/**
 * The 256 bytes as floats, from address 0 on. A lookup takes fewer instructions than converting
 * four bytes. At address 0 it needs no addition: V8 folds no offset into a load that splats.
 */
for (let byte = 0; byte < 256; byte++) store<f32>(byte << 2, <f32>byte);

/** Byte k of a group as a float, in all four lanes. */
// @ts-ignore: decorator
@inline
function value(group: usize, k: usize): v128 {
  return v128.load32_splat(<usize>load<u8>(group + k) << 2);
}

// @ts-ignore: decorator
@inline
function plus(sum: v128, row: usize, at: usize, v: v128): v128 {
  return f32x4.add(sum, f32x4.mul(v128.load(row + at), v));
}

/**
 * Rows of 3 vectors with 10 floats that count (9 or 10 units, as on the board). Two entries share a
 * vector for their last two floats. An index is the row's offset in bytes. Each sum is in two
 * parts, which makes its chain of additions shorter.
 */
export function gather10(sparseRows: usize, count: i32, M: usize, out: usize, accumulate: bool): void {
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(sparseRows);
    const end = <usize>load<u32>(sparseRows, 4);
    sparseRows += 8;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c = f32x4.splat(0);
    while (group < end) {
      const r0 = M + <usize>load<u16>(group, 4);
      const v0 = value(group, 0);
      a0 = f32x4.add(a0, f32x4.mul(v128.load(r0), v0));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(r0, 16), v0));
      const r1 = M + <usize>load<u16>(group, 6);
      const v1 = value(group, 1);
      b0 = f32x4.add(b0, f32x4.mul(v128.load(r1), v1));
      b1 = f32x4.add(b1, f32x4.mul(v128.load(r1, 16), v1));
      const w0 = v128.load64_lane(r1, v128.load64_zero(r0, 32), 1, 32);
      c = f32x4.add(c, f32x4.mul(w0, v128.shuffle<f32>(v0, v1, 0, 0, 4, 4)));
      if (group == 0) break;
      const r2 = M + <usize>load<u16>(group, 8);
      const v2 = value(group, 2);
      a0 = f32x4.add(a0, f32x4.mul(v128.load(r2), v2));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(r2, 16), v2));
      const r3 = M + <usize>load<u16>(group, 10);
      const v3 = value(group, 3);
      b0 = f32x4.add(b0, f32x4.mul(v128.load(r3), v3));
      b1 = f32x4.add(b1, f32x4.mul(v128.load(r3, 16), v3));
      const w2 = v128.load64_lane(r3, v128.load64_zero(r2, 32), 1, 32);
      c = f32x4.add(c, f32x4.mul(w2, v128.shuffle<f32>(v2, v3, 0, 0, 4, 4)));
      group += GROUP;
    }
    a0 = f32x4.add(a0, b0);
    a1 = f32x4.add(a1, b1);
    c = f32x4.add(c, v128.shuffle<f32>(c, c, 2, 3, 0, 1));
    c = v128.shuffle<f32>(c, f32x4.splat(0), 0, 1, 4, 4);
    if (accumulate) {
      a0 = f32x4.add(a0, v128.load(out));
      a1 = f32x4.add(a1, v128.load(out, 16));
      c = f32x4.add(c, v128.load(out, 32));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, c, 32);
    out += 48;
  }
}

/** Rows of 2 vectors (8 units). An index counts rows. */
export function gather2(sparseRows: usize, count: i32, M: usize, out: usize, accumulate: bool): void {
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(sparseRows);
    const end = <usize>load<u32>(sparseRows, 4);
    sparseRows += 8;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    while (group < end) {
      const r0 = M + (<usize>load<u16>(group, 4) << 5);
      const v0 = value(group, 0);
      a0 = plus(a0, r0, 0, v0);
      a1 = plus(a1, r0, 16, v0);
      const r1 = M + (<usize>load<u16>(group, 6) << 5);
      const v1 = value(group, 1);
      b0 = plus(b0, r1, 0, v1);
      b1 = plus(b1, r1, 16, v1);
      if (group == 0) break;
      const r2 = M + (<usize>load<u16>(group, 8) << 5);
      const v2 = value(group, 2);
      a0 = plus(a0, r2, 0, v2);
      a1 = plus(a1, r2, 16, v2);
      const r3 = M + (<usize>load<u16>(group, 10) << 5);
      const v3 = value(group, 3);
      b0 = plus(b0, r3, 0, v3);
      b1 = plus(b1, r3, 16, v3);
      group += GROUP;
    }
    a0 = f32x4.add(a0, b0);
    a1 = f32x4.add(a1, b1);
    if (accumulate) {
      a0 = f32x4.add(a0, v128.load(out));
      a1 = f32x4.add(a1, v128.load(out, 16));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    out += 32;
  }
}

/** Rows of 8 vectors (32 units). An index counts rows. */
export function gather8(sparseRows: usize, count: i32, M: usize, out: usize, accumulate: bool): void {
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(sparseRows);
    const end = <usize>load<u32>(sparseRows, 4);
    sparseRows += 8;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let a2 = f32x4.splat(0);
    let a3 = f32x4.splat(0);
    let a4 = f32x4.splat(0);
    let a5 = f32x4.splat(0);
    let a6 = f32x4.splat(0);
    let a7 = f32x4.splat(0);
    while (group < end) {
      const r0 = M + (<usize>load<u16>(group, 4) << 7);
      if (r0 == 0) break;
      const v0 = value(group, 0);
      a0 = plus(a0, r0, 0, v0);
      a1 = plus(a1, r0, 16, v0);
      a2 = plus(a2, r0, 32, v0);
      a3 = plus(a3, r0, 48, v0);
      if (r0 == NEVER) break;
      a4 = plus(a4, r0, 64, v0);
      a5 = plus(a5, r0, 80, v0);
      a6 = plus(a6, r0, 96, v0);
      a7 = plus(a7, r0, 112, v0);
      const r1 = M + (<usize>load<u16>(group, 6) << 7);
      if (r1 == 0) break;
      const v1 = value(group, 1);
      a0 = plus(a0, r1, 0, v1);
      a1 = plus(a1, r1, 16, v1);
      a2 = plus(a2, r1, 32, v1);
      a3 = plus(a3, r1, 48, v1);
      if (r1 == NEVER) break;
      a4 = plus(a4, r1, 64, v1);
      a5 = plus(a5, r1, 80, v1);
      a6 = plus(a6, r1, 96, v1);
      a7 = plus(a7, r1, 112, v1);
      const r2 = M + (<usize>load<u16>(group, 8) << 7);
      if (r2 == 0) break;
      const v2 = value(group, 2);
      a0 = plus(a0, r2, 0, v2);
      a1 = plus(a1, r2, 16, v2);
      a2 = plus(a2, r2, 32, v2);
      a3 = plus(a3, r2, 48, v2);
      if (r2 == NEVER) break;
      a4 = plus(a4, r2, 64, v2);
      a5 = plus(a5, r2, 80, v2);
      a6 = plus(a6, r2, 96, v2);
      a7 = plus(a7, r2, 112, v2);
      const r3 = M + (<usize>load<u16>(group, 10) << 7);
      if (r3 == 0) break;
      const v3 = value(group, 3);
      a0 = plus(a0, r3, 0, v3);
      a1 = plus(a1, r3, 16, v3);
      a2 = plus(a2, r3, 32, v3);
      a3 = plus(a3, r3, 48, v3);
      if (r3 == NEVER) break;
      a4 = plus(a4, r3, 64, v3);
      a5 = plus(a5, r3, 80, v3);
      a6 = plus(a6, r3, 96, v3);
      a7 = plus(a7, r3, 112, v3);
      group += GROUP;
    }
    if (accumulate) {
      a0 = f32x4.add(a0, v128.load(out));
      a1 = f32x4.add(a1, v128.load(out, 16));
      a2 = f32x4.add(a2, v128.load(out, 32));
      a3 = f32x4.add(a3, v128.load(out, 48));
      a4 = f32x4.add(a4, v128.load(out, 64));
      a5 = f32x4.add(a5, v128.load(out, 80));
      a6 = f32x4.add(a6, v128.load(out, 96));
      a7 = f32x4.add(a7, v128.load(out, 112));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
    v128.store(out, a4, 64);
    v128.store(out, a5, 80);
    v128.store(out, a6, 96);
    v128.store(out, a7, 112);
    out += 128;
  }
}
