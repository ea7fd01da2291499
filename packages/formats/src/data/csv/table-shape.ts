import type { Feature } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';
import {
  BYTES,
  type ChosenRange,
  chooseRange,
  type Extent,
  rangeOfPixels,
  rangeOfTest,
  type ValueRange,
} from '../values/value-range.js';
import type { Survey } from './survey.js';

/** What the features of a table are: pictures with one range, or numbers with a range for each column. */
export interface TableShape {
  readonly width: number;
  readonly height: number;
  /** Of pictures. */
  readonly range?: ValueRange;
  /** Of other numbers. */
  readonly features?: readonly Feature[];
  readonly note?: string;
}

/** From so many columns on, columns without names that are as many as a square has are pictures. */
const SMALLEST_PICTURE = 64;
/** Columns whose values are all below are of few shades: bytes of other things go further. */
const SMALL = 64;

/** What is known when the shape is decided. */
export interface ShapeRequest {
  /** The columns of features, in the order of the inputs, and their names. */
  readonly columns: readonly number[];
  readonly names: readonly string[];
  readonly hasHeader: boolean;
  readonly known: KnownData | undefined;
  /** Whether `known` is the training set of this test set. */
  readonly isTest: boolean;
  /** Whether the columns have their own ranges, though `known` has none. */
  readonly ownRanges: boolean;
  readonly name: string;
}

/** The size of a picture, if the names of its columns say that they are its pixels. */
export function pictureSize(
  titles: readonly string[],
  hasHeader: boolean,
): { readonly width: number; readonly height: number; readonly areNamed: boolean } | undefined {
  const count = titles.length;
  const side = Math.sqrt(count);
  const square = Number.isInteger(side) ? { width: side, height: side } : undefined;
  if (!hasHeader) return square && count >= SMALLEST_PICTURE ? { ...square, areNamed: false } : undefined;
  for (const [pattern, first] of [
    [/^(\d+)x(\d+)$/, 1],
    [/^[a-z]+_(\d+)_(\d+)$/i, 0],
  ] as const) {
    const places = titles.map((title) => pattern.exec(title));
    const last = places.at(-1);
    if (!last || !places.every(Boolean)) continue;
    const [height, width] = [Number(last[1]) + 1 - first, Number(last[2]) + 1 - first];
    const isGrid = places.every(
      (place, i) =>
        Number(place![1]) === first + Math.floor(i / width) && Number(place![2]) === first + (i % width),
    );
    if (isGrid && width * height === count) return { width, height, areNamed: true };
  }
  if (!square) return undefined;
  if (titles.every((title) => /^(pixel|px)_?\d+$/i.test(title))) return { ...square, areNamed: true };
  return titles.every((title) => /\d$/.test(title)) ? { ...square, areNamed: false } : undefined;
}

/** Decides what the features are, from all values. */
export function shapeOf(survey: Survey, request: ShapeRequest): TableShape {
  const { columns, names, hasHeader, known, isTest, ownRanges, name } = request;
  const extent = extentOf(survey, columns);
  const { min, max, areWhole } = extent;
  const areBytes = areWhole && min >= 0 && max <= 255;
  if (known?.features) return { width: known.width, height: known.height, features: known.features };
  if (known && !ownRanges) {
    const { width, height, origin } = known;
    const range = origin?.valueRange ?? BYTES;
    const outside = isPixelProblem(extent);
    const chosen: ChosenRange = outside
      ? { range: BYTES }
      : isTest
        ? rangeOfTest(extent, range, name)
        : chooseRange(extent, range, name);
    return { width, height, ...chosen };
  }
  const titles = columns.map((c) => names[c]!);
  const size = ownRanges ? undefined : pictureSize(titles, hasHeader);
  if (size) {
    const { width, height, areNamed } = size;
    const isCommon =
      columns.length >= SMALLEST_PICTURE && min >= -1 && (max <= 1 || (min >= 0 && max <= 255));
    if (areNamed && isPixelProblem(extent)) return { width, height, range: BYTES };
    if (areNamed || areBytes || isCommon) return { width, height, ...chooseRange(extent, undefined, name) };
  }
  const isLarge = areBytes && columns.every((c) => survey.max[c]! >= SMALL);
  const features = columns.map((c): Feature => {
    const title = names[c]!;
    return isLarge
      ? { name: title, min: 0, max: 255 }
      : { name: title, min: survey.min[c]!, max: survey.max[c]! };
  });
  const note = isLarge
    ? {}
    : { note: `${name}: each column is scaled to 0…255, its smallest value to its largest` };
  return { width: columns.length, height: 1, features, ...note };
}

/** Whether some value is none of a pixel: its cell is to be named. */
function isPixelProblem(extent: Extent): boolean {
  return rangeOfPixels(extent)[1] > 255 || extent.min < -1 || (extent.min < 0 && extent.max > 1);
}

/** The extent of all columns together. */
function extentOf({ min, max, areWhole }: Survey, columns: readonly number[]): Extent {
  return {
    min: columns.reduce((low, c) => Math.min(low, min[c]!), Number.POSITIVE_INFINITY),
    max: columns.reduce((high, c) => Math.max(high, max[c]!), Number.NEGATIVE_INFINITY),
    areWhole: columns.every((c) => areWhole[c] === 1),
  };
}
