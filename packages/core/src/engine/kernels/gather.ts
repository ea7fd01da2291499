// The first layer, ink only. A *run* is a list of inked places with their bytes, in groups of four: four 16-bit indices,
// then four bytes, 12 bytes a group; a group that is not full ends with index 0 and byte 0, which adds 0 · row 0.
//
// One loop serves both directions. Forward, a run is an example (pixels and their bytes) and the rows gathered are W's;
// backward, a run is a pixel (examples and their bytes) and the rows gathered are dZ's.
//
//   out[i] (+)= Σ over the run of byte · M[index]
//
// `runs` holds begin and end of each run as two 32-bit addresses. Rows are of 3, 2 or 8 vectors of four 32-bit floats.

/** Bytes of a group: four indices of 2 bytes, four bytes. */
const GROUP = 12;
const BYTES_AT = 8;

/** The four bytes of a group as floats. */
// @ts-ignore: decorator
@inline
function bytesOf(group: usize): v128 {
  const bytes = v128.load32_zero(group, BYTES_AT);
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
}

/** Lane k in all four lanes. */
// @ts-ignore: decorator
@inline
function lane0(v: v128): v128 { return v128.shuffle<f32>(v, v, 0, 0, 0, 0); }
// @ts-ignore: decorator
@inline
function lane1(v: v128): v128 { return v128.shuffle<f32>(v, v, 1, 1, 1, 1); }
// @ts-ignore: decorator
@inline
function lane2(v: v128): v128 { return v128.shuffle<f32>(v, v, 2, 2, 2, 2); }
// @ts-ignore: decorator
@inline
function lane3(v: v128): v128 { return v128.shuffle<f32>(v, v, 3, 3, 3, 3); }

// @ts-ignore: decorator
@inline
function plus(sum: v128, row: usize, at: usize, v: v128): v128 {
  return f32x4.add(sum, f32x4.mul(v128.load(row + at), v));
}

/** Rows of 3 vectors (9 to 12 units): an index is the row's offset in bytes already. Two sums each, to shorten the chain. */
export function gather3(runs: usize, count: i32, M: usize, out: usize, accumulate: bool): void {
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(runs);
    const end = <usize>load<u32>(runs, 4);
    runs += 8;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let a2 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let b2 = f32x4.splat(0);
    while (group < end) {
      const values = bytesOf(group);
      const r0 = M + <usize>load<u16>(group);
      const r1 = M + <usize>load<u16>(group, 2);
      const r2 = M + <usize>load<u16>(group, 4);
      const r3 = M + <usize>load<u16>(group, 6);
      const v0 = lane0(values);
      a0 = plus(a0, r0, 0, v0);
      a1 = plus(a1, r0, 16, v0);
      a2 = plus(a2, r0, 32, v0);
      const v1 = lane1(values);
      b0 = plus(b0, r1, 0, v1);
      b1 = plus(b1, r1, 16, v1);
      b2 = plus(b2, r1, 32, v1);
      const v2 = lane2(values);
      a0 = plus(a0, r2, 0, v2);
      a1 = plus(a1, r2, 16, v2);
      a2 = plus(a2, r2, 32, v2);
      const v3 = lane3(values);
      b0 = plus(b0, r3, 0, v3);
      b1 = plus(b1, r3, 16, v3);
      b2 = plus(b2, r3, 32, v3);
      group += GROUP;
    }
    a0 = f32x4.add(a0, b0);
    a1 = f32x4.add(a1, b1);
    a2 = f32x4.add(a2, b2);
    if (accumulate) {
      a0 = f32x4.add(a0, v128.load(out));
      a1 = f32x4.add(a1, v128.load(out, 16));
      a2 = f32x4.add(a2, v128.load(out, 32));
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    out += 48;
  }
}

