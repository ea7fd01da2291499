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

/** Adds a style to a text, if the terminal has styles. */
export type Paint = (style: Style, text: string) => string;

export function painter({ colors }: Pick<Terminal, 'colors'>): Paint {
  if (colors === 'none') return (_, text) => text;
  return (style, text) => `\x1b[${STYLES[style][0]}m${text}\x1b[${STYLES[style][1]}m`;
}

/** The SGR parameters of a color: 24 bits, or the nearest of 256. */
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

/** Channel levels of the 6 × 6 × 6 cube that starts at color 16 of xterm's 256; 24 grays follow. */
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

/** Characters that take two columns: of Chinese, Japanese and Korean, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns of a text, without escape codes and with accents that follow their letter. */
export function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches the escape character on purpose
  const shown = text.replace(/\x1b\[[0-9;]*m/g, '').replace(/\p{M}/gu, '');
  let columns = 0;
  for (const character of shown) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** The text, shortened to so many columns. */
export function clip(text: string, width: number): string {
  return widthOf(text) > width ? `${[...text].slice(0, Math.max(0, width - 1)).join('')}…` : text;
}

/** The text, padded with spaces on the right to so many columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** The text, padded with spaces on the left. */
export function padBefore(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}
