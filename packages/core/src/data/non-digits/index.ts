import type { Random } from '../../random.js';
import { areDigits } from '../class-names.js';
import type { Dataset } from '../dataset.js';
import type { Grid } from '../pictures/picture.js';
import { drawDigit } from '../variants/draw-digit.js';
import { SIDE } from './canvas.js';
import { mirrored, negative, over, pair, part, patches, turned } from './changed.js';
import { framed, reinked } from './reink.js';
import { blot, noise, things } from './shapes.js';
import { letter, scribble, sign, write } from './strokes.js';

/*
 * Pictures of what is no digit, to learn doubt from: Hendrycks, Mazeika and Dietterich 2019, "Deep Anomaly
 * Detection with Outlier Exposure". All are drawn by a seeded generator, in MNIST's frame.
 */

/** The kinds, each as often as its number says. */
const KINDS = {
  ...{ letter: 10, sign: 3, scribble: 2, part: 3, pair: 2, over: 1, patches: 2, turned: 2 },
  ...{ negative: 0.3, blot: 1, things: 1.5, noise: 1 },
} as const;

/** What is drawn. */
export type NonDigitKind = keyof typeof KINDS;

/** All kinds, in the order of their table. */
export const NON_DIGIT_KINDS = Object.keys(KINDS) as NonDigitKind[];

/** Those that are brought into the frame as a digit is. A part of a digit may also stay where it was. */
const FRAMED: ReadonlySet<NonDigitKind> = new Set([
  ...(['letter', 'sign', 'scribble', 'part', 'pair', 'over', 'patches', 'turned', 'blot'] as const),
]);

/** Digits that are none when they lie on their side, and those that are none in a mirror. */
const LYING = [2, 3, 4, 5, 7];
const MIRRORED = [3, 4, 6, 7, 9];

/** Whether a dataset has pictures in MNIST's frame. */
export function hasFrames({ width, height, features }: Dataset): boolean {
  return width === SIDE && height === SIDE && !features;
}

/**
 * Draws pictures that are none of a dataset's, 0–255. Where its classes are not the digits, letters and signs are
 * left out, because they may be among its classes.
 *
 * @param kinds those to draw; default: all that fit the dataset
 * @returns `count` pictures, one after the other
 */
export function drawNonDigits(
  dataset: Dataset,
  count: number,
  random: Random,
  kinds: readonly NonDigitKind[] = kindsFor(dataset),
): Uint8Array {
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const total = kinds.reduce((sum, kind) => sum + KINDS[kind], 0);
  for (let drawn = 0; drawn < count; ) {
    const kind = kindAt(kinds, random.uniform() * total);
    const drawing = drawOne(kind, dataset, random);
    const picture = drawing && (FRAMED.has(kind) ? inFrame(drawing, random) : asItIs(drawing));
    if (!picture?.some((value) => value > 25)) continue;
    pixels.set(picture, drawn * picture.length);
    drawn++;
  }
  return pixels;
}

/** The kind whose part of the line from 0 to the sum of their shares has this place. */
function kindAt(kinds: readonly NonDigitKind[], place: number): NonDigitKind {
  let end = 0;
  for (const kind of kinds) {
    end += KINDS[kind];
    if (place < end) return kind;
  }
  return kinds.at(-1)!;
}

function kindsFor({ classNames }: Dataset): readonly NonDigitKind[] {
  if (classNames.join('') === '0123456789') return NON_DIGIT_KINDS;
  const own: readonly NonDigitKind[] = ['letter', 'sign', 'turned'];
  return NON_DIGIT_KINDS.filter((kind) => !own.includes(kind));
}

function inFrame(drawing: Grid, random: Random): Uint8Array | undefined {
  const way = random.below(6);
  if (way < 2 && drawing.width === SIDE && drawing.height === SIDE) return asItIs(drawing);
  return way < 4 ? framed(drawing) : reinked(drawing, random);
}

function asItIs({ data }: Grid): Uint8Array {
  const pixels = new Uint8Array(data.length);
  for (let at = 0; at < pixels.length; at++) pixels[at] = 255 * data[at]! + 0.5;
  return pixels;
}

function drawOne(kind: NonDigitKind, dataset: Dataset, random: Random): Grid | undefined {
  const any = () => inkOf(dataset, random.below(dataset.length));
  switch (kind) {
    case 'letter':
      return write(letter(random), random);
    case 'sign':
      return write(sign(random), random);
    case 'scribble':
      return write(scribble(random), random);
    case 'part':
      return square(part(any(), random));
    case 'pair':
      return pair(any(), any(), random);
    case 'over':
      return square(over(any(), any(), random));
    case 'patches':
      return square(patches(any(), any(), random));
    case 'turned': {
      const digit = turnedDigit(dataset, random);
      return digit && square(digit);
    }
    case 'negative':
      return square(negative(any()));
    case 'blot':
      return square(blot(random));
    case 'things':
      return square(things(random));
    case 'noise':
      return square(noise(random));
  }
}

function turnedDigit(dataset: Dataset, random: Random): Float32Array | undefined {
  const at = random.below(dataset.length);
  const isLying = random.below(2) === 0;
  if (!(isLying ? LYING : MIRRORED).includes(dataset.label(at))) return undefined;
  const picture = inkOf(dataset, at);
  if (!isLying) return mirrored(picture);
  return random.below(2) === 0 ? turned(picture) : turned(turned(turned(picture)));
}

function inkOf(dataset: Dataset, at: number): Float32Array {
  const pixels = dataset.pixels(at);
  const ink = new Float32Array(pixels.length);
  // Not Float32Array.from with a function, which takes twenty times as long.
  for (let i = 0; i < ink.length; i++) ink[i] = pixels[i]! / 255;
  return ink;
}

function square(data: Float32Array): Grid {
  return { width: SIDE, height: SIDE, data };
}

/**
 * An example: six times in eight as it is, once as another pen and another camera would show it, and
 * once, if the classes are the ten digits, drawn in one of the ways in which people write its digit.
 */
export function drawExample(dataset: Dataset, at: number, random: Random): Uint8Array {
  const way = random.below(8);
  if (way < 6) return dataset.pixels(at);
  const isDrawn = way === 6 && areDigits(dataset.classNames);
  const ink = isDrawn ? drawDigit(dataset.label(at), random) : square(inkOf(dataset, at));
  return reinked(ink, random) ?? dataset.pixels(at);
}
