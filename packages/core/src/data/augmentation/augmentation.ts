import { SettingError } from '../../errors.js';

/** How far pictures are changed in training. 0 means not at all. */
export interface AugmentationOptions {
  /** Largest shift along each axis, in pixels. */
  readonly shift: number;
  /** Largest rotation, in degrees, clockwise or counterclockwise. */
  readonly rotate: number;
  /** Largest change of size, as a fraction, drawn separately for each axis. */
  readonly scale: number;
  /** Largest shift of a row against the row below it, in pixels. */
  readonly shear: number;
  /** Root mean square displacement of a pixel along each axis, in pixels. */
  readonly elastic: number;
  /** Standard deviation, in pixels, of the Gaussian that smooths the displacements. */
  readonly elasticSigma: number;
}

/** Augmentation of pictures of one size. */
export interface Augmentation extends AugmentationOptions {
  /** Of the pictures, in pixels. */
  readonly width: number;
  /** Of the pictures, in pixels. */
  readonly height: number;
  /** The seed of the random numbers. */
  readonly seed: number;
}

/**
 * The augmentation of these pictures, or `undefined` when every strength is 0.
 *
 * @throws SettingError when the examples are not pictures
 */
export function augmentationFor(
  options: AugmentationOptions & { readonly seed: number },
  { width, height }: { readonly width: number; readonly height: number },
): Augmentation | undefined {
  const { shift, rotate, scale, shear, elastic, elasticSigma, seed } = options;
  if (shift + rotate + scale + shear + elastic === 0) return undefined;
  if (Math.min(width, height) < 2) {
    const names = ['shift', 'rotate', 'scale', 'shear', 'elastic'] as const;
    const setting = names.find((name) => options[name] > 0)!;
    const expected = [`pictures, not ${width} × ${height}`];
    throw new SettingError({ setting, value: options[setting], verb: 'needs', expected });
  }
  return { shift, rotate, scale, shear, elastic, elasticSigma, width, height, seed };
}
