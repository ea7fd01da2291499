import type { Picture } from '@longhand/core/pictures';
import { colorTable, SHADES } from '../../theme/colors.js';

/**
 * The pad's side in its own units: five to each of the 28 squares. Framing that many points takes 2
 * ms.
 */
export const PAD_SIDE = 140;
/** Units in a square of the pad. */
export const SQUARE = PAD_SIDE / 28;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line of the pen, in the pad's units. */
interface Stroke {
  readonly kind: 'stroke';
  readonly width: number;
  readonly points: readonly Point[];
}

/** A digit of the test set, placed on the pad with one pixel a square. */
export interface Stamp {
  readonly kind: 'stamp';
  /** Its index in the test set. */
  readonly index: number;
  readonly label: number;
  /** 28 × 28 bytes. */
  readonly pixels: Uint8Array;
}

export type Mark = Stroke | Stamp;

/** Ink of the page's theme, as red, green and blue. */
export function inkColor(isDark: boolean): [number, number, number] {
  const color = colorTable('ink', isDark)[SHADES - 1]!;
  return [color & 255, (color >> 8) & 255, (color >> 16) & 255];
}

/** Draws marks in one color on a canvas whose units are the pad's. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  marks: readonly Mark[],
  color: readonly [red: number, green: number, blue: number],
): void {
  for (const mark of marks) {
    if (mark.kind === 'stamp') paintStamp(context, mark, color);
    else paintStroke(context, mark, `rgb(${color.join(' ')})`);
  }
}

function paintStamp(
  context: CanvasRenderingContext2D,
  { pixels }: Stamp,
  [red, green, blue]: readonly [number, number, number],
): void {
  const small = new OffscreenCanvas(28, 28);
  const image = new ImageData(28, 28);
  for (const [pixel, ink] of pixels.entries()) image.data.set([red, green, blue, ink], 4 * pixel);
  small.getContext('2d')!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, PAD_SIDE, PAD_SIDE);
}

/**
 * A smooth line: quadratic curves through the middles between its points, with the points as
 * control points.
 */
function paintStroke(context: CanvasRenderingContext2D, { width, points }: Stroke, color: string): void {
  const [first] = points;
  if (!first) return;
  if (points.length === 1) {
    context.fillStyle = color;
    context.beginPath();
    context.arc(first.x, first.y, width / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (let i = 1; i < points.length - 1; i++) {
    const [point, next] = [points[i]!, points[i + 1]!];
    context.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
  }
  const last = points.at(-1)!;
  context.lineTo(last.x, last.y);
  context.stroke();
}

let raster: OffscreenCanvasRenderingContext2D | undefined;

/** The marks as a picture of the pad's side, a gray byte a unit. */
export function pictureOf(marks: readonly Mark[]): Picture {
  raster ??= new OffscreenCanvas(PAD_SIDE, PAD_SIDE).getContext('2d', { willReadFrequently: true })!;
  raster.clearRect(0, 0, PAD_SIDE, PAD_SIDE);
  paintMarks(raster as unknown as CanvasRenderingContext2D, marks, [0, 0, 0]);
  const { data } = raster.getImageData(0, 0, PAD_SIDE, PAD_SIDE);
  const gray = new Uint8Array(PAD_SIDE * PAD_SIDE);
  for (let pixel = 0; pixel < gray.length; pixel++) gray[pixel] = data[4 * pixel + 3]!;
  clearEdge(gray);
  return { width: PAD_SIDE, height: PAD_SIDE, channels: 1, data: gray };
}

/** Clears the outermost pixels: framing takes the color of a picture's edge as its background. */
function clearEdge(gray: Uint8Array): void {
  gray.fill(0, 0, PAD_SIDE);
  gray.fill(0, PAD_SIDE * (PAD_SIDE - 1));
  for (let y = 0; y < PAD_SIDE; y++) {
    gray[y * PAD_SIDE] = 0;
    gray[(y + 1) * PAD_SIDE - 1] = 0;
  }
}
