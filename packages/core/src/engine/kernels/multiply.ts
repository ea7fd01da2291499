// Matrix products of 32-bit floats, for the layers after the first.
//
// The right-hand matrix is packed into panels of 8 columns; a panel is K rows of 8 floats, one
// after the other. Of the left-hand matrix a band of rows is packed at a time, five rows by five.
// So the inner loop reads two streams. It holds 5 × 2 vectors of the result in registers, besides
// two of the panel and one of the left-hand matrix. 4 × 3 and 6 × 2 need more registers than there
// are.

/** Columns of a panel. */
const PANEL = 8;
const PANEL_BYTES = 32;
/** Rows of the left-hand matrix that are computed together. */
const ROWS = 5;
const ROWS_BYTES = 20;
/** Terms of a sum that are added at a time. A panel's part is then 8 kB and stays in the first cache. */
const DEPTH = 256;
/** Rows of a band: 60 × 256 floats are 61 kB, which all the panels then use. */
const BAND = 60;

/** Packs B (K × cols, rows `ld` bytes apart) into panels. `cols` is a multiple of 8. */
export function packPanels(B: usize, ld: i32, K: i32, cols: i32, out: usize): void {
  for (let j = 0; j < cols; j += PANEL) {
    let from = B + (j << 2);
    for (let k = 0; k < K; k++) {
      v128.store(out, v128.load(from));
      v128.store(out, v128.load(from, 16), 16);
      from += ld;
      out += PANEL_BYTES;
    }
  }
}

/**
 * Packs Bᵀ into panels: B is cols × K, rows `ld` bytes apart; panel j holds columns 8j … 8j + 7 of
 * Bᵀ. K is a multiple of 4; B has rows up to a multiple of 8. Panels are `panelStep` bytes apart,
 * so that several threads can each pack a part of K.
 */
export function packTransposed(B: usize, ld: i32, K: i32, cols: i32, out: usize, panelStep: i32): void {
  for (let j = 0; j < cols; j += PANEL) {
    const from = B + j * ld;
    for (let half = 0; half < 2; half++) {
      let r0 = from + half * 4 * ld;
      let to = out + (half << 4);
      for (let k = 0; k < K; k += 4) {
        const a = v128.load(r0);
        const b = v128.load(r0 + ld);
        const c = v128.load(r0 + 2 * ld);
        const d = v128.load(r0 + 3 * ld);
        const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
        const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
        const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f64>(ab0, cd0, 0, 2));
        v128.store(to, v128.shuffle<f64>(ab0, cd0, 1, 3), 32);
        v128.store(to, v128.shuffle<f64>(ab1, cd1, 0, 2), 64);
        v128.store(to, v128.shuffle<f64>(ab1, cd1, 1, 3), 96);
        r0 += 16;
        to += 4 * PANEL_BYTES;
      }
    }
    out += panelStep;
  }
}

/**
 * C (rows × cols) = or += A (rows × K) · B (K × cols, in panels).
 *
 * Entry (i, k) of A is at `A + i · aRow + k · aCol`; rows of C are `ldC` bytes apart; all steps in
 * bytes. `cols` is a multiple of 8. `packed` is space for BAND × DEPTH floats. The order of each
 * sum depends on K only.
 */
export function multiply(A: usize, aRow: i32, aCol: i32, panels: usize, K: i32, C: usize, ldC: i32, rows: i32, cols: i32, accumulate: bool, packed: usize): void {
  const panelStep = K * PANEL_BYTES;
  for (let k = 0; k < K; k += DEPTH) {
    const depth = min(DEPTH, K - k);
    const add = accumulate || k > 0;
    for (let band = 0; band < rows; band += BAND) {
      const bandRows = min(BAND, rows - band);
      packRows(A + band * aRow + k * aCol, aRow, aCol, bandRows, depth, packed);
      let panel = panels + k * PANEL_BYTES;
      for (let j = 0; j < cols; j += PANEL) {
        let a = packed;
        let c = C + band * ldC + (j << 2);
        for (let i = 0; i < bandRows; i += ROWS) {
          fiveRows(a, panel, depth, c, ldC, min(ROWS, bandRows - i), add);
          a += depth * ROWS_BYTES;
          c += ROWS * ldC;
        }
        panel += panelStep;
      }
    }
  }
}

/**
 * Packs rows of A five by five, so that the five floats of a step are side by side. Missing rows
 * are 0.
 */