/** Rows of 2 vectors (8 units): an index counts rows. */
export function gather2(runs: usize, count: i32, M: usize, out: usize, accumulate: bool): void {
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(runs);
    const end = <usize>load<u32>(runs, 4);
    runs += 8;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    while (group < end) {
      const values = bytesOf(group);
      const r0 = M + (<usize>load<u16>(group) << 5);
      const r1 = M + (<usize>load<u16>(group, 2) << 5);
      const r2 = M + (<usize>load<u16>(group, 4) << 5);
      const r3 = M + (<usize>load<u16>(group, 6) << 5);
      const v0 = lane0(values);
      a0 = plus(a0, r0, 0, v0);
      a1 = plus(a1, r0, 16, v0);
      const v1 = lane1(values);
      b0 = plus(b0, r1, 0, v1);
      b1 = plus(b1, r1, 16, v1);
      const v2 = lane2(values);
      a0 = plus(a0, r2, 0, v2);
      a1 = plus(a1, r2, 16, v2);
      const v3 = lane3(values);
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

/** Rows of 8 vectors (32 units): an index counts rows. */
export function gather8(runs: usize, count: i32, M: usize, out: usize, accumulate: bool): void {
  for (let i = 0; i < count; i++) {
    let group = <usize>load<u32>(runs);
    const end = <usize>load<u32>(runs, 4);
    runs += 8;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let s4 = f32x4.splat(0);
    let s5 = f32x4.splat(0);
    let s6 = f32x4.splat(0);
    let s7 = f32x4.splat(0);
    while (group < end) {
      const values = bytesOf(group);
      let row = M + (<usize>load<u16>(group) << 7);
      let v = lane0(values);
      s0 = plus(s0, row, 0, v);
      s1 = plus(s1, row, 16, v);
      s2 = plus(s2, row, 32, v);
      s3 = plus(s3, row, 48, v);
      s4 = plus(s4, row, 64, v);
      s5 = plus(s5, row, 80, v);
      s6 = plus(s6, row, 96, v);
      s7 = plus(s7, row, 112, v);
      row = M + (<usize>load<u16>(group, 2) << 7);
      v = lane1(values);
      s0 = plus(s0, row, 0, v);
      s1 = plus(s1, row, 16, v);
      s2 = plus(s2, row, 32, v);
      s3 = plus(s3, row, 48, v);
      s4 = plus(s4, row, 64, v);
      s5 = plus(s5, row, 80, v);
      s6 = plus(s6, row, 96, v);
      s7 = plus(s7, row, 112, v);
      row = M + (<usize>load<u16>(group, 4) << 7);
      v = lane2(values);
      s0 = plus(s0, row, 0, v);
      s1 = plus(s1, row, 16, v);
      s2 = plus(s2, row, 32, v);
      s3 = plus(s3, row, 48, v);
      s4 = plus(s4, row, 64, v);
      s5 = plus(s5, row, 80, v);
      s6 = plus(s6, row, 96, v);
      s7 = plus(s7, row, 112, v);
      row = M + (<usize>load<u16>(group, 6) << 7);
      v = lane3(values);
      s0 = plus(s0, row, 0, v);
      s1 = plus(s1, row, 16, v);
      s2 = plus(s2, row, 32, v);
      s3 = plus(s3, row, 48, v);
      s4 = plus(s4, row, 64, v);
      s5 = plus(s5, row, 80, v);
      s6 = plus(s6, row, 96, v);
      s7 = plus(s7, row, 112, v);
      group += GROUP;
    }
    if (accumulate) {
      s0 = f32x4.add(s0, v128.load(out));
      s1 = f32x4.add(s1, v128.load(out, 16));
      s2 = f32x4.add(s2, v128.load(out, 32));
      s3 = f32x4.add(s3, v128.load(out, 48));
      s4 = f32x4.add(s4, v128.load(out, 64));
      s5 = f32x4.add(s5, v128.load(out, 80));
      s6 = f32x4.add(s6, v128.load(out, 96));
      s7 = f32x4.add(s7, v128.load(out, 112));
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
    out += 128;
  }
}
