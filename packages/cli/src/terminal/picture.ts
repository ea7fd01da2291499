import { type Color, sgrOf } from './paint.js';
import type { Terminal } from './terminal.js';

/** Pixels to draw, for terminals with colors and without. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The color of a pixel. */
  readonly color: (x: number, y: number) => Color;
  /** The brightness of a pixel, −1 to 1: without colors, it chooses the character. */
  readonly weight: (x: number, y: number) => number;
}

const SHADES = { unicode: ' ░▒▓█', ascii: ' .:*#' } as const;
/** For negative values: characters of another shape. */
const NEGATIVE_SHADES = ' -=≡≣';
const NEGATIVE_ASCII = ' -~=%';

/**
 * The picture as lines of text. Each character shows two pixels, one above the other: the half
 * block ▀ has a color, and its background another. Without colors, a shade shows the mean of the
 * two.
 */
export function drawPicture(picture: Picture, terminal: Pick<Terminal, 'colors' | 'unicode'>): string[] {
  const { colors, unicode } = terminal;
  const inColor = unicode && (colors === 'true' || colors === 'palette') ? colors : undefined;
  return Array.from({ length: Math.ceil(picture.height / 2) }, (_, row) =>
    inColor ? coloredRow(picture, 2 * row, inColor) : shadedRow(picture, 2 * row, unicode),
  );
}

function coloredRow({ width, height, color }: Picture, y: number, colors: 'palette' | 'true'): string {
  let line = '';
  let current = '';
  for (let x = 0; x < width; x++) {
    const above = sgrOf(color(x, y), 'fore', colors);
    const both = y + 1 < height ? `${above};${sgrOf(color(x, y + 1), 'back', colors)}` : above;
    if (both !== current) line += `\x1b[${both}m`;
    current = both;
    line += '▀';
  }
  return `${line}\x1b[0m`;
}

function shadedRow({ width, height, weight }: Picture, y: number, unicode: boolean): string {
  const above = unicode ? SHADES.unicode : SHADES.ascii;
  const below = unicode ? NEGATIVE_SHADES : NEGATIVE_ASCII;
  return Array.from({ length: width }, (_, x) => {
    const mean = (weight(x, y) + (y + 1 < height ? weight(x, y + 1) : 0)) / 2;
    const shades = mean < 0 ? below : above;
    return shades[Math.min(shades.length - 1, Math.round(Math.abs(mean) * (shades.length - 1)))];
  }).join('');
}

/** A picture as in MNIST: white on black, one byte per pixel, row by row. */
export function inkPicture(pixels: ArrayLike<number>, width: number, height: number): Picture {
  const at = (x: number, y: number) => pixels[y * width + x]!;
  return {
    width,
    height,
    color: (x, y) => [at(x, y), at(x, y), at(x, y)],
    weight: (x, y) => at(x, y) / 255,
  };
}

/** The colors of weights: nearly everybody can tell blue from orange. */
const ZERO: Color = [247, 247, 247];
const POSITIVE: Color = [230, 97, 1];
const NEGATIVE: Color = [33, 102, 172];

/** The color of a value from −1 (`NEGATIVE`) over 0 (`ZERO`) to 1 (`POSITIVE`). */
export function divergingColor(share: number): Color {
  const end = share < 0 ? NEGATIVE : POSITIVE;
  const way = Math.min(1, Math.abs(share));
  return ZERO.map((from, channel) => Math.round(from + way * (end[channel]! - from))) as unknown as Color;
}

/** Weights as a picture: ±`limit` and beyond get the full color. */
export function weightsPicture(
  weights: ArrayLike<number>,
  width: number,
  height: number,
  limit: number,
): Picture {
  const at = (x: number, y: number) => weights[y * width + x]! / limit;
  return {
    width,
    height,
    color: (x, y) => divergingColor(at(x, y)),
    weight: (x, y) => Math.max(-1, Math.min(1, at(x, y))),
  };
}

/** Whether it can be drawn: a single row or column of numbers is no picture. */
export function isPicture({ width, height }: Pick<Picture, 'width' | 'height'>): boolean {
  return width > 1 && height > 1;
}

/** The picture, halved until it fits into so many columns. */
export function fitted(picture: Picture, width: number): Picture {
  return picture.width > Math.max(1, width) ? fitted(halved(picture), width) : picture;
}

/** The picture at half its size: each pixel is the mean of four. */
export function halved({ width, height, color, weight }: Picture): Picture {
  const inside = (x: number, y: number): [number, number] => [
    Math.min(x, width - 1),
    Math.min(y, height - 1),
  ];
  const four = (x: number, y: number) => [
    inside(2 * x, 2 * y),
    inside(2 * x + 1, 2 * y),
    inside(2 * x, 2 * y + 1),
    inside(2 * x + 1, 2 * y + 1),
  ];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    width: Math.ceil(width / 2),
    height: Math.ceil(height / 2),
    color: (x, y) => {
      const colors = four(x, y).map(([u, v]) => color(u, v));
      return [0, 1, 2].map((channel) =>
        Math.round(mean(colors.map((one) => one[channel]!))),
      ) as unknown as Color;
    },
    weight: (x, y) => mean(four(x, y).map(([u, v]) => weight(u, v))),
  };
}
