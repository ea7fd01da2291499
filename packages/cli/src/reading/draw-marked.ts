import { type Color, encodePng } from '@longhand/core/display';
import type { FoundPage } from '@longhand/core/pages';
import { grayPixels, type Picture } from '@longhand/core/pictures';

/** Gray levels of the picture, below the colors of what is drawn on it. */
const GRAYS = 253;
const [DIGIT, NO_DIGIT, PAPER] = [GRAYS, GRAYS + 1, GRAYS + 2];
const COLORS: readonly Color[] = [
  [200, 0, 80],
  [0, 90, 200],
  [255, 255, 255],
];

/** Characters as rows of three pixels, a bit each. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 3, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 2, 2, 2],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  '+': [0, 2, 7, 2, 0],
  '-': [0, 0, 7, 0, 0],
  '=': [0, 7, 0, 7, 0],
  '.': [0, 0, 0, 0, 2],
  ',': [0, 0, 0, 2, 4],
  ':': [0, 2, 0, 2, 0],
  '?': [7, 1, 2, 0, 2],
};

/**
 * The picture in gray, as PNG, with a box around each digit and what it is read as above it: red for digits, blue for
 * what is none.
 */
export function drawMarked(
  picture: Picture,
  { lines }: FoundPage,
  classNames: readonly string[],
): Uint8Array {
  const shrink = Math.ceil(Math.max(picture.width, picture.height) / 1000);
  const [width, height] = [Math.ceil(picture.width / shrink), Math.ceil(picture.height / shrink)];
  const pixels = grayPixels(picture).map((gray) => Math.round((gray / 255) * (GRAYS - 1)));
  const dot = Math.max(1, Math.round(Math.max(width, height) / 400));
  const put = (x: number, y: number, color: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) pixels[y * width + x] = color;
  };
  for (const { box, sign, digit } of lines.flat()) {
    const color = sign === undefined ? DIGIT : NO_DIGIT;
    const [left, top] = [Math.floor(box.x / shrink) - 1, Math.floor(box.y / shrink) - 1];
    const right = Math.ceil((box.x + box.width) / shrink);
    const bottom = Math.ceil((box.y + box.height) / shrink);
    for (let x = left; x <= right; x++) for (const y of [top, bottom]) put(x, y, color);
    for (let y = top; y <= bottom; y++) for (const x of [left, right]) put(x, y, color);
    const glyph = GLYPHS[sign ?? classNames[digit]!] ?? GLYPHS['?']!;
    const high = Math.max(0, top - 6 * dot);
    for (let y = -1; y <= 5 * dot; y++) {
      for (let x = -1; x <= 3 * dot; x++) {
        const bit = (glyph[Math.floor(y / dot)] ?? 0) & (4 >> Math.floor(x / dot));
        put(left + x, high + y, x >= 0 && bit ? color : PAPER);
      }
    }
  }
  const grays = Array.from({ length: GRAYS }, (_, level): Color => {
    const gray = Math.round((level / (GRAYS - 1)) * 255);
    return [gray, gray, gray];
  });
  return encodePng(width, height, pixels, [...grays, ...COLORS]);
}
