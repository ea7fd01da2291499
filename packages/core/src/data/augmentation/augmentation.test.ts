import { describe, expect, test } from 'vitest';
import { realDigits } from '../../engine/cases.test.support.js';
import { drawAffineMap } from './affine-map.js';
import { augmentPicture } from './augment-picture.js';
import { type Augmentation, augmentationFor } from './augmentation.js';
import { createDisplacementField } from './displacement-field.js';

const NONE: Augmentation = {
  ...{ shift: 0, rotate: 0, scale: 0, shear: 0, elastic: 0, elasticSigma: 4 },
  ...{ width: 28, height: 28, seed: 3 },
};
/** Without its faintest pixels, which augmentation leaves out. */
const digit = realDigits(1)
  .pixels(0)
  .map((value) => (value < 16 ? 0 : value));
const drawn = (strengths: Partial<Augmentation>, count = 2000) =>
  Array.from({ length: count }, (_, place) => drawAffineMap({ ...NONE, ...strengths }, 7, place));

describe('the displacement field', () => {
  const { size, displacements } = createDisplacementField({ ...NONE, elastic: 1.5 })!;
  const pixels = Float64Array.from(displacements, (value) => value / 512);
  const mean = (value: (i: number) => number) =>
    pixels.reduce((sum, _, i) => sum + value(i), 0) / pixels.length;

  test('displaces by the given strength, with a mean of 0', () => {
    expect(Math.sqrt(mean((i) => pixels[i]! ** 2))).toBeCloseTo(1.5, 2);
    expect(Math.abs(mean((i) => pixels[i]!))).toBeLessThan(0.1);
  });

  test.each([1, 4, 8])(
    'is as alike %i pixels apart as what a Gaussian smoothed: e^(−d²/4σ²), along both axes',
    (d) => {
      for (const step of [1, size]) {
        const alike = mean((i) => pixels[i]! * pixels[(i + d * step) % pixels.length]!) / 1.5 ** 2;
        expect(alike).toBeCloseTo(Math.exp(-(d ** 2) / 64), 1);
      }
    },
  );

  test('is undefined without elastic distortion', () => {
    expect(createDisplacementField(NONE)).toBeUndefined();
  });
});

describe('affine maps', () => {
  test('of strength 0 leave a picture as it is', () => {
    for (const map of drawn({}, 20)) expect(augmentPicture(digit, 28, 28, map, undefined)).toEqual(digit);
  });

  test('shift up to the given strength, and reach it', () => {
    const shifts = drawn({ shift: 2.5 }).map((map) => map[4]! / 4096);
    expect(Math.max(...shifts)).toBeCloseTo(2.5, 1);
    expect(Math.min(...shifts)).toBeCloseTo(-2.5, 1);
  });

  test('rotate about the center up to the given strength, and reach it', () => {
    const degrees = drawn({ rotate: 20 }).map(([a, b, c, d, x0, y0]) => {
      expect(Math.hypot(a!, c!) / 4096).toBeCloseTo(1, 3);
      expect(x0! + 13.5 * (a! + b!)).toBeCloseTo(13.5 * 4096, -1);
      expect(y0! + 13.5 * (c! + d!)).toBeCloseTo(13.5 * 4096, -1);
      return (Math.atan2(b!, a!) * 180) / Math.PI;
    });
    expect(Math.max(...degrees)).toBeCloseTo(20, 0);
    expect(Math.min(...degrees)).toBeCloseTo(-20, 0);
  });

  test('scale each axis separately, and shear', () => {
    const grown = drawn({ scale: 0.2 });
    for (const axis of [0, 3]) {
      const sizes = grown.map((map) => 4096 / map[axis]!);
      expect(Math.max(...sizes)).toBeCloseTo(1.2, 2);
      expect(Math.min(...sizes)).toBeCloseTo(0.8, 2);
    }
    expect(grown.some(([a, , , d]) => a! < 4096 && d! > 4096)).toBe(true);
    const slants = drawn({ shear: 0.3 }).map(([, b]) => b! / 4096);
    expect(Math.max(...slants)).toBeCloseTo(0.3, 2);
    expect(Math.min(...slants)).toBeCloseTo(-0.3, 2);
  });

  test('depend on place and iteration, and on nothing else', () => {
    const strengths = { ...NONE, shift: 2, rotate: 10 };
    const keys = [0, 1].flatMap((iteration) =>
      [0, 1].map((place) => drawAffineMap(strengths, iteration, place).join()),
    );
    expect(new Set(keys).size).toBe(4);
    expect(drawAffineMap(strengths, 1, 1).join()).toBe(keys[3]);
  });

  test('take windows within the field', () => {
    const field = createDisplacementField({ ...NONE, elastic: 1 })!;
    for (const map of drawn({ elastic: 1 })) {
      for (const window of map.slice(6)) expect((window % field.size) + 28).toBeLessThanOrEqual(field.size);
    }
  });
});

describe('augmenting a picture', () => {
  test('by a quarter turn, and by whole pixels, moves the bytes unchanged', () => {
    const at = (x: number, y: number) => digit[y * 28 + x] ?? 0;
    const turned = augmentPicture(digit, 28, 28, [0, 4096, -4096, 0, 0, 27 * 4096, 0, 0], undefined);
    const moved = augmentPicture(digit, 28, 28, [4096, 0, 0, 4096, 3 * 4096, -2 * 4096, 0, 0], undefined);
    for (let y = 0; y < 28; y++) {
      for (let x = 0; x < 28; x++) {
        expect(turned[y * 28 + x]).toBe(at(y, 27 - x));
        expect(moved[y * 28 + x]).toBe(x + 3 < 28 && y >= 2 ? at(x + 3, y - 2) : 0);
      }
    }
  });

  test('by half a pixel gives the mean of two neighbors', () => {
    const halfway = augmentPicture(digit, 28, 28, [4096, 0, 0, 4096, 2048, 0, 0, 0], undefined);
    for (let i = 0; i < 783; i++) {
      const mean = Math.round((digit[i]! + digit[i + 1]!) / 2);
      expect(halfway[i]).toBe(mean < 16 ? 0 : mean);
    }
  });
});

test('only pictures can be augmented', () => {
  expect(augmentationFor(NONE, NONE)).toBeUndefined();
  expect(() => augmentationFor({ ...NONE, rotate: 5 }, { width: 4, height: 1 })).toThrow(
    'rotate 5: needs pictures, not 4 × 1',
  );
});
