import { MNIST_MEANS, MNIST_SIDE } from './mnist-means.js';
import { resized } from './pool.js';

/** How pictures lie, and whether ink is bright. */
export interface OrientationFit {
  /** `as they are`, `transposed`, `turned by 90° clockwise` … */
  readonly orientation: string;
  /** Whether ink is dark on a bright background. */
  readonly inverted: boolean;
  /** The mean correlation of the classes' mean pictures with MNIST's: 1 is the same. */
  readonly correlation: number;
}

/** A class, and its mean picture. */
export interface MeanOfClass {
  readonly name: string;
  /** Its training examples. */
  readonly training: number;
  /** One value per pixel. */
  readonly mean: ArrayLike<number>;
}

/** Fewer digits fit in some way by accident. */
const FEW_DIGITS = 5;

/** How pictures may lie, and where each pixel of the upright picture is in such a one: n is the last index. */
const ORIENTATIONS: Readonly<Record<string, (x: number, y: number, n: number) => readonly [number, number]>> =
  {
    'as they are': (x, y) => [x, y],
    transposed: (x, y) => [y, x],
    'mirrored left to right': (x, y, n) => [n - x, y],
    'mirrored upside down': (x, y, n) => [x, n - y],
    'turned by 180°': (x, y, n) => [n - x, n - y],
    'turned by 90° clockwise': (x, y, n) => [n - y, x],
    'turned by 90° counterclockwise': (x, y, n) => [y, n - x],
    'transposed along the other diagonal': (x, y, n) => [n - y, n - x],
  };

/**
 * How well the mean pictures of the ten digits fit MNIST's, turned and mirrored in every way, as they are and inverted.
 *
 * @returns the best first; nothing where fewer than five of the classes are digits
 */
export function orientationOf(
  classes: readonly MeanOfClass[],
  width: number,
  height: number,
): OrientationFit[] | undefined {
  if (width !== height || width < MNIST_SIDE) return undefined;
  const present = classes.flatMap((one) =>
    /^[0-9]$/.test(one.name) && one.training > 0 ? [[Number(one.name), one] as const] : [],
  );
  if (present.length < FEW_DIGITS) return undefined;
  const means = present.map(
    ([digit, { mean }]) => [digit, resized(mean, width, height, MNIST_SIDE)] as const,
  );
  const fits = Object.entries(ORIENTATIONS).map(([orientation, from]) => {
    const sum = means.reduce(
      (total, [digit, mean]) => total + correlation(upright(mean, from), MNIST_MEANS[digit]!),
      0,
    );
    const fit = sum / means.length;
    return { orientation, inverted: fit < 0, correlation: Math.abs(fit) };
  });
  return fits.sort((a, b) => b.correlation - a.correlation);
}

function upright(pixels: Float32Array, from: (typeof ORIENTATIONS)[string]): Float32Array {
  const side = MNIST_SIDE;
  return pixels.map((_, at) => {
    const [x, y] = from(at % side, Math.floor(at / side), side - 1);
    return pixels[y * side + x]!;
  });
}

/** Pearson's correlation of two pictures; 0 where one is blank. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let p = 0; p < n; p++) {
    sumA += a[p]!;
    sumB += b[p]!;
    squaresA += a[p]! ** 2;
    squaresB += b[p]! ** 2;
    products += a[p]! * b[p]!;
  }
  const spread = Math.sqrt((squaresA - sumA ** 2 / n) * (squaresB - sumB ** 2 / n));
  return spread > 0 ? (products - (sumA * sumB) / n) / spread : 0;
}
