import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Dataset } from '../data/dataset.js';
import { matrix } from '../maths/matrix.js';
import { createNetwork } from '../maths/network.js';
import { paletteOf, SHADES, shadeOf } from './colors.js';
import { show, showConfusion, showCurves, showDataset, showDigit, showMatrix, showNetwork } from './index.js';
import { encodePng } from './png.js';
import { DISPLAY, type Shown } from './svg.js';

const digits = new Dataset({
  pixels: Uint8Array.from({ length: 3 * 16 }, (_, i) => (i * 16) % 256),
  labels: Uint8Array.of(0, 2, 1),
  width: 4,
  height: 4,
  classNames: ['zero', 'one & only', 'two'],
});
const network = createNetwork({ layers: [16, 5, 3], seed: 2 });
const evaluation = {
  examples: 1200,
  accuracy: 0.975,
  confusion: [
    [700, 10],
    [20, 470],
  ],
};
const steps = Array.from({ length: 5 }, (_, k) => ({
  iteration: 10 * k,
  loss: 2 / (k + 1),
  accuracy: 0.2 * k,
  ...(k % 2 === 0 && { dev: { loss: 2.1 / (k + 1), accuracy: 0.19 * k } }),
}));

/** The chunks of a PNG by their names. */
function chunksOf(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    chunks.set(name, bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return chunks;
}

describe('a PNG', () => {
  test.each([
    ['of a digit', 28, 28],
    ['of one row', 255, 1],
    ['of more than one stored block', 784, 100],
  ])('%s holds its pixels, row by row', (_, width, height) => {
    const indices = Uint8Array.from({ length: width * height }, (__, i) => (i * 7) % SHADES);
    const chunks = chunksOf(encodePng(width, height, indices, paletteOf('ink')));
    expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    const header = chunks.get('IHDR')!;
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([width, height]);
    // zlib checks the checksum.
    const rows = inflateSync(chunks.get('IDAT')!);
    for (let y = 0; y < height; y++) {
      expect(rows[y * (width + 1)]).toBe(0);
      const row = rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1));
      expect([...row]).toEqual([...indices.subarray(y * width, (y + 1) * width)]);
    }
  });
});

test('0 is white in the middle of the signed scale, and the ends are the largest values', () => {
  const palette = paletteOf('signed');
  expect(palette[shadeOf('signed', 0, 3)]).toEqual([255, 255, 255]);
  expect(shadeOf('signed', -3, 3)).toBe(0);
  expect(shadeOf('signed', 3, 3)).toBe(SHADES - 1);
  expect(shadeOf('signed', 1, 0)).toBe(shadeOf('signed', 0, 1));
});

const EVERYTHING: readonly (readonly [name: string, shown: Shown, says: RegExp])[] = [
  ['a digit', showDigit(digits.pixels(0), { width: 4, height: 4, label: 'a <7>' }), /a &#60;7&#62;/],
  ['a dataset', showDataset(digits), /3 examples of 4 × 4 pixels in 3 classes/],
  ['a matrix', showMatrix(matrix(2, 3, [1, -2, 3, 0, 0.5, 4]), { name: 'W¹' }), /W¹: 2 × 3/],
  ['a network', showNetwork(network), /16 → 5 → 3 units: relu, softmax/],
  ['the loss', showCurves(steps), /loss in nats over 40 iterations/],
  ['the accuracy', showCurves(steps, { what: 'accuracy' }), /accuracy over 40 iterations/],
  ['a confusion matrix', showConfusion(evaluation), /97\.50% of 1,200 answers are right/],
];

describe.each(EVERYTHING)('%s', (_, { svg, title, [DISPLAY]: display }, says) => {
  test('is one svg element that is well-formed, and says what it is', () => {
    expect(svg).toMatch(says);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const open: string[] = [];
    for (const [, end, name, empty] of svg.matchAll(/<(\/?)(\w+)(?:\s[^<>]*?)?(\/?)>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(svg.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!#\d+;)/);
  });

  test('displays itself in a notebook', () => {
    expect(display()).toEqual({ 'image/svg+xml': svg, 'text/html': svg, 'text/plain': title });
  });
});

test('every kind of value is shown as what it is, and a dataset displays itself', () => {
  expect(show(digits).svg).toBe(showDataset(digits).svg);
  expect(show(network).svg).toBe(showNetwork(network).svg);
  expect(show(network.layers[0]!.W).svg).toBe(showMatrix(network.layers[0]!.W).svg);
  expect(show(evaluation).svg).toBe(showConfusion(evaluation).svg);
  expect(show(steps).svg).toBe(showCurves(steps).svg);
  expect(show(digits.pixels(1)).svg).toBe(showDigit(digits.pixels(1), { width: 4, height: 4 }).svg);
  const own = digits as unknown as Shown;
  expect(own[DISPLAY]()).toEqual(showDataset(digits)[DISPLAY]());
});

test('what cannot be shown is refused in one line', () => {
  expect(() => show('a' as never)).toThrow(/^there is no picture for this: expected a dataset/);
  expect(() => showDigit([1, 2, 3])).toThrow('expected 28 × 28 = 784 pixels, found 3');
  expect(() => showCurves(steps.slice(0, 1))).toThrow('expected at least two steps, found 1');
});
