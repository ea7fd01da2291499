import { flattenOnBackground, luminance } from './background.js';
import type { Picture } from './picture.js';

/**
 * The lightness of each pixel, 0–255, row by row (Rec. 601). Where the picture is transparent, its
 * background shows (`flattenOnBackground`).
 */
export function grayPixels(picture: Picture): Uint8Array {
  const { rgb } = flattenOnBackground(picture);
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) =>
    Math.round(luminance(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!)),
  );
}

/** Whether most of the picture is light: then its ink is dark, and MNIST's is light. */
export function isMostlyLight(gray: Uint8Array): boolean {
  let sum = 0;
  for (const value of gray) sum += value;
  return sum > 127.5 * gray.length;
}

/** The same with dark and light exchanged. */
export function inverted(gray: Uint8Array): Uint8Array {
  return gray.map((value) => 255 - value);
}
