import { borderOf, type OpaquePicture } from './background.js';
import type { Contrast } from './find-strokes.js';
import { scaleToSide } from './passes.js';

/** At least this share of the border's pixels have exactly the page's color. */
const FLAT = 0.96;
/** And this share of the whole picture's: else it is a table, on which paper lies. */
const COMMONEST = 0.5;
/** What has this share of the darkest ink's contrast is ink: nothing here is grain. */
const INK = 0.2;
/** Differences of less than this, of 255, are none. */
const LEAST_DIFFERENCE = 3;

/**
 * How much each pixel differs from a page of one color, as a paint program or a canvas makes it: 0 for the page,
 * 1 for what differs most.
 *
 * @param side the longest side, in pixels; a larger picture is scaled down
 * @returns undefined if the border is not of one color, which is the commonest, too, or if nothing differs
 */
export function contrastOnFlatPage(sheet: OpaquePicture, side: number): Contrast | undefined {
  const page = pageColor(sheet);
  if (page === undefined) return undefined;
  const { width, height, rgb } = sheet;
  const data = new Float32Array(width * height);
  let [most, same] = [0, 0];
  for (let pixel = 0; pixel < data.length; pixel++) {
    const at = 3 * pixel;
    const red = Math.abs(rgb[at]! - (page >> 16));
    const green = Math.abs(rgb[at + 1]! - ((page >> 8) & 255));
    const blue = Math.abs(rgb[at + 2]! - (page & 255));
    data[pixel] = Math.max(red, green, blue);
    if (data[pixel]! > most) most = data[pixel]!;
    if (data[pixel] === 0) same++;
  }
  if (most < LEAST_DIFFERENCE || same < COMMONEST * data.length) return undefined;
  const drawing = { width, height, data: data.map((difference) => difference / most) };
  const scaled = Math.max(width, height) > side ? scaleToSide(drawing, side) : drawing;
  return { ...scaled, floor: 0, ceiling: INK, isClean: true };
}

/** The border's color as red · 65536 + green · 256 + blue; undefined if it has several. */
function pageColor({ width, height, rgb }: OpaquePicture): number | undefined {
  const border = borderOf(width, height);
  const counts = new Map<number, number>();
  for (const pixel of border) {
    const color = (rgb[3 * pixel]! << 16) | (rgb[3 * pixel + 1]! << 8) | rgb[3 * pixel + 2]!;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  for (const [color, count] of counts) if (count >= FLAT * border.length) return color;
  return undefined;
}
