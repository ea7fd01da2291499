import { DataError, type Feature } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';
import {
  BYTES,
  byteIn,
  chooseRange,
  type Extent,
  ExtentOf,
  isBytes,
  rangeOfTest,
  type ValueRange,
} from '../values/value-range.js';
import { type ArraySource, elementsOf } from './array-source.js';

/** The examples of an array: bytes, example after example. */
export interface ArrayPixels {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** Of rows of numbers, one for each column. */
  readonly features?: readonly Feature[];
  /** Of pictures whose values are not bytes. */
  readonly valueRange?: ValueRange;
  readonly notes: readonly string[];
}

/** How an example lies in an array. */
interface Layout {
  readonly width: number;
  readonly height: number;
  /** Values of a pixel: 1, or 3 of a color. */
  readonly channels: number;
  /** Whether all values of a channel come before those of the next. */
  readonly channelsFirst: boolean;
  /** Whether the columns are numbers of different kinds, each with a range of its own. */
  readonly isTable: boolean;
}

/** From so many columns on, rows that have as many numbers as a square are pictures. */
const SMALLEST_PICTURE = 64;
/** Shares of red, green and blue in gray (ITU-R BT.601). */
const GRAY = [0.299, 0.587, 0.114] as const;

/** How examples are read. */
export interface PixelOptions {
  /** The pictures lie on their side. */
  readonly isTransposed: boolean;
  /** The model, or the training data, for which they are. */
  readonly known: Partial<KnownData> | undefined;
  /** Whether they are the test set of `known`. */
  readonly isTest?: boolean;
  /** Whether rows are rows, even if they could be square pictures. */
  readonly keepsRows: boolean;
}

/**
 * Reads an array of examples as bytes. Numbers that are no bytes are read twice: first for their range, so that
 * no more than a byte for each is kept.
 *
 * @throws DataError when it holds no pictures, or a value that is not finite
 */
export async function pixelsOf(source: ArraySource, options: PixelOptions): Promise<ArrayPixels> {
  const count = source.shape[0]!;
  const layout = layoutOf(source, options);
  const { width, height } = layout;
  if (count === 0 || width * height === 0)
    throw new DataError(`${source.name}: contains no pictures: expected at least one`);
  const isTransposed = options.isTransposed !== (source.isByColumns === true);
  const place = placesOf(layout, isTransposed);
  const [w, h] = isTransposed ? [height, width] : [width, height];
  const sizes = { count, width: w, height: h };
  if (source.type === 'u1' && !layout.isTable) {
    const isPlain = layout.channels === 1 && !isTransposed && !source.isFortran;
    const pixels = await bytesOfPictures(source, layout, isPlain ? copy : place);
    const { range, notes } = rangeFor(extentOf(pixels), source, options);
    if (!isBytes(range)) for (let i = 0; i < pixels.length; i++) pixels[i] = byteIn(range, pixels[i]!);
    return { ...sizes, pixels, notes, ...(!isBytes(range) && { valueRange: range }) };
  }
  if (layout.isTable) return { ...sizes, ...(await tableOf(source, layout, options)) };
  const whole = new ExtentOf();
  for await (const part of elementsOf(source)) whole.add(part, source.name);
  const { range, notes } = rangeFor(whole.extent, source, options);
  const pixels = new Uint8Array(count * width * height);
  await place(elementsOf(source), pixels, (value) => byteIn(range, value), source);
  return { ...sizes, pixels, notes, ...(!isBytes(range) && { valueRange: range }) };
}

/** Bytes that lie in a file as they are wanted. */
const copy: Place = async (parts, pixels) => {
  let at = 0;
  for await (const part of parts) {
    pixels.set(part, at);
    at += part.length;
  }
};

function extentOf(bytes: Uint8Array): Extent {
  let [min, max] = [255, 0];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! > max) max = bytes[i]!;
    if (bytes[i]! < min) min = bytes[i]!;
    if (max === 255 && min === 0) break;
  }
  return { min, max, areWhole: true };
}

function rangeFor(
  extent: Parameters<typeof chooseRange>[0],
  source: ArraySource,
  { known, isTest }: PixelOptions,
) {
  const other = known && (known.origin?.valueRange ?? BYTES);
  const { range, note } =
    isTest && other ? rangeOfTest(extent, other, source.name) : chooseRange(extent, other, source.name);
  return { range, notes: note ? [note] : [] };
}

