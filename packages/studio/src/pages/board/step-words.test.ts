import { createNetwork, Dataset } from '@longhand/core';
import { describe, expect, test } from 'vitest';
import { computeIteration } from '../../computations/cycle.js';
import { stepWords } from './step-words.js';
import { stepNumbers, stepsOf } from './steps.js';

const dataset = new Dataset({
  pixels: Uint8Array.from({ length: 8 }, (_, k) => 30 * k),
  labels: Uint8Array.of(0, 1),
  width: 2,
  height: 2,
  classNames: ['a', 'b'],
});

function wordsFor(layers: number[], indices: number[]) {
  const network = createNetwork({ layers });
  const iteration = computeIteration(network, { dataset, indices, pixelScale: 1 / 255 });
  return stepsOf(network).map((step) => stepWords(step, iteration, 0, 0.1));
}

describe('the steps in words', () => {
  test.each([
    ['the board', [4, 3, 2], [1]],
    ['several examples', [4, 3, 2], [0, 1]],
    ['a deeper network', [4, 3, 3, 3, 2], [0]],
    ['no hidden layer', [4, 2], [0]],
  ])('%s: each has a title of its own, a plain line and an exact one', (_name, layers, indices) => {
    const words = wordsFor(layers, indices);
    expect(new Set(words.map(({ title }) => title)).size).toBe(words.length);
    for (const { plain, exact } of words) {
      expect(plain).toMatch(/^[^ ].*[.]$/);
      expect(exact).toMatch(/=/);
      expect(plain + exact).not.toMatch(/undefined|NaN/);
    }
  });

  test('the mean over the examples is told where there are several', () => {
    const told = (indices: number[]) =>
      wordsFor([4, 3, 2], indices)
        .map(({ plain }) => plain)
        .join(' ');
    expect(told([0, 1])).toMatch(/the mean over the 2 examples/);
    expect(told([0])).not.toMatch(/mean over/);
  });

  test('numbers of steps are those of the equations', () => {
    for (const layers of [
      [4, 2],
      [4, 3, 2],
      [4, 3, 3, 2],
    ]) {
      const last = layers.length - 1;
      for (const { number, phase, result } of stepsOf(createNetwork({ layers }))) {
        if (phase === 'update') continue;
        const numbers: Record<string, number> = stepNumbers(result.layer, last);
        expect(numbers[result.quantity]).toBe(number);
      }
    }
  });
});
