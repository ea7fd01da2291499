/**
 * The only source of randomness: xoshiro128** 1.1 by David Blackman and Sebastiano Vigna
 * (https://prng.di.unimi.it/xoshiro128starstar.c), its state filled by their SplitMix64, as they
 * recommend. It uses only integers, so the same seed gives the same numbers in every runtime.
 */
export interface Random {
  /** The next 32 random bits, as an integer in [0, 2³²). */
  uint32(): number;
  /** A multiple of 2⁻²⁴ in [0, 1): 24 bits, so that it is exact in a 32-bit float too. */
  uniform(): number;
  /** An integer in [0, n), every one equally likely. `n` is an integer in [1, 2³²]. */
  below(n: number): number;
}

/**
 * Creates a generator for one purpose. Streams of the same seed are independent: if a run draws one
 * more number for its weights, it still splits its data in the same way.
 *
 * @param seed an integer in [0, 2⁵³)
 * @param stream the purpose of the numbers, such as `parameters` or `split`
 */
export function createRandom(seed: number, stream: string): Random {
  const next = splitMix64(BigInt(seed) ^ fnv1a64(stream));
  const [low, high] = [next(), next()];
  return xoshiro128([
    Number(low & 0xffffffffn),
    Number(low >> 32n),
    Number(high & 0xffffffffn),
    Number(high >> 32n),
  ]);
}

/** xoshiro128** 1.1 from a state of four 32-bit integers that are not all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): Random {
  let [s0, s1, s2, s3] = state;

  function uint32(): number {
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  return {
    uint32,
    uniform: () => (uint32() >>> 8) / 0x1000000,
    below(n) {
      // Values in the last, incomplete group of n would make small results more likely: draw again.
      const limit = 0x100000000 - (0x100000000 % n);
      let value = uint32();
      while (value >= limit) value = uint32();
      return value % n;
    },
  };
}

/**
 * Hashes a 32-bit integer to 32 bits that look random, by lowbias32 (Chris Wellons,
 * https://nullprogram.com/blog/2018/07/31/). It gives random numbers that depend on where they are
 * used, and not on how many were drawn before.
 */
export function mix32(x: number): number {
  let bits = x ^ (x >>> 16);
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** One of 2³² for a seed, an iteration and what it is for. */
export function hashSeed({ seed, iteration }: { seed: number; iteration: number }, purpose: number): number {
  const low = mix32(seed >>> 0);
  const high = mix32(Math.floor(seed / 0x100000000) ^ low);
  return mix32(mix32(high ^ iteration) ^ purpose);
}

/** A share of all 32-bit integers: `mix32` is under it as often. */
export function dropoutThreshold(share: number): number {
  return Math.round(share * 0x100000000);
}

const MASK_64 = 0xffffffffffffffffn;

/** SplitMix64 (https://prng.di.unimi.it/splitmix64.c): each call gives the next 64 bits. */
export function splitMix64(seed: bigint): () => bigint {
  let state = seed & MASK_64;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK_64;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
    return z ^ (z >> 31n);
  };
}

/** FNV-1a, 64 bits, of an ASCII name. It keeps the streams apart. */
function fnv1a64(name: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const character of name) {
    hash = ((hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n) & MASK_64;
  }
  return hash;
}

/**
 * The integers 0 … n − 1 in random order (Fisher–Yates, Durstenfeld's form).
 */
export function permutation(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}
