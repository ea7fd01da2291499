// Matrix products of 32-bit floats for the layers after the first.
//
// The right-hand matrix is packed into panels of 8 columns (PANEL), each panel K rows of 8 floats, one after the other, so that
// the inner loop walks one stream. The left-hand one is read where it stands, by a row and a column step, so that it may be
// transposed. The inner loop holds 5 × 2 vectors of the result in registers: 10 of 16, beside two of the panel and one
// of the left-hand matrix; 4 × 3 and 6 × 2 no longer fit.

/** Columns of a panel. */
const PANEL = 8;
const PANEL_BYTES = 32;
/** Rows of the left-hand matrix worked on together. */
const ROWS = 5;
/** Steps of the sum done in one go: a panel's part is 8 kB and stays in the first cache with five rows of the other. */
const DEPTH = 256;
/** Rows that share a part of the left-hand matrix in cache while all the panels pass by: 60 × 256 floats are 61 kB. */
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
 * Packs Bᵀ into panels: B is cols × K, rows `ld` bytes apart; panel j holds columns 8j … 8j + 7 of Bᵀ.
 * K is a multiple of 4, rows of B up to a multiple of 8 are there. Panels lie `panelStep` bytes apart, so that several may each pack
 * a part of K.
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
 * Entry (i, k) of A is at `A + i · aRow + k · aCol`; rows of C are `ldC` bytes apart; all steps in bytes. `cols` is a multiple of 8.
 * The order of each sum depends on K alone.
 */
export function multiply(A: usize, aRow: i32, aCol: i32, panels: usize, K: i32, C: usize, ldC: i32, rows: i32, cols: i32, accumulate: bool): void {
  const panelStep = K * PANEL_BYTES;
  for (let k = 0; k < K; k += DEPTH) {
    const depth = min(DEPTH, K - k);
    const add = accumulate || k > 0;
    for (let band = 0; band < rows; band += BAND) {
      const bandEnd = min(band + BAND, rows);
      let panel = panels + k * PANEL_BYTES;
      for (let j = 0; j < cols; j += PANEL) {
        let i = band;
        let a = A + i * aRow + k * aCol;
        let c = C + i * ldC + (j << 2);
        for (; i + ROWS <= bandEnd; i += ROWS) {
          fiveRows(a, aRow, aCol, panel, depth, c, ldC, add);
          a += ROWS * aRow;
          c += ROWS * ldC;
        }
        for (; i < bandEnd; i++) {
          oneRow(a, aCol, panel, depth, c, add);
          a += aRow;
          c += ldC;
        }
        panel += panelStep;
      }
    }
  }
}

function fiveRows(a0: usize, aRow: i32, aCol: i32, panel: usize, depth: i32, c: usize, ldC: i32, add: bool): void {
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
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let a4 = a3 + aRow;
  const end = panel + depth * PANEL_BYTES;
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    panel += PANEL_BYTES;
    let a = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(a, b0));
    c01 = f32x4.add(c01, f32x4.mul(a, b1));
    a = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(a, b0));
    c11 = f32x4.add(c11, f32x4.mul(a, b1));
    a = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(a, b0));
    c21 = f32x4.add(c21, f32x4.mul(a, b1));
    a = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(a, b0));
    c31 = f32x4.add(c31, f32x4.mul(a, b1));
    a = v128.load32_splat(a4);
    c40 = f32x4.add(c40, f32x4.mul(a, b0));
    c41 = f32x4.add(c41, f32x4.mul(a, b1));
    a0 += aCol;
    a1 += aCol;
    a2 += aCol;
    a3 += aCol;
    a4 += aCol;
  }
  put(c, c00, c01, add);
  c += ldC;
  put(c, c10, c11, add);
  c += ldC;
  put(c, c20, c21, add);
  c += ldC;
  put(c, c30, c31, add);
  c += ldC;
  put(c, c40, c41, add);
}

function oneRow(a: usize, aCol: i32, panel: usize, depth: i32, c: usize, add: bool): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  const end = panel + depth * PANEL_BYTES;
  while (panel < end) {
    const v = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(v, v128.load(panel)));
    c1 = f32x4.add(c1, f32x4.mul(v, v128.load(panel, 16)));
    panel += PANEL_BYTES;
    a += aCol;
  }
  put(c, c0, c1, add);
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