function packRows(A: usize, aRow: i32, aCol: i32, rows: i32, depth: i32, out: usize): void {
  for (let i = 0; i < rows; i += ROWS) {
    const there = min(ROWS, rows - i);
    let done = 0;
    if (there == ROWS && aRow == 4) {
      packColumns(A + i * aRow, aCol, depth, out);
      done = depth;
    } else if (there == ROWS && aCol == 4) {
      done = depth & ~3;
      packFive(A + i * aRow, aRow, done, out);
    }
    for (let r = 0; r < there; r++) {
      let from = A + (i + r) * aRow + done * aCol;
      let to = out + (r << 2) + done * ROWS_BYTES;
      for (let k = done; k < depth; k++) {
        store<f32>(to, load<f32>(from));
        from += aCol;
        to += ROWS_BYTES;
      }
    }
    for (let r = there; r < ROWS; r++) {
      for (let k = 0; k < depth; k++) store<f32>(out + (r << 2) + k * ROWS_BYTES, 0);
    }
    out += depth * ROWS_BYTES;
  }
}

/** Five rows whose columns are side by side: a step is contiguous already. */
function packColumns(from: usize, aCol: i32, depth: i32, out: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(out, v128.load(from));
    store<f32>(out, load<f32>(from, 16), 16);
    from += aCol;
    out += ROWS_BYTES;
  }
}

/**
 * Five rows of contiguous floats, for a multiple of four steps: transposes four rows, four steps at
 * a time.
 */
function packFive(r0: usize, aRow: i32, depth: i32, out: usize): void {
  const r1 = r0 + aRow;
  const r2 = r1 + aRow;
  const r3 = r2 + aRow;
  const r4 = r3 + aRow;
  for (let at = 0; at < depth << 2; at += 16) {
    const a = v128.load(r0 + at);
    const b = v128.load(r1 + at);
    const c = v128.load(r2 + at);
    const d = v128.load(r3 + at);
    const e = v128.load(r4 + at);
    const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(ab0, cd0, 0, 2));
    v128.store32_lane(out, e, 0, 16);
    v128.store(out, v128.shuffle<f64>(ab0, cd0, 1, 3), 20);
    v128.store32_lane(out, e, 1, 36);
    v128.store(out, v128.shuffle<f64>(ab1, cd1, 0, 2), 40);
    v128.store32_lane(out, e, 2, 56);
    v128.store(out, v128.shuffle<f64>(ab1, cd1, 1, 3), 60);
    v128.store32_lane(out, e, 3, 76);
    out += 4 * ROWS_BYTES;
  }
}

/**
 * Five rows and one panel: 5 × 2 vectors of C, of which the first `rows` rows are written. Four of
 * a step's five floats are loaded as one vector and splatted from it. V8 puts every load of the
 * loop first; five splatted loads would be alive at once, one sum would go to memory, and the loop
 * would take twice as long (docs/engine-log.md).
 */
function fiveRows(a: usize, panel: usize, depth: i32, c: usize, ldC: i32, rows: i32, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  const end = panel + depth * PANEL_BYTES;
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    const w = v128.load(a);
    let v = v128.shuffle<f32>(w, w, 0, 0, 0, 0);
    c00 = f32x4.add(c00, f32x4.mul(v, b0));
    c01 = f32x4.add(c01, f32x4.mul(v, b1));
    v = v128.shuffle<f32>(w, w, 1, 1, 1, 1);
    c10 = f32x4.add(c10, f32x4.mul(v, b0));
    c11 = f32x4.add(c11, f32x4.mul(v, b1));
    v = v128.shuffle<f32>(w, w, 2, 2, 2, 2);
    c20 = f32x4.add(c20, f32x4.mul(v, b0));
    c21 = f32x4.add(c21, f32x4.mul(v, b1));
    v = v128.shuffle<f32>(w, w, 3, 3, 3, 3);
    c30 = f32x4.add(c30, f32x4.mul(v, b0));
    c31 = f32x4.add(c31, f32x4.mul(v, b1));
    v = v128.load32_splat(a, 16);
    c40 = f32x4.add(c40, f32x4.mul(v, b0));
    c41 = f32x4.add(c41, f32x4.mul(v, b1));
    a += ROWS_BYTES;
    panel += PANEL_BYTES;
  }
  put(c, c00, c01, add);
  if (rows > 1) put(c + ldC, c10, c11, add);
  if (rows > 2) put(c + 2 * ldC, c20, c21, add);
  if (rows > 3) put(c + 3 * ldC, c30, c31, add);
  if (rows > 4) put(c + 4 * ldC, c40, c41, add);
}

// @ts-ignore: decorator
@inline
function put(c: usize, v0: v128, v1: v128, add: bool): void {
  if (add) {
    v0 = f32x4.add(v128.load(c), v0);
    v1 = f32x4.add(v128.load(c, 16), v1);
  }
  v128.store(c, v0);
  v128.store(c, v1, 16);
}
