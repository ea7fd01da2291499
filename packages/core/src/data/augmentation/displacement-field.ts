import { createRandom } from '../../random.js';
import type { Augmentation } from './augmentation.js';

/** Displacements are whole numbers of this fraction of a pixel. */
export const DISPLACEMENT_UNIT = 512;

/** Displacements of pixels: `size` × `size`, in 512ths of a pixel. */
export interface DisplacementField {
  /** The side of the field, as `displacementFieldSize` gives it. */
  readonly size: number;
  /** How far each place of the field is moved. */
  readonly displacements: Int16Array;
}

/** The side of the displacement field. */
export function displacementFieldSize({ width, height }: Augmentation): number {
  return Math.max(256, 2 * Math.max(width, height));
}

/**
 * The displacements of elastic distortion (Simard et al. 2003,
 * https://doi.org/10.1109/ICDAR.2003.1227801): uniform random numbers, smoothed by a Gaussian.
 *
 * Simard draws a new field for every picture. Here one field is drawn, on a torus many times the
 * size of a picture, and each picture takes its own window of it for either axis. Smoothing n times
 * by (¼, ½, ¼) is a binomial filter of variance n/2. It cannot be told from the Gaussian, and it
 * only adds and halves, so it gives the same bits everywhere. Simard's α = 34 and σ = 4 displace by
 * 1.4 pixels.
 */
export function createDisplacementField(augmentation: Augmentation): DisplacementField | undefined {
  const { elastic, elasticSigma, seed } = augmentation;
  if (elastic === 0) return undefined;
  const size = displacementFieldSize(augmentation);
  const random = createRandom(seed, 'elastic');
  let field = Float64Array.from({ length: size * size }, () => 2 * random.uniform() - 1);
  for (let pass = Math.round(2 * elasticSigma ** 2); pass > 0; pass--) {
    field = smooth(smooth(field, size, 1), size, size);
  }
  let squares = 0;
  for (const value of field) squares += value * value;
  const factor = (elastic * DISPLACEMENT_UNIT * size) / Math.sqrt(squares);
  const max = 0x7fff;
  const displacements = Int16Array.from(field, (value) =>
    Math.max(-max, Math.min(max, Math.round(factor * value))),
  );
  return { size, displacements };
}

/** Each value and its neighbors `step` apart, weighted (¼, ½, ¼), around the torus. */
function smooth(field: Float64Array, size: number, step: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(field.length);
  const around = step * (size - 1);
  for (let i = 0; i < field.length; i++) {
    const place = Math.floor(i / step) % size;
    const before = field[place === 0 ? i + around : i - step]!;
    const after = field[place === size - 1 ? i - around : i + step]!;
    out[i] = field[i]! / 2 + (before + after) / 4;
  }
  return out;
}
