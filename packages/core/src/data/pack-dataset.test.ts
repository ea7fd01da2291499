import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.js';
import { Dataset } from './dataset.js';
import { copyPixels, labelsOf } from './example-source.js';
import { joinDatasets, packDataset } from './pack-dataset.js';

const PIXELS = [1, 2, 3, 4, 5, 6, 7, 8];
const LABELS = Uint8Array.of(2, 0, 1, 2);
const dataset = new Dataset({
  pixels: Uint8Array.from(PIXELS),
  labels: LABELS,
  width: 2,
  height: 1,
  classNames: ['a', 'b', 'c'],
});
describe('packing a dataset', () => {
  test('keeps order, labels, size and class names', () => {
    const packed = packDataset(dataset.select([3, 1]));
    expect([...packed.pixels]).toEqual([7, 8, 3, 4]);
    expect([...packed.labels]).toEqual([2, 0]);
    expect(packed).toMatchObject({ width: 2, height: 1, classNames: ['a', 'b', 'c'] });
    expect(packed).not.toHaveProperty('features');
    expect(new Dataset(packed).classNames).toEqual(dataset.classNames);
  });

  test('keeps the features of a table', () => {
    const features = [
      { name: 'x', min: 0, max: 1 },
      { name: 'y', min: 0, max: 2 },
    ];
    const table = new Dataset({
      pixels: Uint8Array.of(1, 2),
      labels: Uint8Array.of(0),
      width: 2,
      height: 1,
      features,
    });
    expect(packDataset(table).features).toEqual(features);
  });

  test('copies into memory of its own, or into shared memory', () => {
    const [own, shared] = [packDataset(dataset), packDataset(dataset, { shared: true })];
    expect(own.pixels.buffer).toBeInstanceOf(ArrayBuffer);
    expect(own.pixels.buffer).not.toBe(dataset.pixels(0).buffer);
    expect(shared.pixels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...shared.pixels]).toEqual(PIXELS);
  });

  test('copies nothing that is one piece of shared memory already', () => {
    const memory = new Uint8Array(new SharedArrayBuffer(8));
    memory.set(PIXELS);
    const all = new Dataset({ pixels: memory, labels: LABELS, width: 2, height: 1 });
    const part = packDataset(all.slice(1, 3));
    expect(part.pixels.buffer).toBe(memory.buffer);
    expect([...part.pixels]).toEqual([3, 4, 5, 6]);
    // The first and the last example lie where one piece would have them, those between do not.
    const shuffled = packDataset(all.select([0, 2, 1, 3]));
    expect(shuffled.pixels.buffer).not.toBe(memory.buffer);
    expect([...shuffled.pixels]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
  });

  test('keeps the weights of the examples, in their order', () => {
    const weighted = dataset.withWeights([1, 0.5, 0, 3]);
    const packed = packDataset(weighted.select([3, 1]));
    expect(packed.weights).toEqual(Float32Array.of(3, 0.5));
    expect(new Dataset(packed).weight(1)).toBe(0.5);
    expect(packDataset(dataset)).not.toHaveProperty('weights');
  });

  test('an empty dataset has no bytes', () => {
    expect(packDataset(dataset.slice(0, 0)).pixels).toHaveLength(0);
  });
});

test('pixels are copied with gaps where a stride asks for them', () => {
  const bytes = new Uint8Array(6);
  copyPixels(dataset, bytes, { from: 1, to: 3, stride: 3 });
  expect([...bytes]).toEqual([3, 4, 0, 5, 6, 0]);
  expect([...labelsOf(dataset.select([1, 0]))]).toEqual([0, 2]);
});

describe('joining two datasets', () => {
  test('puts the second behind the first', () => {
    const both = joinDatasets(dataset.slice(2, 4), dataset.slice(0, 1));
    expect([...packDataset(both).pixels]).toEqual([5, 6, 7, 8, 1, 2]);
    expect([...labelsOf(both)]).toEqual([1, 2, 2]);
    expect(both.classNames).toEqual(['a', 'b', 'c']);
  });

  test('keeps the weights of both; without weights, an example counts 1', () => {
    const weighted = dataset.withWeights([1, 0.5, 0, 3]);
    const weights = (of: Dataset) => Array.from({ length: of.length }, (_, i) => of.weight(i));
    expect(weights(joinDatasets(weighted.slice(1, 3), dataset.slice(0, 2)))).toEqual([0.5, 0, 1, 1]);
    expect(weights(joinDatasets(dataset.slice(0, 1), weighted.slice(2, 4)))).toEqual([1, 0, 3]);
    expect(joinDatasets(dataset, dataset).isWeighted).toBe(false);
  });

  test('refuses pictures of another size, and labels without a class', () => {
    const other = (width: number, label: number) =>
      new Dataset({ pixels: new Uint8Array(width), labels: Uint8Array.of(label), width, height: 1 });
    expect(() => joinDatasets(dataset, other(3, 0))).toThrow(DataError);
    expect(() => joinDatasets(dataset, other(2, 5))).toThrow('label 5');
  });
});
