/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const K = new Int32Array(64);
/** The same of their square roots: the first eight are the hash of nothing (FIPS 180-4, 5.3.3). */
const START = new Uint32Array(8);

const BLOCK_BYTES = 64;

for (let candidate = 2, found = 0; found < 64; candidate++) {
  let isPrime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++)
    if (candidate % divisor === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) START[found] = fractionBits(Math.sqrt(candidate));
  K[found++] = fractionBits(Math.cbrt(candidate));
}

function fractionBits(root: number): number {
  return Math.floor((root % 1) * 2 ** 32);
}

/**
 * SHA-256 of the parts, one after the other, as 64 hexadecimal digits (FIPS 180-4,
 * https://doi.org/10.6028/NIST.FIPS.180-4). It answers at once, unlike `crypto.subtle`, so that a model
 * is read at once.
 */
export function sha256OfParts(parts: readonly Uint8Array[]): string {
  const hash = START.slice();
  const block = new Uint8Array(BLOCK_BYTES);
  const words = new Int32Array(64);
  let filled = 0;
  let length = 0;
  for (const part of parts) {
    length += part.length;
    let at = 0;
    while (at < part.length) {
      if (filled === 0 && part.length - at >= BLOCK_BYTES) {
        compress(hash, part, at, words);
        at += BLOCK_BYTES;
        continue;
      }
      const count = Math.min(BLOCK_BYTES - filled, part.length - at);
      block.set(part.subarray(at, at + count), filled);
      at += count;
      filled += count;
      if (filled < BLOCK_BYTES) continue;
      compress(hash, block, 0, words);
      filled = 0;
    }
  }
  // A 1 bit, zeros, and the length in bits fill the last block.
  block.fill(0, filled);
  block[filled] = 0x80;
  if (filled >= BLOCK_BYTES - 8) {
    compress(hash, block, 0, words);
    block.fill(0);
  }
  new DataView(block.buffer).setBigUint64(BLOCK_BYTES - 8, BigInt(8 * length));
  compress(hash, block, 0, words);
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Adds one block to the hash (FIPS 180-4, 6.2.2), with the names of the variables there. */
function compress(hash: Uint32Array, bytes: Uint8Array, at: number, W: Int32Array): void {
  for (let t = 0; t < 16; t++) {
    const i = at + 4 * t;
    W[t] = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
  }
  for (let t = 16; t < 64; t++) {
    const x = W[t - 15]!;
    const y = W[t - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[t] = (W[t - 16]! + s0 + W[t - 7]! + s1) | 0;
  }
  let a = hash[0]! | 0;
  let b = hash[1]! | 0;
  let c = hash[2]! | 0;
  let d = hash[3]! | 0;
  let e = hash[4]! | 0;
  let f = hash[5]! | 0;
  let g = hash[6]! | 0;
  let h = hash[7]! | 0;
  for (let t = 0; t < 64; t++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = (e & f) ^ (~e & g);
    const T1 = (h + S1 + choice + K[t]! + W[t]!) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + T1) | 0;
    d = c;
    c = b;
    b = a;
    a = (T1 + S0 + majority) | 0;
  }
  hash[0] = hash[0]! + a;
  hash[1] = hash[1]! + b;
  hash[2] = hash[2]! + c;
  hash[3] = hash[3]! + d;
  hash[4] = hash[4]! + e;
  hash[5] = hash[5]! + f;
  hash[6] = hash[6]! + g;
  hash[7] = hash[7]! + h;
}
