/** cos(k π / 16). Written out, so that they are the same everywhere. */
const COSINES = [
  1,
  0.9807852804032304,
  0.9238795325112867,
  0.8314696123025452,
  Math.SQRT1_2,
  0.5555702330196022,
  0.3826834323650898,
  0.19509032201612825,
] as const;

/** The order of a block's coefficients in the file: T.81, figure 5. */
const ZIGZAG = zigzag();

/** What the coefficients of a block of 8 × 8 samples add to the means of its parts. */
export interface BlockMeans {
  /** For each coefficient, in the order of the file: what each mean gets of it. */
  readonly weights: Float64Array;
  /** Of each coefficient: 1 if a mean gets something of it. */
  readonly counts: Uint8Array;
  /** How many means there are. */
  readonly size: number;
}

/**
 * The means of a block's parts, as sums of its coefficients.
 *
 * @param quantization of each coefficient, in the order of the file
 * @param wide parts across: 1, 2 or 4
 * @param high parts down
 */
export function blockMeans(quantization: ArrayLike<number>, wide: number, high: number): BlockMeans {
  const size = wide * high;
  const weights = new Float64Array(64 * size);
  const counts = new Uint8Array(64);
  for (const [place, at] of ZIGZAG.entries()) {
    const [u, v] = [at % 8, Math.floor(at / 8)];
    for (let k = 0; k < size; k++) {
      const across = meanOfCosine(u, k % wide, 8 / wide);
      const down = meanOfCosine(v, Math.floor(k / wide), 8 / high);
      // Means of whole waves are 0, but for rounding.
      if (Math.abs(across * down) < 1e-9) continue;
      weights[place * size + k] = quantization[place]! * across * down;
      counts[place] = 1;
    }
  }
  return { weights, counts, size };
}

/** The mean over one part of a row of 8 samples of what a coefficient of 1 gives them. */
function meanOfCosine(frequency: number, part: number, length: number): number {
  let sum = 0;
  for (let x = part * length; x < (part + 1) * length; x++) sum += cosine((2 * x + 1) * frequency);
  return (sum / length) * (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5;
}

function cosine(sixteenths: number): number {
  const k = sixteenths % 32;
  const half = k > 16 ? 32 - k : k;
  if (half === 8) return 0;
  return half > 8 ? -COSINES[16 - half]! : COSINES[half]!;
}

/** From the top left corner along the diagonals, up and down in turn. */
function zigzag(): number[] {
  const order: number[] = [];
  for (let sum = 0; sum <= 14; sum++) {
    const diagonal: number[] = [];
    for (let row = Math.max(0, sum - 7); row <= Math.min(7, sum); row++) diagonal.push(8 * row + sum - row);
    order.push(...(sum % 2 === 0 ? diagonal.toReversed() : diagonal));
  }
  return order;
}
