/** The color of lines and text. */
const INK = '#1c2b4a';
const PAPER = '#ffffff';

/** `Symbol.for('Jupyter.display')`. */
export const DISPLAY: unique symbol = Symbol.for('Jupyter.display');

/**
 * Something that a notebook can show: Deno's Jupyter kernel calls the method with this symbol on
 * the value of a cell, and shows the first kind of content that it knows
 * (https://docs.deno.com/runtime/reference/cli/jupyter/).
 */
export interface Shown {
  /** One `<svg>` element, with its own white background and a title for screen readers. */
  readonly svg: string;
  /** What it shows, in one line of text. */
  readonly title: string;
  [DISPLAY](): Record<string, string>;
}

/** Space around a picture. */
const MARGIN = 8;

/** An SVG from its parts, with a margin around a drawing of this size. */
export function shown(title: string, width: number, height: number, parts: readonly string[]): Shown {
  const [w, h] = [Math.round(width + 2 * MARGIN), Math.round(height + 2 * MARGIN)];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${w}" height="${h}" ` +
    `viewBox="${-MARGIN} ${-MARGIN} ${w} ${h}" font-family="Georgia, serif" font-size="12" fill="${INK}">` +
    `<title>${escaped(title)}</title><rect x="${-MARGIN}" y="${-MARGIN}" width="100%" height="100%" fill="${PAPER}"/>${parts.join('')}</svg>`;
  return { svg, title, [DISPLAY]: () => ({ 'image/svg+xml': svg, 'text/html': svg, 'text/plain': title }) };
}

/** A line of text. `anchor` says which part of it is at x. */
export function textAt(
  x: number,
  y: number,
  content: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

/** A picture whose pixels stay sharp when it is enlarged. */
export function imageAt(x: number, y: number, width: number, height: number, png: Uint8Array): string {
  return (
    `<image x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ` +
    `preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,${base64(png)}"/>`
  );
}

export function lineFrom(x1: number, y1: number, x2: number, y2: number, color = INK, width = 1): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${color}" stroke-width="${round(width)}"/>`;
}

/** Text for XML. */
function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let written = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++)
      written += i + k > bytes.length ? '=' : ALPHABET[(three >> (18 - 6 * k)) & 63];
  }
  return written;
}
