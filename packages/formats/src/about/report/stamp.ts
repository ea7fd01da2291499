import { encodeInk } from './encode-png.js';
import { escapeHtml } from './escape-html.js';

/** A picture is enlarged to at least so many pixels, so that its squares stay sharp. */
const SHARP = 84;

/**
 * A picture as an element. Its bytes are the strength of the ink: the color comes from the style sheet, and so fits a
 * bright and a dark page.
 */
export function stamp(
  pixels: ArrayLike<number>,
  {
    width,
    height,
    label,
    className = '',
  }: { width: number; height: number; label: string; className?: string },
): string {
  const source = inkPng(pixels, width, height);
  return (
    `<span class="stamp ${className}" role="img" aria-label="${escapeHtml(label)}" title="${escapeHtml(label)}"` +
    ` style="aspect-ratio:${width}/${height}"><i style="--ink-of:url(${source})"></i></span>`
  );
}

function inkPng(pixels: ArrayLike<number>, width: number, height: number): string {
  const zoom = Math.max(1, Math.ceil(SHARP / Math.max(width, height)));
  const [columns, rows] = [width * zoom, height * zoom];
  const ink = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      ink[y * columns + x] = pixels[Math.floor(y / zoom) * width + Math.floor(x / zoom)]!;
    }
  }
  const png = encodeInk(ink, columns, rows);
  let binary = '';
  for (const byte of png) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}
