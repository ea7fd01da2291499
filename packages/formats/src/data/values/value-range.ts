import { DataError } from '@longhand/core';

/** The values that become 0 and 255. */
export type ValueRange = readonly [min: number, max: number];

/** The smallest and the largest of many values, and whether all are whole numbers. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  readonly areWhole: boolean;
}

export const BYTES: ValueRange = [0, 255];
/** Whole numbers up to here are few shades of gray: dark pictures of bytes have some pixel above. */
const FEW_SHADES = 63;
/** Data that fill less than this share of the range of a model's data are of another range. */
const SMALLEST_SHARE = 1 / 8;

/** Whether a byte is the value itself. */
export function isBytes([min, max]: ValueRange): boolean {
  return min === 0 && max === 255;
}

/** The range of the pixels of pictures: 0…1, −1…1, few shades from 0, bytes, or what the values fill. */
export function rangeOfPixels({ min, max, areWhole }: Extent): ValueRange {
  if (min >= 0 && max === 0) return BYTES;
  if (min >= 0 && max <= 1) return [0, 1];
  if (min >= -1 && max <= 1) return [-1, 1];
  if (min >= 0 && areWhole && max <= FEW_SHADES) return [0, max];
  if (min >= 0 && max <= 255) return BYTES;
  return [Math.min(0, min), Math.max(0, max)];
}

/** A range, and what to say about it. */
export interface ChosenRange {
  readonly range: ValueRange;
  readonly note?: string;
}

/**
 * The range of a test set: that of its training set.
 *
 * @throws DataError when its values are outside
 */
export function rangeOfTest(extent: Extent, training: ValueRange, name: string): ChosenRange {
  const [min, max] = training;
  if (extent.min >= min && extent.max <= max) return { range: training };
  throw new DataError(
    `${name}: the values ${inWords([extent.min, extent.max])} are outside those of the training set, ${inWords(training)}: do the files belong together?`,
  );
}

/**
 * The range of pictures for which a model or other data exist.
 *
 * @param known the range of the other data; undefined if there are none
 */
export function chooseRange(extent: Extent, known: ValueRange | undefined, name: string): ChosenRange {
  const own = rangeOfPixels(extent);
  if (known) {
    const [min, max] = known;
    const fits = extent.min >= min && extent.max <= max;
    if (fits && (isBytes(known) ? isBytes(own) : extent.max - min >= SMALLEST_SHARE * (max - min)))
      return { range: known };
    if (inWords(own) !== inWords(known)) {
      const note = `${name}: the values are ${inWords(own)}, but the model's data had ${inWords(known)}: both are scaled to 0…255`;
      return { range: own, note };
    }
  }
  if (isBytes(own)) return { range: own };
  return { range: own, note: `${name}: the values ${inWords(own)} are scaled to 0…255` };
}

/** `0…16`. */
function inWords([min, max]: ValueRange): string {
  return `${short(min)}…${short(max)}`;
}

function short(value: number): string {
  const text = String(Number(value.toPrecision(4)));
  return text.replace('-', '−');
}

/** The byte of a value: the nearest of 256 even steps. */
export function byteIn([min, max]: ValueRange, value: number): number {
  const share = (value - min) / (max - min);
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}

/** Collects the extent of values that come in parts. */
export class ExtentOf {
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #areWhole = true;

  /** @throws DataError for a value that is not finite */
  add(values: ArrayLike<number>, name: string): void {
    let [min, max, areWhole] = [this.#min, this.#max, this.#areWhole];
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      // True for NaN, too.
      if (!(value - value === 0)) {
        throw new DataError(`${name}: holds ${value}: expected finite numbers`);
      }
      if (value < min) min = value;
      if (value > max) max = value;
      if (areWhole && value % 1 !== 0) areWhole = false;
    }
    [this.#min, this.#max, this.#areWhole] = [min, max, areWhole];
  }

  get extent(): Extent {
    return { min: this.#min, max: this.#max, areWhole: this.#areWhole };
  }
}
