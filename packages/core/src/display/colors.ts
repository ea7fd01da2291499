import type { Color } from './png.js';

/** Entries of a color scale. An odd number, so that 0 has the color in the middle. */
export const SHADES = 255;

/** From the lowest to the highest value. */
const STOPS = {
  /** Red is negative, white is 0, blue is positive. */
  signed: ['#8f1d18', '#c8322b', '#e79a92', '#ffffff', '#93acd8', '#1f4e9c', '#122f66'],
  /** From white paper to ink: pixels, and counts. */
  ink: ['#ffffff', '#8d96a8', '#1c2b4a'],
} as const;

export type Scale = keyof typeof STOPS;

/** The colors of a scale, lowest value first. */
export function paletteOf(scale: Scale): Color[] {
  const stops = STOPS[scale].map(parse);
  return Array.from({ length: SHADES }, (_, shade) => {
    const place = (shade / (SHADES - 1)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    const share = place - below;
    const mix = (k: 0 | 1 | 2) => Math.round(stops[below]![k] * (1 - share) + stops[below + 1]![k] * share);
    return [mix(0), mix(1), mix(2)];
  });
}

/** A value's index in the palette. `largest` is the size of the value at the end of the scale. */
export function shadeOf(scale: Scale, value: number, largest: number): number {
  const share = largest > 0 && Number.isFinite(value) ? value / largest : 0;
  const place = scale === 'ink' ? share : (share + 1) / 2;
  return Math.max(0, Math.min(SHADES - 1, Math.round(place * (SHADES - 1))));
}

/** A value's color as CSS. */
export function colorOf(scale: Scale, value: number, largest: number): string {
  return `rgb(${paletteOf(scale)[shadeOf(scale, value, largest)]!.join(' ')})`;
}

function parse(hex: string): Color {
  const digits = Number.parseInt(hex.slice(1), 16);
  return [digits >> 16, (digits >> 8) & 255, digits & 255];
}
