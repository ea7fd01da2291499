import { SettingError } from '../errors.js';
import { createRandom, keyOf, mix32 } from '../random.js';

/** How far pictures are distorted in training; 0 is not at all. */
export interface Strengths {
  /** Pixels, at most, along each axis. */
  readonly shift: number;
  /** Degrees, at most, either way. */
  readonly rotate: number;
  /** Share of the size, at most, by which a picture grows or shrinks, along each axis by itself. */
  readonly scale: number;
  /** Pixels, at most, by which a row moves against the row below it. */
  readonly shear: number;
  /** Pixels by which a pixel is displaced along each axis, as the root of the mean square. */
  readonly elastic: number;
  /** σ in pixels of the Gaussian that makes neighbouring displacements alike. */
  readonly elasticSigma: number;
}

/** Distortions of pictures of one size. */
export interface Distortion extends Strengths {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
}

/** Fractions of a pixel that positions, and displacements, are counted in. */
const UNIT = 4096;
const FIELD_UNIT = 512;
/** Pixels under this are no ink: interpolation would else smear faint edges, which cost the engine as much as any ink. */
const FAINTEST = 16;
/** What tells these random numbers from those of the layers' dropout. */
const PURPOSE = -1;

/** @throws SettingError where the examples are no pictures */
export function distortionOf(
  strengths: Strengths & { readonly seed: number },
  { width, height }: { readonly width: number; readonly height: number },
): Distortion | undefined {
  const { shift, rotate, scale, shear, elastic, elasticSigma, seed } = strengths;
  if (shift + rotate + scale + shear + elastic === 0) return undefined;
  if (Math.min(width, height) < 2) {
    throw new SettingError(
      `--shift, --rotate, --scale, --shear, --elastic: need pictures, not ${width} × ${height}`,
    );
  }
  return { shift, rotate, scale, shear, elastic, elasticSigma, width, height, seed };
}

/** Displacements: `size` × `size`, in 512ths of a pixel. */
export interface Field {
  readonly size: number;
  readonly displacements: Int16Array;
}

/** Displacements in a row of the field. */
export function fieldSize({ width, height }: Distortion): number {
  return Math.max(256, 2 * Math.max(width, height));
}

/**
 * Elastic distortion (Simard et al. 2003, https://doi.org/10.1109/ICDAR.2003.1227801): uniform random numbers, smoothed by a Gaussian.
 * There they are drawn anew for every picture; here once, on a torus many times a picture's size, of which each picture takes a window
 * of its own for either axis. Smoothing n times by (¼, ½, ¼) is a binomial of variance n/2, which is the Gaussian for all that can be
 * seen, by sums alone, so that it has the same bits everywhere. Simard's α = 34 and σ = 4 displace by 1.4 pixels.
 */
export function createField(distortion: Distortion): Field | undefined {
  const { elastic, elasticSigma, seed } = distortion;
  if (elastic === 0) return undefined;
  const size = fieldSize(distortion);
  const random = createRandom(seed, 'elastic');
  let field = Float64Array.from({ length: size * size }, () => 2 * random.uniform() - 1);
  for (let pass = Math.round(2 * elasticSigma ** 2); pass > 0; pass--) {
    field = smoothed(smoothed(field, size, 1), size, size);
  }
  let squares = 0;
  for (const value of field) squares += value * value;
  const factor = (elastic * FIELD_UNIT * size) / Math.sqrt(squares);
  const most = 0x7fff;
  const displacements = Int16Array.from(field, (value) =>
    Math.max(-most, Math.min(most, Math.round(factor * value))),
  );
  return { size, displacements };
}

/** Each value with its neighbours `step` apart, (¼, ½, ¼), around the torus. */
function smoothed(field: Float64Array, size: number, step: number): Float64Array<ArrayBuffer> {
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

/** What every warp of an iteration is drawn by. */
export function warpKey({ seed }: Distortion, iteration: number): number {
  return keyOf({ seed, iteration }, PURPOSE);
}

/**
 * What becomes of one example, as 32-bit integers: pixel (x, y) of what is made shows the source at (x₀ + a x + b y, y₀ + c x + d y),
 * displaced by the field's windows that begin at u and v: a, b, c, d, x₀, y₀ in 4096ths, u, v as places in the field.
 *
 * @param place of the example in its batch: with seed and iteration it decides all of it
 */
export function drawWarp(distortion: Distortion, iteration: number, place: number): number[] {
  const { shift, rotate, scale, shear, width, height } = distortion;
  const key = warpKey(distortion, iteration) ^ Math.imul(place, 0x85ebca77);
  let drawn = 0;
  const uniform = () => mix32(key ^ Math.imul(++drawn, 0x9e3779b1)) / 0x100000000;
  const within = (strength: number) => strength * (2 * uniform() - 1);
  const [sine, cosine] = sineAndCosine((within(rotate) * Math.PI) / 180);
  const [growX, growY] = [1 + within(scale), 1 + within(scale)];
  const slant = within(shear);
  const nearest = (value: number) => Math.floor(value + 0.5);
  const integer = (value: number) => nearest(UNIT * value);
  // Back from what is made to its source: turned, sheared, scaled.
  const a = integer(cosine / growX);
  const b = integer((cosine * slant + sine) / growY);
  const c = integer(-sine / growX);
  const d = integer((cosine - sine * slant) / growY);
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  const x0 = integer(x + within(shift)) - nearest(a * x + b * y);
  const y0 = integer(y + within(shift)) - nearest(c * x + d * y);
  const size = fieldSize(distortion);
  const window = () =>
    Math.floor(uniform() * (size - height)) * size + Math.floor(uniform() * (size - width));
  return [a, b, c, d, x0, y0, window(), window()];
}

/** By their series, of angles up to π: Math.sin need not have the same bits everywhere. */
function sineAndCosine(angle: number): [number, number] {
  let [sine, cosine, term] = [0, 1, 1];
  for (let n = 1; Math.abs(term) > 1e-9; n += 2) {
    term *= angle / n;
    sine += term;
    term *= -angle / (n + 1);
    cosine += term;
  }
  return [sine, cosine];
}

/** The picture that a warp makes of another, bilinear, blank outside and where it would be all but blank: the longhand of kernels/distort.ts, with the same bytes. */
export function distort(
  pixels: Uint8Array,
  width: number,
  height: number,
  [a, b, c, d, x0, y0, u, v]: readonly number[],
  field: Field | undefined,
): Uint8Array {
  const out = new Uint8Array(width * height);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const moved = (window: number) =>
        field ? (field.displacements[window + y * field.size + x]! * UNIT) / FIELD_UNIT : 0;
      const X = x0! + a! * x + b! * y + moved(u!);
      const Y = y0! + c! * x + d! * y + moved(v!);
      const [left, top] = [X >> 12, Y >> 12];
      const [right, below] = [(X >> 4) & 255, (Y >> 4) & 255];
      const upper = at(left, top) * (256 - right) + at(left + 1, top) * right;
      const lower = at(left, top + 1) * (256 - right) + at(left + 1, top + 1) * right;
      const value = (upper * 256 + (lower - upper) * below + 32768) >> 16;
      out[y * width + x] = value < FAINTEST ? 0 : value;
    }
  }
  return out;
}
