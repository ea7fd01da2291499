import type { Terminal } from './terminal.js';

/** Red, green, blue, 0–255. */
export type Colour = readonly [red: number, green: number, blue: number];

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan';

/** SGR codes: on and off (ECMA-48). */
const STYLES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

/** Text in a style, where the terminal has any. */
export type Paint = (style: Style, text: string) => string;

export function painter({ colours }: Pick<Terminal, 'colours'>): Paint {
  if (colours === 'none') return (_, text) => text;
  return (style, text) => `\x1b[${STYLES[style][0]}m${text}\x1b[${STYLES[style][1]}m`;
}

/** The SGR parameters of a colour in 24 bits or, where there are fewer, the nearest of the 256. */
export function sgrOf(
  [red, green, blue]: Colour,
  ground: 'fore' | 'back',
  colours: 'palette' | 'true',
): string {
  const selector = ground === 'fore' ? 38 : 48;
  return colours === 'true'
    ? `${selector};2;${red};${green};${blue}`
    : `${selector};5;${nearestInPalette([red, green, blue])}`;
}

/** xterm's 256 colours: 16 + a cube of 6 × 6 × 6, then 24 greys from 8 to 238. */
function nearestInPalette([red, green, blue]: Colour): number {
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 8) {
    if (red < 4) return 16;
    if (red > 246) return 231;
    return 232 + Math.min(23, Math.max(0, Math.round((red - 8) / 10)));
  }
  const [r, g, b] = [red, green, blue].map((value) =>
    value < 48 ? 0 : value < 115 ? 1 : Math.floor((value - 35) / 40),
  );
  return 16 + 36 * r! + 6 * g! + b!;
}

/** Columns a text takes: what steers the terminal takes none. Our texts have no characters of double width. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return [...text.replace(/\x1b\[[0-9;]*m/g, '')].length;
}

/** The text, filled up with spaces to so many columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
