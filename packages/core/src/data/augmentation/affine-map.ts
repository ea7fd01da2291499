import { hashSeed, mix32 } from '../../random.js';
import { sineAndCosine } from '../../sine-and-cosine.js';
import type { Augmentation } from './augmentation.js';
import { displacementFieldSize } from './displacement-field.js';

/** Positions are whole numbers of this fraction of a pixel. */
export const POSITION_UNIT = 4096;
/** Keeps these random numbers apart from those of the layers' dropout. */
const PURPOSE = -1;

/** The random key from which all maps of an iteration are drawn. */
export function augmentationKey({ seed }: Augmentation, iteration: number): number {
  return hashSeed({ seed, iteration }, PURPOSE);
}

/**
 * The random affine map of one example, and its windows of the displacement field, as eight 32-bit
 * integers a, b, c, d, x₀, y₀, u, v. Pixel (x, y) of the new picture shows the old one at
 * (x₀ + a x + b y, y₀ + c x + d y), displaced by the windows that start at u and v. a to y₀ are in
 * 4096ths of a pixel; u and v are places in the field.
 *
 * @param place of the example in its batch; with seed and iteration it decides the map
 */
export function drawAffineMap(augmentation: Augmentation, iteration: number, place: number): number[] {
  const { shift, rotate, scale, shear, width, height } = augmentation;
  const key = augmentationKey(augmentation, iteration) ^ Math.imul(place, 0x85ebca77);
  let samples = 0;
  const uniform = () => mix32(key ^ Math.imul(++samples, 0x9e3779b1)) / 0x100000000;
  const within = (strength: number) => strength * (2 * uniform() - 1);
  const [sine, cosine] = sineAndCosine((within(rotate) * Math.PI) / 180);
  const [growX, growY] = [1 + within(scale), 1 + within(scale)];
  const slant = within(shear);
  const nearest = (value: number) => Math.floor(value + 0.5);
  const integer = (value: number) => nearest(POSITION_UNIT * value);
  // From the new picture back to the old one: rotated, sheared, scaled.
  const a = integer(cosine / growX);
  const b = integer((cosine * slant + sine) / growY);
  const c = integer(-sine / growX);
  const d = integer((cosine - sine * slant) / growY);
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  const x0 = integer(x + within(shift)) - nearest(a * x + b * y);
  const y0 = integer(y + within(shift)) - nearest(c * x + d * y);
  const size = displacementFieldSize(augmentation);
  const window = () =>
    Math.floor(uniform() * (size - height)) * size + Math.floor(uniform() * (size - width));
  return [a, b, c, d, x0, y0, window(), window()];
}
