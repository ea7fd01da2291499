import type { BlockMeans } from './block-means.js';

/** A code of up to so many bits is found at once. */
const AHEAD = 10;
/** A value has one code. */
const MOST = 256;

/** A table of codes: T.81, annex C. */
export interface HuffmanTable {
  /** For the next `AHEAD` bits: the length of the code that they begin with, and 256 times its value; 0 if it is longer. */
  readonly ahead: Uint16Array;
  /** For each length: the codes of this length are below it, when filled to 16 bits. */
  readonly limits: Int32Array;
  /** For each length: what added to a code of this length gives its place in `values`. */
  readonly offsets: Int32Array;
  readonly values: Uint8Array;
}

/**
 * @param counts how many codes there are of each length from 1 to 16
 * @param values what they stand for
 * @returns undefined if there are more codes than fit, or than values
 */
export function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable | undefined {
  const ahead = new Uint16Array(1 << AHEAD);
  const [limits, offsets] = [new Int32Array(18), new Int32Array(18)];
  for (let length = 1, code = 0, place = 0; length <= 16; length++, code *= 2) {
    const count = counts[length - 1]!;
    offsets[length] = place - code;
    for (let k = 0; k < count; k++, code++, place++) {
      if (code >= 1 << length || place >= Math.min(values.length, MOST)) return undefined;
      if (length > AHEAD) continue;
      const from = code << (AHEAD - length);
      ahead.fill(length | (values[place]! << 8), from, from + (1 << (AHEAD - length)));
    }
    limits[length] = count > 0 ? code << (16 - length) : 0;
  }
  return { ahead, limits, offsets, values };
}

/** Where a reader is. */
export interface BitReader {
  /** The compressed bytes, without stuffing, and with 16 bytes of zeros at the end. */
  readonly entropy: Uint8Array;
  /** The next bit. */
  at: number;
}

/**
 * Decodes a block of 8 × 8 samples as far as its means need it.
 *
 * @param block receives the means
 * @param before the first coefficient of the component's last block
 * @returns the first coefficient of this one, before it is scaled; undefined if the bits are no codes
 */
export function decodeBlock(
  reader: BitReader,
  dc: HuffmanTable,
  ac: HuffmanTable,
  { weights, counts, size }: BlockMeans,
  block: Float64Array,
  before: number,
): number | undefined {
  const { entropy } = reader;
  let at = reader.at;
  if (at >= 8 * (entropy.length - 16)) return undefined;
  let bits = bitsAt(entropy, at);
  let code = dc.ahead[bits >>> (32 - AHEAD)]! || longCode(dc, bits >>> 16);
  let length = code & 255;
  let count = code >>> 8;
  if (length === 0 || count > 11) return undefined;
  at += length;
  const first = (before + (count === 0 ? 0 : signed(bitsAt(entropy, at) >>> (32 - count), count))) | 0;
  at += count;
  for (let k = 0; k < size; k++) block[k] = weights[k]! * first;
  for (let place = 1; place < 64; place++) {
    bits = bitsAt(entropy, at);
    code = ac.ahead[bits >>> (32 - AHEAD)]! || longCode(ac, bits >>> 16);
    length = code & 255;
    if (length === 0) return undefined;
    at += length;
    count = (code >>> 8) & 15;
    const zeros = code >>> 12;
    if (count === 0) {
      // The rest of the block is zero, or 16 zeros.
      if (zeros !== 15) {
        if (zeros !== 0) return undefined;
        break;
      }
      place += 15;
      continue;
    }
    place += zeros;
    if (place > 63 || count > 10) return undefined;
    if (counts[place] === 1) {
      // 25 bits are there at the least.
      const value =
        length + count <= 25
          ? signed((bits << length) >>> (32 - count), count)
          : signed(bitsAt(entropy, at) >>> (32 - count), count);
      const from = place * size;
      for (let k = 0; k < size; k++) block[k]! += weights[from + k]! * value;
    }
    at += count;
  }
  reader.at = at;
  return first;
}

/** The length of the next code, and 256 times its value; 0 if it is none, or there are no more bytes. */
export function nextCode(table: HuffmanTable, { entropy, at }: BitReader): number {
  if (at >= 8 * (entropy.length - 8)) return 0;
  const bits = bitsAt(entropy, at);
  return table.ahead[bits >>> (32 - AHEAD)]! || longCode(table, bits >>> 16);
}

/** The next 25 bits or more, from the top of 32. */
function bitsAt(entropy: Uint8Array, at: number): number {
  const byte = at >>> 3;
  return (
    ((entropy[byte]! << 24) | (entropy[byte + 1]! << 16) | (entropy[byte + 2]! << 8) | entropy[byte + 3]!) <<
    (at & 7)
  );
}

/** The length of a code, and 256 times its value; 0 if it is none. */
function longCode({ limits, offsets, values }: HuffmanTable, bits: number): number {
  for (let length = AHEAD + 1; length <= 16; length++) {
    if (bits >= limits[length]!) continue;
    return length | (values[(bits >>> (16 - length)) + offsets[length]!]! << 8);
  }
  return 0;
}

/** A number of so many bits: those that begin with 0 are negative (T.81, F.2.2.1). */
function signed(value: number, bits: number): number {
  return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
}