/** @throws DataError for a shape that is no list of pictures or rows */
function layoutOf({ shape, name, type }: ArraySource, { keepsRows }: PixelOptions): Layout {
  const gray = { channels: 1, channelsFirst: false, isTable: false };
  const [, a = 1, b = 1, c = 1] = shape;
  if (shape.length === 2) {
    const side = Math.sqrt(a);
    const isSquare = Number.isInteger(side) && a >= SMALLEST_PICTURE;
    if (keepsRows && type === 'u1') return { ...gray, width: a, height: 1 };
    if (isSquare && !keepsRows) return { ...gray, width: side, height: side };
    return { ...gray, width: a, height: 1, isTable: true };
  }
  if (shape.length === 3) return { ...gray, width: b, height: a };
  if (shape.length === 4 && (c === 1 || c === 3)) return { ...gray, width: b, height: a, channels: c };
  if (shape.length === 4 && (a === 1 || a === 3))
    return { ...gray, width: c, height: b, channels: a, channelsFirst: true };
  throw new DataError(
    `${name}: has the shape [${shape.join(', ')}]: expected pictures [examples, height, width], with 1 or 3 channels, or rows [examples, columns]`,
  );
}

/** Puts elements, in the order of the file, where their pixels belong. */
type Place = (
  parts: AsyncIterable<ArrayLike<number>>,
  pixels: Uint8Array,
  byteOf: (value: number) => number,
  source: ArraySource,
) => Promise<void>;

function placesOf({ width, height, channels, channelsFirst }: Layout, isTransposed: boolean): Place {
  const inputs = width * height;
  const raw = inputs * channels;
  // Of each value of an example, the pixel that it belongs to.
  const pixelOf = Uint32Array.from({ length: raw }, (_, i) => {
    const pixel = channelsFirst ? i % inputs : Math.floor(i / channels);
    return isTransposed ? (pixel % width) * height + Math.floor(pixel / width) : pixel;
  });
  const shares = Float64Array.from({ length: raw }, (_, i) =>
    channels === 1 ? 1 : GRAY[channelsFirst ? Math.floor(i / inputs) : i % channels]!,
  );
  return async (parts, pixels, byteOf, source) => {
    const count = source.shape[0]!;
    if (channels > 1) {
      if (source.isFortran)
        throw new DataError(`${source.name}: pictures in color, in Fortran's order: save them in C's order`);
      const sums = new Float64Array(inputs);
      let at = 0;
      let start = 0;
      for await (const part of parts) {
        for (let i = 0; i < part.length; i++) {
          sums[pixelOf[at]!]! += part[i]! * shares[at]!;
          if (++at < raw) continue;
          for (let k = 0; k < inputs; k++) pixels[start + k] = byteOf(sums[k]!);
          sums.fill(0);
          at = 0;
          start += inputs;
        }
      }
      return;
    }
    if (source.isFortran) {
      // The first index, the example, runs fastest; then that of the rows, then that of the columns.
      let example = 0;
      let k = 0;
      const isRow = source.shape.length === 2;
      for await (const part of parts) {
        for (let i = 0; i < part.length; i++) {
          const pixel = isRow ? k : (k % height) * width + Math.floor(k / height);
          pixels[example * inputs + pixelOf[pixel]!] = byteOf(part[i]!);
          if (++example < count) continue;
          example = 0;
          k++;
        }
      }
      return;
    }
    let start = 0;
    let at = 0;
    for await (const part of parts) {
      for (let i = 0; i < part.length; i++) {
        pixels[start + pixelOf[at]!] = byteOf(part[i]!);
        if (++at === inputs) {
          at = 0;
          start += inputs;
        }
      }
    }
  };
}

async function bytesOfPictures(source: ArraySource, layout: Layout, place: Place): Promise<Uint8Array> {
  const inputs = layout.width * layout.height;
  const pixels = new Uint8Array(source.shape[0]! * inputs);
  await place(source.open(), pixels, Math.round, source);
  return pixels;
}

/** Rows of numbers: each column has its range. */
async function tableOf(source: ArraySource, { width }: Layout, { known }: PixelOptions) {
  const count = source.shape[0]!;
  const min = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  const max = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  const columnAt = (k: number) => (source.isFortran ? Math.floor(k / count) : k % width);
  const check = new ExtentOf();
  let k = 0;
  for await (const part of elementsOf(source)) {
    check.add(part, source.name);
    for (let i = 0; i < part.length; i++, k++) {
      const column = columnAt(k);
      min[column] = Math.min(min[column]!, part[i]!);
      max[column] = Math.max(max[column]!, part[i]!);
    }
  }
  const features =
    known?.features ??
    Array.from({ length: width }, (_, c): Feature => ({ name: String(c + 1), min: min[c]!, max: max[c]! }));
  if (features.length !== width) {
    throw new DataError(
      `${source.name}: rows of ${width} numbers, but the model was trained on ${features.length}`,
    );
  }
  const pixels = new Uint8Array(count * width);
  k = 0;
  for await (const part of elementsOf(source)) {
    for (let i = 0; i < part.length; i++, k++) {
      const column = columnAt(k);
      const feature = features[column]!;
      const at = source.isFortran ? (k % count) * width + column : k;
      pixels[at] = feature.max > feature.min ? byteIn([feature.min, feature.max], part[i]!) : 0;
    }
  }
  return {
    pixels,
    features,
    notes: known?.features ? [] : [`${source.name}: each column is scaled to 0…255`],
  };
}
