import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.js';
import { Dataset } from './dataset.js';
import { toDesignMatrix } from './design-matrix.js';

/** n pictures of 2 × 1, the first pixel of each its own number. */
function numbered(n: number): Dataset {
  const pixels = Uint8Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? i / 2 : 7));
  return new Dataset({
    pixels,
    labels: Uint8Array.from({ length: n }, (_, i) => i % 10),
    width: 2,
    height: 1,
  });
}

const firstPixels = (dataset: Dataset) =>
  Array.from({ length: dataset.length }, (_, i) => dataset.pixels(i)[0]!);

describe('Dataset', () => {
  test('pixels are a view of the bytes given, not a copy', () => {
    const pixels = new Uint8Array([1, 2, 3, 4]);
    const dataset = new Dataset({ pixels, labels: new Uint8Array([0, 1]), width: 2, height: 1 });
    pixels[2] = 99;
    expect(dataset.pixels(1)).toEqual(new Uint8Array([99, 4]));
    expect(dataset.pixels(1).buffer).toBe(pixels.buffer);
  });

  test('bytes that do not fit the sizes are an error with both numbers', () => {
    const attempt = () =>
      new Dataset({ pixels: new Uint8Array(5), labels: new Uint8Array(3), width: 2, height: 1 });
    expect(attempt).toThrow(DataError);
    expect(attempt).toThrow('expected 3 pictures of 2 × 1 (6 bytes), found 5 bytes');
  });

  test('a label without a class name is an error that names the example', () => {
    const options = { pixels: new Uint8Array(3), labels: new Uint8Array([0, 1, 2]), width: 1, height: 1 };
    expect(() => new Dataset({ ...options, classNames: ['cat', 'dog'] })).toThrow(
      'example 2: label 2 is not one of the 2 classes',
    );
  });

  test.each([-1, 3, 0.5, Number.NaN])('there is no example %d of 3', (index) => {
    expect(() => numbered(3).pixels(index)).toThrow(DataError);
  });

  test('weights go along wherever an example goes, and every view has its own', () => {
    const weighted = numbered(6).withWeights([0, 1, 2, 3, 4, 5]);
    const weights = (of: Dataset) => Array.from({ length: of.length }, (_, i) => of.weight(i));
    expect(weighted.isWeighted).toBe(true);
    expect(weights(weighted.select([5, 0, 5]))).toEqual([5, 0, 5]);
    expect(weights(weighted.slice(1, 4).select([2, 0]))).toEqual([3, 1]);
    const { training, dev } = weighted.split({ dev: 2, seed: 3 });
    for (const part of [training, dev, weighted.shuffle({ seed: 1 })]) {
      expect(weights(part)).toEqual(firstPixels(part));
    }
    const again = weighted.select([1, 1]).withWeights([7, 8]);
    expect(weights(again)).toEqual([7, 8]);
    expect(weights(weighted)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('without weights every example counts 1', () => {
    expect(numbered(2).isWeighted).toBe(false);
    expect(numbered(2).weight(1)).toBe(1);
    expect(() => numbered(2).weight(2)).toThrow(DataError);
  });

  test.each([
    [[1, 2], 'expected 3 weights, one for each example, found 2'],
    [[1, -1, 1], 'example 1: its weight must be a number from 0, found -1'],
    [[1, 1, Number.NaN], 'example 2: its weight must be a number from 0, found NaN'],
    [[1e39, 1, 1], 'example 0: its weight must be a number from 0, found 1e+39'],
  ])('weights %j are refused', (weights, message) => {
    expect(() => numbered(3).withWeights(weights)).toThrow(new DataError(message));
    const pixels = new Uint8Array(3);
    const options = { pixels, labels: new Uint8Array(3), width: 1, height: 1 };
    if (!weights.includes(1e39)) {
      expect(() => new Dataset({ ...options, weights: Float32Array.from(weights) })).toThrow(message);
    }
  });

  test('split: every example goes to one side or the other, once, and labels go along', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (n, cut, seed) => {
        const dev = cut % n;
        const { training, dev: held } = numbered(n).split({ dev, seed });
        expect(held.length).toBe(dev);
        const seen = [...firstPixels(training), ...firstPixels(held)];
        expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        for (let i = 0; i < training.length; i++) expect(training.label(i)).toBe(training.pixels(i)[0]! % 10);
      }),
    );
  });

  test('split: the same seed splits the same way, another seed another way', () => {
    const order = (seed: number) => firstPixels(numbered(100).split({ dev: 10, seed }).training);
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });

  test('shuffle: every example once, in an order that the seed gives, its label along', () => {
    const shuffled = numbered(50).shuffle({ seed: 3 });
    expect(firstPixels(shuffled).toSorted((a, b) => a - b)).toEqual(firstPixels(numbered(50)));
    expect(firstPixels(shuffled)).not.toEqual(firstPixels(numbered(50)));
    expect(firstPixels(shuffled)).toEqual(firstPixels(numbered(50).shuffle({ seed: 3 })));
    for (let i = 0; i < 50; i++) expect(shuffled.label(i)).toBe(shuffled.pixels(i)[0]! % 10);
  });

  test('split: nothing left to train on is an error', () => {
    expect(() => numbered(10).split({ dev: 10, seed: 1 })).toThrow('cannot hold out 10 of 10 examples');
  });

  test('a slice of a selection counts within the selection', () => {
    const selected = numbered(10).select([9, 3, 5, 1]);
    expect(firstPixels(selected.slice(1, 3))).toEqual([3, 5]);
    expect(firstPixels(selected.slice(3, 99))).toEqual([1]);
    expect(selected.slice(7, 9).length).toBe(0);
  });
});

test('toDesignMatrix: an example is a column, pixels divided by 255, labels one-hot', () => {
  const dataset = new Dataset({
    pixels: new Uint8Array([0, 51, 255, 102]),
    labels: new Uint8Array([1, 0]),
    width: 2,
    height: 1,
    classNames: ['a', 'b'],
  });
  const { X, Y } = toDesignMatrix(dataset, [0, 1]);
  expect([X.rows, X.cols]).toEqual([2, 2]);
  expect([...X.data]).toEqual([0, 1, 0.2, 0.4]);
  expect([...Y.data]).toEqual([0, 1, 1, 0]);
});
