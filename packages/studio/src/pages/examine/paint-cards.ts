import type { Dataset } from '@longhand/core';
import { colorTable } from '../../theme/colors.js';
import type { View } from './examine-state.js';

/** Colors and font of the page, from its styles. */
export interface CardLook {
  readonly dark: boolean;
  readonly sheet: string;
  readonly line: string;
  readonly faint: string;
  readonly red: string;
  readonly green: string;
  readonly pen: string;
}

export function readLook(dark: boolean): CardLook {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    dark,
    sheet: read('--sheet'),
    line: read('--line'),
    faint: read('--faint'),
    red: read('--red'),
    green: read('--green'),
    pen: read('--pen'),
  };
}

export interface BandGeometry {
  readonly columns: number;
  /** Side of a card, in CSS pixels. */
  readonly side: number;
  /** Screen pixels in a CSS pixel. */
  readonly density: number;
}

/** A small picture that is painted once from pixels is faster without the graphics card. */
const SOFTWARE: CanvasRenderingContext2DSettings = { willReadFrequently: true };

/** Margin around a digit on its card, in CSS pixels. */
const MARGIN = 6;
const TEXT_SHARE = 0.2;

/**
 * Paints cards, row by row: the digit, with the network's answer in the corner. A wrong answer is
 * red, beside the label in green.
 */
export function paintCards(
  canvas: HTMLCanvasElement,
  view: View,
  places: ArrayLike<number>,
  { columns, side, density }: BandGeometry,
  look: CardLook,
): void {
  const rows = Math.ceil(places.length / columns);
  const context = canvas.getContext('2d', SOFTWARE)!;
  const [across, down] = [Math.round(columns * side * density), Math.round(rows * side * density)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  } else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, across, down);
  }
  const { dataset, labels, answers } = view;
  const { classNames } = dataset;
  const stamps = stampsOf(dataset, places, look.dark);
  context.setTransform(density, 0, 0, density, 0, 0);
  const { width, height } = stampSize(dataset, side, density);
  context.imageSmoothingEnabled = width < dataset.width;
  context.font = `500 ${Math.round(TEXT_SHARE * side)}px ${look.pen}`;
  context.textBaseline = 'alphabetic';
  for (let k = 0; k < places.length; k++) {
    const [x, y] = [(k % columns) * side, Math.floor(k / columns) * side];
    context.fillStyle = look.sheet;
    context.strokeStyle = look.line;
    context.fillRect(x + 2, y + 2, side - 4, side - 4);
    context.strokeRect(x + 2.5, y + 2.5, side - 5, side - 5);
    context.drawImage(
      stamps,
      0,
      k * dataset.height,
      dataset.width,
      dataset.height,
      x + Math.round((side - width) / 2),
      y + Math.round((side - height) / 2) - 4,
      width,
      height,
    );
    if (!answers) continue;
    const [label, answer] = [labels[places[k]!]!, answers.answers[places[k]!]!];
    const room = side / 2 - 8;
    context.fillStyle = label === answer ? look.faint : look.red;
    context.textAlign = 'right';
    context.fillText(classNames[answer]!, x + side - 8, y + side - 8, room);
    if (label === answer) continue;
    context.fillStyle = look.green;
    context.textAlign = 'left';
    context.fillText(classNames[label]!, x + 8, y + side - 8, room);
  }
}

/**
 * The size of a digit on its card: as many whole screen pixels for each of its pixels as fit, or
 * less than one for a large picture.
 */
function stampSize(
  { width, height }: Dataset,
  side: number,
  density: number,
): { width: number; height: number } {
  const room = ((side - 2 * MARGIN) * density) / Math.max(width, height);
  const scale = (room >= 1 ? Math.floor(room) : room) / density;
  return { width: scale * width, height: scale * height };
}

/**
 * A canvas for the digits of a band before they are painted. It is kept, because creating one is
 * slow.
 */
const bench = document.createElement('canvas');

/** The digits one below the other, one screen pixel for each of theirs. */
function stampsOf(dataset: Dataset, places: ArrayLike<number>, dark: boolean): HTMLCanvasElement {
  const { width, height, inputs } = dataset;
  const lines = Math.max(1, height * places.length);
  if (bench.width !== width || bench.height < lines) {
    bench.width = width;
    bench.height = lines;
  }
  const image = new ImageData(width, lines);
  const shades = new Uint32Array(image.data.buffer);
  const table = colorTable('ink', dark);
  for (let k = 0; k < places.length; k++) {
    const pixels = dataset.pixels(places[k]!);
    for (let i = 0; i < inputs; i++) shades[k * inputs + i] = table[pixels[i]!]!;
  }
  bench.getContext('2d', SOFTWARE)!.putImageData(image, 0, 0);
  return bench;
}
