import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.js';
import { readIdx, readIdxImages, readIdxLabels } from './idx.js';

/** An IDX file: magic number, sizes, bytes. */
function idx(magic: number, sizes: readonly number[], body: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic);
  sizes.forEach((size, d) => {
    view.setUint32(4 + 4 * d, size);
  });
  bytes.set(body, 4 + 4 * sizes.length);
  return bytes;
}

const IMAGES = 0x803;
const LABELS = 0x801;

const images = idx(IMAGES, [2, 1, 3], [1, 2, 3, 4, 5, 6]);
const labels = idx(LABELS, [2], [7, 0]);
const names = { imagesName: 'train-images', labelsName: 'train-labels' };

describe('readIdx', () => {
  test('pictures go row by row: height before width in the file, as the format has it', () => {
    expect(readIdxImages(images, 'images')).toMatchObject({ count: 2, width: 3, height: 1 });
    const dataset = readIdx({ images, labels, ...names });
    expect([dataset.length, dataset.width, dataset.height]).toEqual([2, 3, 1]);
    expect([...dataset.pixels(1)]).toEqual([4, 5, 6]);
    expect([dataset.label(0), dataset.label(1)]).toEqual([7, 0]);
  });

  test('any pictures and labels come back, wherever the file lies in its buffer', () => {
    const file = fc.record({
      count: fc.nat(9),
      width: fc.integer({ min: 1, max: 6 }),
      height: fc.integer({ min: 1, max: 6 }),
      offset: fc.nat(7),
      noise: fc.infiniteStream(fc.nat(255)),
    });
    fc.assert(
      fc.property(file, ({ count, width, height, offset, noise }) => {
        const pixels = Uint8Array.from({ length: count * width * height }, () => noise.next().value);
        const classes = Uint8Array.from({ length: count }, () => noise.next().value % 10);
        const moved = (bytes: Uint8Array) =>
          Uint8Array.from([...Array(offset).fill(0x1f), ...bytes]).subarray(offset);
        const dataset = readIdx({
          images: moved(idx(IMAGES, [count, height, width], pixels)),
          labels: moved(idx(LABELS, [count], classes)),
          ...names,
        });
        const read = Array.from({ length: count }, (_, i) => [dataset.label(i), ...dataset.pixels(i)]);
        const n = width * height;
        expect(read).toEqual(
          Array.from({ length: count }, (_, i) => [classes[i], ...pixels.subarray(i * n, (i + 1) * n)]),
        );
      }),
    );
  });

  test('the bytes are not copied', () => {
    expect(readIdxImages(images, 'images').pixels.buffer).toBe(images.buffer);
    expect(readIdxLabels(labels, 'labels').buffer).toBe(labels.buffer);
  });

  test('of two dimensions the rows are pictures of one line', () => {
    const rows = idx(0x802, [2, 3], [1, 2, 3, 4, 5, 6]);
    const dataset = readIdx({ images: rows, labels, ...names });
    expect([dataset.length, dataset.width, dataset.height]).toEqual([2, 3, 1]);
    expect([...dataset.pixels(1)]).toEqual([4, 5, 6]);
    expect(() => readIdxImages(rows.subarray(0, 15), 'f')).toThrow(
      'f: the header promises 2 pictures of 3 × 1 (6 bytes), found 3 bytes: the file is cut short',
    );
    expect(() => readIdxImages(rows.subarray(0, 9), 'f')).toThrow('f: the header is cut short after 9 bytes');
  });

  test('other classes than digits go by their names', () => {
    const classNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];
    const letters = idx(LABELS, [2], [10, 0]);
    expect(readIdx({ images, labels: letters, ...names, classNames }).classNames).toEqual(classNames);
  });
});

describe('a damaged IDX file is one line that names the file', () => {
  const readImages = (bytes: Uint8Array) => () => readIdxImages(bytes, 'f');
  const readLabels = (bytes: Uint8Array) => () => readIdxLabels(bytes, 'f');
  const readBoth = (bytes: Uint8Array) => () => readIdx({ images, labels: bytes, ...names });

  test.each<[string, () => unknown, string]>([
    [
      'without bytes',
      readImages(new Uint8Array()),
      'f: expected an IDX image file (magic 0x00000803), found 0 bytes: the file is cut short',
    ],
    [
      'with another magic number',
      readImages(idx(0x0d03, [1, 1, 1], [])),
      'f: expected an IDX image file (magic 0x00000803), found 0x00000d03',
    ],
    [
      'that is still compressed',
      readLabels(new Uint8Array([0x1f, 0x8b, 8, 0, 0])),
      'found 0x1f8b0800: is it compressed twice?',
    ],
    ['of labels for images', readImages(labels), 'found 0x00000801: these are labels, not images'],
    ['of images for labels', readLabels(images), 'found 0x00000803: these are images, not labels'],
    [
      'cut short in the header',
      readImages(images.subarray(0, 12)),
      'f: the header is cut short after 12 bytes',
    ],
    [
      'cut short in the pixels',
      readImages(images.subarray(0, 20)),
      'f: the header promises 2 pictures of 3 × 1 (6 bytes), found 4 bytes: the file is cut short',
    ],
    [
      'with bytes left over',
      readLabels(new Uint8Array([...labels, 0])),
      'f: the header promises 2 labels (2 bytes), found 3 bytes: the file is too long',
    ],
    [
      'with sizes beyond all memory',
      readImages(idx(IMAGES, [0xffffffff, 0xffffffff, 0xffffffff], [1])),
      'found 1 bytes: the file is cut short',
    ],
    [
      'with fewer labels than pictures',
      readBoth(idx(LABELS, [1], [7])),
      'train-labels: 1 labels, but train-images has 2 pictures: do the files belong together?',
    ],
    [
      'with a label above 9',
      readBoth(idx(LABELS, [2], [3, 10])),
      'train-labels: label 10 of example 1: expected a class from 0 to 9',
    ],
  ])('%s', (_, read, message) => {
    expect(read).toThrow(DataError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^[^\n]*$/);
  });
});
