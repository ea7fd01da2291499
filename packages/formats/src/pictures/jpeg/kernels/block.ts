// Codes and blocks: ../huffman.ts.
import { at, bitsAt, length, moveTo } from './bytes';

/** A code of up to so many bits is found at once. */
const AHEAD = 10;

// A table in memory: `ahead`, `limits`, `offsets`, `values`, each of its whole size.
const LIMITS: usize = 2048;
const OFFSETS: usize = LIMITS + 4 * 18;
const VALUES: usize = OFFSETS + 4 * 18;

/** Bytes of a coefficient that the means need: the address of its weights, and its value as a double. */
const ITEM: usize = 16;

/**
 * Decodes a block as far as its means need it.
 *
 * @param block receives the means, as doubles; behind them is room for 64 coefficients
 * @param before the address of the first coefficient of the component's last block, which this one's replaces
 * @returns whether the bits are codes
 */
export function decodeBlock(
  dc: usize, ac: usize, weights: usize, counts: usize, size: i32, block: usize, before: usize,
): bool {
  let bit = at;
  if (bit >= 8 * length) return false;
  let bits = bitsAt(bit);
  let code = codeOf(dc, bits);
  let used = code & 255;
  let count = code >>> 8;
  if (used === 0 || count > 11) return false;
  let value = load<i32>(before);
  if (count !== 0) value += signed(<i32>((bits << used) >>> (64 - count)), count);
  store<i32>(before, value);
  bit += used + count;
  const list = block + MEANS;
  put(list, weights, value);
  let end = list + ITEM;
  for (let place = 1; place < 64; place++) {
    bits = bitsAt(bit);
    code = codeOf(ac, bits);
    used = code & 255;
    if (used === 0) return false;
    count = (code >>> 8) & 15;
    const zeros = code >>> 12;
    bit += used + count;
    if (count === 0) {
      // The rest of the block is zero, or 16 zeros.
      if (zeros === 0) break;
      if (zeros !== 15) return false;
      place += 15;
      continue;
    }
    place += zeros;
    if (place > 63 || count > 10) return false;
    value = signed(<i32>((bits << used) >>> (64 - count)), count);
    // What no mean needs is overwritten: nobody can foresee which it will be, so a branch would be slow.
    put(end, weights + ((<usize>place * <usize>size) << 3), value);
    end += ITEM * load<u8>(counts + place);
  }
  moveTo(bit);
  addUp(list, end, size, block);
  return true;
}

/** Bytes of the means of a block. */
const MEANS: usize = 8 * 16;

// @ts-ignore: decorator
@inline
function put(to: usize, weights: usize, value: i32): void {
  store<usize>(to, weights);
  store<f64>(to, <f64>value, 8);
}

/** The means, as sums of coefficients times weights, the first coefficient first. */
function addUp(list: usize, end: usize, size: i32, block: usize): void {
  if (size === 1) {
    let sum = load<f64>(load<usize>(list)) * load<f64>(list, 8);
    for (let at = list + ITEM; at < end; at += ITEM) sum += load<f64>(load<usize>(at)) * load<f64>(at, 8);
    store<f64>(block, sum);
    return;
  }
  for (let part: usize = 0; part < <usize>size << 3; part += 16) {
    let sums = f64x2.mul(v128.load(load<usize>(list) + part), v128.load64_splat(list, 8));
    for (let at = list + ITEM; at < end; at += ITEM) {
      sums = f64x2.add(sums, f64x2.mul(v128.load(load<usize>(at) + part), v128.load64_splat(at, 8)));
    }
    v128.store(block + part, sums);
  }
}

/** The length of the code at the top, and 256 times its value; 0 if it is none. */
// @ts-ignore: decorator
@inline
function codeOf(table: usize, bits: u64): i32 {
  const code = <i32>load<u16>(table + ((<usize>(bits >>> (64 - AHEAD))) << 1));
  return code !== 0 ? code : longCode(table, <i32>(bits >>> 48));
}

function longCode(table: usize, bits: i32): i32 {
  for (let size = AHEAD + 1; size <= 16; size++) {
    const own = table + (<usize>size << 2);
    if (bits >= load<i32>(own, LIMITS)) continue;
    const place = (bits >>> (16 - size)) + load<i32>(own, OFFSETS);
    return size | (<i32>load<u8>(table + (place & 255), VALUES) << 8);
  }
  return 0;
}

/** A number of so many bits: those that begin with 0 are negative. */
// @ts-ignore: decorator
@inline
function signed(value: i32, bits: i32): i32 {
  return value + (((value - (1 << (bits - 1))) >> 31) & (1 - (1 << bits)));
}
