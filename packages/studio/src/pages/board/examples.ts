import { Dataset } from '@longhand/core';
import { joinDatasets } from '@longhand/core/files';
import type { Examples } from '../../computations/cycle.js';
import { type Digits, MNIST } from '../../state/digits.js';
import { drawing } from '../../state/drawing.js';
import type { Choices } from './choices.js';

/** The examples that are chosen, as far as their data is loaded. */
export function examplesFor({ size, digit }: Choices, data: Digits, pixelScale: number): Examples {
  if (size === 'all') {
    const { length } = data.training;
    return { dataset: data.training, indices: Uint32Array.from({ length }, (_, i) => i), pixelScale };
  }
  const m = Number(size);
  if (digit.set === 'drawn') return { dataset: withDrawing(data.test, m), indices: firstOf(m), pixelScale };
  const dataset = digit.set === 'train' ? data.training : data.test;
  const first = Math.min(digit.index, dataset.length - 1);
  const indices = firstOf(Math.min(m, dataset.length)).map((k) => (first + k) % dataset.length);
  return { dataset, indices, pixelScale };
}

/**
 * The drawn digit, followed by the first test digits: m in all. Without a drawing, a blank picture.
 */
function withDrawing(test: Dataset, m: number): Dataset {
  const { inputs, width, height, classNames } = test;
  const pixels = new Uint8Array(inputs);
  const drawn = drawing.value;
  if (drawn?.pixels.length === inputs) pixels.set(drawn.pixels);
  const labels = Uint8Array.of(drawn?.label ?? 0);
  return joinDatasets(new Dataset({ pixels, labels, width, height, classNames }), test.slice(0, m - 1));
}

function firstOf(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/**
 * MNIST's first digits are there at once. A digit beyond them, or all of them, needs the other
 * files.
 */
export function needsAllDigits({ digit, size }: Choices, data: Digits): boolean {
  if (data.complete || data.name !== MNIST) return false;
  const beyond =
    digit.set !== 'drawn' && digit.index >= data[digit.set === 'train' ? 'training' : 'test'].length;
  return size === 'all' || beyond;
}
