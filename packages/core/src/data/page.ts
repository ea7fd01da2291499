import type { Picture } from './picture.js';

/** Red, green and blue, each 0–255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A picture without transparency on the page it was drawn on. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row: `3 × width × height` bytes. */
  readonly rgb: Uint8ClampedArray;
}

/** An alpha at least this high counts as opaque when the border is looked at. */
const OPAQUE = 128;

/** Rec. 601 weights of red, green and blue in luminance. */
const LUMINANCE: Colour = [0.299, 0.587, 0.114];

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];

/**
 * The picture laid over its page. The page has the colour that most of the picture's border has; where most of the
 * border is transparent, it is white under what is dark and black under what is light.
 */
export function layOnPage({ width, height, channels, data }: Picture): Sheet {
  const hasAlpha = channels === 2 || channels === 4;
  const green = channels > 2 ? 1 : 0;
  const blue = channels > 2 ? 2 : 0;
  const colourAt = (pixel: number): Colour => {
    const at = pixel * channels;
    return [data[at]!, data[at + green]!, data[at + blue]!];
  };
  const alphaAt = (pixel: number) => (hasAlpha ? data[pixel * channels + channels - 1]! : 255);

  const border = borderOf(width, height);
  const opaque = border.filter((pixel) => alphaAt(pixel) >= OPAQUE);
  const page =
    2 * opaque.length > border.length
      ? medianColour(opaque.map(colourAt))
      : pageUnder(width * height, colourAt, alphaAt);

  const rgb = new Uint8ClampedArray(3 * width * height);
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += channels) {
    const alpha = hasAlpha ? data[at + channels - 1]! / 255 : 1;
    rgb[3 * pixel] = page[0] + alpha * (data[at]! - page[0]);
    rgb[3 * pixel + 1] = page[1] + alpha * (data[at + green]! - page[1]);
    rgb[3 * pixel + 2] = page[2] + alpha * (data[at + blue]! - page[2]);
  }
  return { width, height, rgb };
}

/** The places of the outermost pixels. */
export function borderOf(width: number, height: number): number[] {
  const places: number[] = [];
  for (let x = 0; x < width; x++) places.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) places.push(y * width, y * width + width - 1);
  return places;
}

/** The page for a drawing whose surroundings are transparent: the one it can be seen on. */
function pageUnder(pixels: number, colourAt: (p: number) => Colour, alphaAt: (p: number) => number): Colour {
  let seen = 0;
  let light = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = alphaAt(pixel);
    if (alpha === 0) continue;
    const colour = colourAt(pixel);
    seen += alpha;
    for (let c = 0; c < 3; c++) light += alpha * LUMINANCE[c]! * colour[c]!;
  }
  return light < 127.5 * seen ? WHITE : BLACK;
}

function medianColour(colours: readonly Colour[]): Colour {
  return [0, 1, 2].map((c) => median(colours.map((colour) => colour[c]!))) as unknown as Colour;
}

/** The middle value; of an even number, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
