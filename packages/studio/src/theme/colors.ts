/**
 * What a matrix shows decides its colors: values (blue and red), gradients (orange and violet) or
 * ink.
 */
export type Hue = 'value' | 'gradient' | 'ink';

type Stop = readonly [red: number, green: number, blue: number];

/**
 * From the lowest to the highest value: −1 … 0 … 1 for a signed hue, 0 … 1 for ink. Light theme,
 * then dark.
 */
const STOPS: Readonly<Record<Hue, readonly [light: readonly string[], dark: readonly string[]]>> = {
  value: [
    ['#8f1d18', '#c8322b', '#e79a92', '#fffefb', '#93acd8', '#1f4e9c', '#122f66'],
    ['#ffd0ca', '#ff8f83', '#9c5450', '#24322e', '#4a72a8', '#8cbcff', '#d3e5ff'],
  ],
  gradient: [
    ['#43137a', '#6d28a8', '#bb9ade', '#fffefb', '#f2bf7e', '#cf6a08', '#7c3c00'],
    ['#ecdcff', '#c39bff', '#745a9e', '#24322e', '#9b6c34', '#ffae4f', '#ffe0b5'],
  ],
  ink: [
    ['#fffefb', '#8d96a8', '#1c2b4a'],
    ['#24322e', '#8a958f', '#f4f6ec'],
  ],
};

/** Entries of a color table. */
export const SHADES = 256;

const tables = new Map<string, Uint32Array>();

/** 256 colors in a canvas's pixel format. For a signed hue, 0 is in the middle. */
export function colorTable(hue: Hue, dark: boolean): Uint32Array {
  const key = `${hue} ${dark}`;
  let table = tables.get(key);
  if (!table) {
    table = makeTable(STOPS[hue][dark ? 1 : 0].map(parse));
    tables.set(key, table);
  }
  return table;
}

/** A value's index in the table, if the largest has the size `scale`. */
export function shadeOf(hue: Hue, value: number, scale: number): number {
  if (!Number.isFinite(value)) return SHADES - 1;
  const share = scale > 0 ? value / scale : 0;
  const place = hue === 'ink' ? share : (share + 1) / 2;
  return Math.max(0, Math.min(SHADES - 1, Math.round(place * (SHADES - 1))));
}

/** A value's color as CSS. */
export function cssColor(hue: Hue, value: number, scale: number, dark: boolean): string {
  const color = colorTable(hue, dark)[shadeOf(hue, value, scale)]!;
  return `rgb(${color & 255} ${(color >> 8) & 255} ${(color >> 16) & 255})`;
}

/** A hue's colors from left to right, as a CSS background. */
export function cssGradient(hue: Hue, dark: boolean): string {
  return `linear-gradient(90deg, ${STOPS[hue][dark ? 1 : 0].join(', ')})`;
}

/** The size of the largest entry, which the ends of a signed scale stand for. */
export function largest(data: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]!);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

function makeTable(stops: readonly Stop[]): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * SHADES);
  for (let k = 0; k < SHADES; k++) {
    const place = (k / (SHADES - 1)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    const share = place - below;
    for (let c = 0; c < 3; c++) {
      bytes[4 * k + c] = stops[below]![c]! * (1 - share) + stops[below + 1]![c]! * share;
    }
    bytes[4 * k + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

function parse(hex: string): Stop {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
