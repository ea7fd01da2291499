import { shrink } from './passes.js';
import type { Color } from './passes-types.js';
import type { OpaquePicture, Picture } from './picture.js';

export type { OpaquePicture } from './picture.js';

/**
 * The longest side. A longer one is scaled down: this is 50 pixels for each pixel of a digit in the
 * frame. Photos have 4,000 or 4,032 pixels.
 */
const LONGEST_SIDE = 1024;

/** On the border, an alpha of at least this value counts as opaque. */
const OPAQUE = 128;

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];

/**
 * Lays the picture over its background. The background has the color of most of the picture's
 * border. If most of the border is transparent, it is white under dark drawings and black under
 * light ones. A picture with a side of more than 1,024 pixels is scaled down: each square of pixels
 * becomes its mean.
 */
export function flattenOnBackground(picture: Picture, longestSide = LONGEST_SIDE): OpaquePicture {
  const { channels } = picture;
  const side = Math.ceil(Math.max(picture.width, picture.height) / longestSide);
  const width = Math.ceil(picture.width / side);
  const height = Math.ceil(picture.height / side);
  const hasAlpha = channels === 2 || channels === 4;
  const page = hasAlpha ? pageUnder(picture) : BLACK;
  return { width, height, rgb: shrink(picture, side, page) };
}

/** A picture on its background has at least this share of the side that it would have without a reduction. */
const NEARLY = 0.8;

/**
 * How many pixels across, and as many down, of a large picture may become their mean before it is framed, so that it
 * need not be unpacked whole: 1 where that would cost resolution.
 *
 * @param longestSide of the picture, in pixels
 */
export function framingReduction(longestSide: number): 1 | 2 | 4 | 8 {
  const sideAfter = (reduction: number) => {
    const side = Math.ceil(longestSide / reduction);
    return side / Math.ceil(side / LONGEST_SIDE);
  };
  return ([8, 4, 2] as const).find((reduction) => sideAfter(reduction) >= NEARLY * sideAfter(1)) ?? 1;
}

function pageUnder({ width, height, channels, data }: Picture): Color {
  const border = borderOf(width, height);
  const opaque = border.filter((pixel) => data[(pixel + 1) * channels - 1]! >= OPAQUE);
  if (2 * opaque.length <= border.length) return contrastTo(data, channels);
  const middle = (channel: number) => median(opaque.map((pixel) => data[pixel * channels + channel]!));
  return channels > 2 ? [middle(0), middle(1), middle(2)] : [middle(0), middle(0), middle(0)];
}

/** The background for a drawing with transparent surroundings: the one on which it is visible. */
function contrastTo(data: Picture['data'], channels: Picture['channels']): Color {
  let seen = 0;
  let light = 0;
  for (let at = 0; at < data.length; at += channels) {
    const alpha = data[at + channels - 1]!;
    seen += alpha;
    light += alpha * (channels === 4 ? luminance(data[at]!, data[at + 1]!, data[at + 2]!) : data[at]!);
  }
  return light < 127.5 * seen ? WHITE : BLACK;
}

/** Rec. 601, 0–255. */
export function luminance(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** The positions of the outermost pixels. */
export function borderOf(width: number, height: number): number[] {
  const places: number[] = [];
  for (let x = 0; x < width; x++) places.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) places.push(y * width, y * width + width - 1);
  return places;
}

/** The median; for an even number of values, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
