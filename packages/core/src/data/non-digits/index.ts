import type { Random } from '../../random.js';
import type { Dataset } from '../dataset.js';
import { SIDE } from './canvas.js';
import { mirrored, negative, over, pair, part, patches, turned } from './changed.js';
import { blot, noise, things } from './shapes.js';
import { letter, scribble, sign, write } from './strokes.js';

/*
 * Pictures of what is no digit, to learn doubt from: Hendrycks, Mazeika and Dietterich 2019, "Deep Anomaly
 * Detection with Outlier Exposure". All are drawn by a seeded generator, in MNIST's frame.
 */

/** The kinds, each as often as its number says. */
const KINDS = {
  ...{ letter: 6, sign: 3, scribble: 2, part: 3, pair: 2, over: 1, patches: 2, turned: 2 },
  ...{ negative: 0.3, blot: 1, things: 1.5, noise: 1 },
} as const;

/** What is drawn. */
export type NonDigitKind = keyof typeof KINDS;

/** All kinds, in the order of their table. */
export const NON_DIGIT_KINDS = Object.keys(KINDS) as NonDigitKind[];

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
    const picture = drawOne(kind, dataset, random);
    if (!picture?.some((value) => value > 0.1)) continue;
    const start = drawn * picture.length;
    for (let at = 0; at < picture.length; at++) pixels[start + at] = 255 * picture[at]! + 0.5;
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

function drawOne(kind: NonDigitKind, dataset: Dataset, random: Random): Float32Array | undefined {
  const any = () => inkOf(dataset, random.below(dataset.length));
  switch (kind) {
    case 'letter':
      return write(letter(random), random);
    case 'sign':
      return write(sign(random), random);
    case 'scribble':
      return write(scribble(random), random);
    case 'part':
      return part(any(), random);
    case 'pair':
      return pair(any(), any(), random);
    case 'over':
      return over(any(), any(), random);
    case 'patches':
      return patches(any(), any(), random);
    case 'turned':
      return turnedDigit(dataset, random);
    case 'negative':
      return negative(any());
    case 'blot':
      return blot(random);
    case 'things':
      return things(random);
    case 'noise':
      return noise(random);
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
