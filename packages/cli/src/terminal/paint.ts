import type { Terminal } from './terminal.js';

/** Red, green, blue, 0–255. */
export type Color = readonly [red: number, green: number, blue: number];

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

export function painter({ colors }: Pick<Terminal, 'colors'>): Paint {
  if (colors === 'none') return (_, text) => text;
  return (style, text) => `\x1b[${STYLES[style][0]}m${text}\x1b[${STYLES[style][1]}m`;
}

/** The SGR parameters of a color in 24 bits or, where there are fewer, the nearest of the 256. */
export function sgrOf(
  [red, green, blue]: Color,
  ground: 'fore' | 'back',
  colors: 'palette' | 'true',
): string {
  const selector = ground === 'fore' ? 38 : 48;
  return colors === 'true'
    ? `${selector};2;${red};${green};${blue}`
    : `${selector};5;${nearestInPalette([red, green, blue])}`;
}

/** Levels of each channel in the cube of 6 × 6 × 6 that begins at 16 of xterm's 256 colors; 24 grays follow it. */
const CUBE_LEVELS = [0, 95, 135, 175, 215, 255];

function nearestInPalette(color: Color): number {
  const steps = color.map((value) => nearest(CUBE_LEVELS, value));
  const gray = Math.max(0, Math.min(23, Math.round((color[0] + color[1] + color[2] - 24) / 30)));
  const cubeDistance = distance(
    color,
    steps.map((step) => CUBE_LEVELS[step]!),
  );
  const grayDistance = distance(color, [8 + 10 * gray, 8 + 10 * gray, 8 + 10 * gray]);
  return grayDistance < cubeDistance ? 232 + gray : 16 + 36 * steps[0]! + 6 * steps[1]! + steps[2]!;
}

function nearest(levels: readonly number[], value: number): number {
  const away = levels.map((level) => Math.abs(level - value));
  return away.indexOf(Math.min(...away));
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, channel) => sum + (value - b[channel]!) ** 2, 0);
}

/** Columns a text takes: what steers the terminal takes none. Our texts have no characters of double width. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return [...text.replace(/\x1b\[[0-9;]*m/g, '')].length;
}

/** The text, its end left out where it takes more columns. */
export function clip(text: string, width: number): string {
  return widthOf(text) > width ? `${[...text].slice(0, Math.max(0, width - 1)).join('')}…` : text;
}

/** The text, filled up with spaces to so many columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The same with the spaces in front. */
export function padBefore(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}
