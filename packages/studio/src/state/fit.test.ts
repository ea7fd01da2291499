import { createNetwork, Dataset, type Feature } from '@longhand/core';
import { PIXEL_SCALE } from '@longhand/core/data';
import { expect, test } from 'vitest';
import type { Digits } from './digits.js';
import { fitsPictures, misfit } from './fit.js';
import type { NamedModel } from './models.js';

const MODEL = modelOf(4, 3, 2);

test('a model fits pictures of its size in as many classes', () => {
  const data = digitsOf(4, 3, 2);
  expect(fitsPictures(MODEL, data)).toBe(true);
  expect(misfit(MODEL, data)).toBeUndefined();
});

test.each([
  ['other pixels', digitsOf(5, 3, 2), 'pictures of 5 × 3 in 2 classes (class 0 …)'],
  ['as many pixels in another shape', digitsOf(3, 4, 2), 'pictures of 3 × 4 in 2 classes (class 0 …)'],
  ['other classes', digitsOf(4, 3, 7), 'pictures of 4 × 3 in 7 classes (class 0 …)'],
  ['classes of other names', digitsOf(4, 3, ['a', 'b']), 'pictures of 4 × 3 in 2 classes (a …)'],
  [
    'columns of a table',
    digitsOf(4, 3, 2, [{ name: 'age', min: 0, max: 99 }]),
    'rows of age … in 2 classes (class 0 …)',
  ],
])('a model does not fit %s, and one line says what both are and what to do', (_, data, found) => {
  expect(fitsPictures(MODEL, data)).toBe(false);
  expect(misfit(MODEL, data)).toBe(
    `The model “small” expects pictures of 4 × 3 in 2 classes (class 0 …), but own has ${found}. Choose another model, or train one on the Train page`,
  );
});

function modelOf(width: number, height: number, classes: number): NamedModel {
  return {
    name: 'small',
    sha256: '',
    network: createNetwork({ layers: [width * height, classes], seed: 1 }),
    record: { width, height, classNames: names(classes), pixelScale: PIXEL_SCALE, settings: {}, results: {} },
  };
}

function digitsOf(
  width: number,
  height: number,
  classes: number | readonly string[],
  features?: readonly Feature[],
): Digits {
  const one = new Dataset({
    pixels: new Uint8Array(width * height),
    labels: Uint8Array.of(0),
    width,
    height,
    classNames: typeof classes === 'number' ? names(classes) : classes,
    ...(features && { features }),
  });
  return { name: 'own', training: one, test: one, complete: true };
}

function names(classes: number): string[] {
  return Array.from({ length: classes }, (_, k) => `class ${k}`);
}
