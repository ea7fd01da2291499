import { Dataset } from '@longhand/core';
import { describeData } from '@longhand/formats/about';
import { mnistTest, mnistTraining } from '@longhand/mnist';
import { describe, expect, test } from 'vitest';

// How digits lie, told from MNIST's own test digits in every way.
const digits = await mnistTest();
const training = await mnistTraining();

type From = (x: number, y: number) => readonly [number, number];

/** The first test digits, each pixel taken from another place. */
function changed(from: From, invert = false, count = 1500): Dataset {
  const pixels = new Uint8Array(count * 784);
  for (let i = 0; i < count; i++) {
    const source = digits.pixels(i);
    for (let y = 0; y < 28; y++) {
      for (let x = 0; x < 28; x++) {
        const [u, v] = from(x, y);
        const value = source[v * 28 + u]!;
        pixels[i * 784 + y * 28 + x] = invert ? 255 - value : value;
      }
    }
  }
  const labels = Uint8Array.from({ length: count }, (_, i) => digits.label(i));
  return new Dataset({ pixels, labels, width: 28, height: 28 });
}

const about = (dataset: Dataset) => describeData({ kind: 'idx', notes: [], training: dataset });
const warnings = (dataset: Dataset) =>
  about(dataset).findings.flatMap(({ level, text }) => (level === 'warning' ? [text] : []));

describe('digits that do not lie as MNIST’s do', () => {
  test.each<[string, From]>([
    ['transposed', (x, y) => [y, x]],
    ['mirrored left to right', (x, y) => [27 - x, y]],
    ['mirrored upside down', (x, y) => [x, 27 - y]],
    ['turned by 180°', (x, y) => [27 - x, 27 - y]],
    // Clockwise: what was at the left is at the top.
    ['turned by 90° clockwise', (x, y) => [y, 27 - x]],
    ['turned by 90° counterclockwise', (x, y) => [27 - y, x]],
  ])('%s are found, inverted or not', (name, from) => {
    // The picture that is seen, and the way that fits MNIST again, go in opposite directions.
    expect(warnings(changed(from))).toEqual([
      expect.stringContaining(`The digits look ${name}: turned back`),
    ]);
    expect(warnings(changed(from, true))).toEqual([
      expect.stringContaining(`The digits look ${name} and inverted`),
    ]);
  });

  test('inverted alone is found', () => {
    expect(warnings(changed((x, y) => [x, y], true))).toEqual([
      expect.stringContaining('The digits look inverted (dark ink on a bright background)'),
    ]);
  });

  test('as they should are no reason to warn', () => {
    const { orientation, findings } = about(changed((x, y) => [x, y]));
    expect(findings.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(orientation![0]).toMatchObject({ orientation: 'as they are', inverted: false });
    expect(orientation![0]!.correlation).toBeGreaterThan(0.95);
  });
});

test('the mean digits that are compared with are those of MNIST’s training set', () => {
  const sample = training.slice(0, 60_000);
  const { orientation } = describeData({ kind: 'idx', notes: [], training: sample });
  // Only rounding to bytes is between them.
  expect(orientation![0]!.correlation).toBeGreaterThan(0.9999);
});
