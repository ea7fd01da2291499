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
  const [across, down] = [meansOfCosines(wide), meansOfCosines(high)];
  for (let place = 0, to = 0; place < 64; place++) {
    const [u, v] = [ZIGZAG[place]! % 8, ZIGZAG[place]! >> 3];
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++, to++) {
        const weight = across[u * wide + x]! * down[v * high + y]!;
        // Means of whole waves are 0, but for rounding.
        if (Math.abs(weight) < 1e-9) continue;
        weights[to] = quantization[place]! * across[u * wide + x]! * down[v * high + y]!;
        counts[place] = 1;
      }
    }
  }
  return { weights, counts, size };
}

/** The means of each frequency over each of so many parts of a row. */
function meansOfCosines(parts: number): Float64Array {
  return Float64Array.from({ length: 8 * parts }, (_, k) =>
    meanOfCosine(Math.floor(k / parts), k % parts, 8 / parts),
  );
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
