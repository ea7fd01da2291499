import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relu } from '../maths/activation.js';
import { matrix } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import { softmaxOutput } from '../maths/output.js';
import { referencesOf, turns } from './cases.test.support.js';
import { explain } from './explain.js';
import { formatNumber } from './format-number.js';
import { parseReference } from './reference.js';
import { entrySymbol } from './subscripts.js';
import { shorten } from './sum-text.js';
import { writeOut, writeSteps } from './write-out.js';

/** Worked by hand: three inputs of which one has no ink, two hidden units, two classes. */
const network: Network = {
  layers: [
    { W: matrix(2, 3, [0.5, 9, -0.25, -1, 9, 0]), b: matrix(2, 1, [-0.1, 0.2]), g: relu },
    { W: matrix(2, 2, [1, 2, -1, 0.5]), b: matrix(2, 1, [0.5, 0]), g: relu },
  ],
  output: softmaxOutput,
};
const one = { X: matrix(3, 1, [0.8, 0, 0.4]), Y: matrix(2, 1, [0, 1]), alpha: 0.5 };
const two = { X: matrix(3, 2, [0.8, 0, 0, 0, 0.4, 1]), Y: matrix(2, 2, [0, 1, 1, 0]), alpha: 0.5 };
const written = (text: string, inputs = one) =>
  writeOut(explain(network, inputs, parseReference(text, network, inputs.X.cols)));

describe('writeOut', () => {
  test.each([
    ['X[0]', 'a⁰₀ = x₀ = 0.8'],
    ['Y[1]', 'y₁ = 1'],
    ['Z1[0]', 'z¹₀ = w¹₀,₀·a⁰₀ + w¹₀,₂·a⁰₂ (1 blank) + b¹₀ = 0.5·0.8 − 0.25·0.4 − 0.1 = 0.3 − 0.1 = 0.2'],
    ['A1[0]', 'a¹₀ = ReLU(z¹₀) = max(0, 0.2) = 0.2'],
    ['A1[1]', 'a¹₁ = ReLU(z¹₁) = max(0, −0.6) = 0'],
    ['Z2[0]', 'z²₀ = w²₀,₀·a¹₀ (1 with a = 0) + b²₀ = 1·0.2 + 0.5 = 0.2 + 0.5 = 0.7'],
    [
      'A2[1]',
      'a²₁ = exp(z²₁ − max z²) / Σₖ exp(z²ₖ − max z²) = exp(−0.2 − 0.7) / (1 + 0.4066) = 0.4066 / 1.407 = 0.2891',
    ],
    ['J', 'J = logsumexp(z²) − z²₁ = 0.7 + log(1.407) − (−0.2) = 1.041 − (−0.2) = 1.241'],
    ['dZ2[1]', 'dz²₁ = a²₁ − y₁ = 0.2891 − 1 = −0.7109'],
    [
      'dZ1[0]',
      'dz¹₀ = (w²₀,₀·dz²₀ + w²₁,₀·dz²₁) · ReLU′(z¹₀) = (1·0.7109 − 1·(−0.7109)) · ReLU′(0.2) = 1.422 · 1 = 1.422',
    ],
    ['dW2[1,0]', 'dw²₁,₀ = dz²₁·a¹₀ = −0.7109·0.2 = −0.1422'],
    ['dW1[0,1]', 'dw¹₀,₁ = dz¹₀·a⁰₁ = 1.422·0 = 0'],
    ['db2[0]', 'db²₀ = dz²₀ = 0.7109'],
    ['W2[1,0]', 'w²₁,₀ := w²₁,₀ − α·dw²₁,₀ = −1 − 0.5·(−0.1422) = −1 + 0.07109 = −0.9289'],
    ['b2[0]', 'b²₀ := b²₀ − α·db²₀ = 0.5 − 0.5·0.7109 = 0.5 − 0.3555 = 0.1445'],
  ])('%s', (text, expected) => expect(written(text)).toBe(expected));

  test('of several examples each has its index, and gradients are means', () => {
    expect(written('Z1[0,1]', two)).toMatch(/^z¹₀,₁ = w¹₀,₂·a⁰₂,₁ \(2 blank\) \+ b¹₀ = −0.25·1 − 0.1 = /);
    expect(written('db2[0]', two)).toMatch(/^db²₀ = 1\/2 · \(dz²₀,₀ \+ dz²₀,₁\) = 1\/2 · \(0.7109 − /);
    expect(written('dW1[0,0]', two)).toMatch(
      /^dw¹₀,₀ = 1\/2 · \(dz¹₀,₀·a⁰₀,₀ \(1 with dz or a = 0\)\) = 1\/2 · \(1.422·0.8\) = /,
    );
    expect(written('J', two)).toMatch(/^J = 1\/2 · \(ℓ₀ \+ ℓ₁\) = 1\/2 · \(1.241 \+ /);
  });

  test('a long sum keeps its first two terms, its last and the largest', () => {
    const terms = (...values: number[]) => values.map((value) => ({ value }));
    expect(shorten(terms(1, 1, 1, -9, 1, 1, 5, 1), 5)).toEqual([0, 1, undefined, 3, undefined, 6, 7]);
    expect(shorten(terms(1, 2, 3), 5)).toEqual([0, 1, 2]);
    const wide: Network = {
      layers: [{ W: matrix(1, 20, new Array(20).fill(0.5)), b: matrix(1, 1), g: relu }],
      output: softmaxOutput,
    };
    const X = matrix(
      20,
      1,
      Array.from({ length: 20 }, (_, i) => (i < 8 ? 0 : i)),
    );
    const { steps } = writeSteps(explain(wide, { X }, parseReference('Z1[0]', wide)), { most: 3 });
    expect(steps[0]).toBe('w¹₀,₈·a⁰₈ + w¹₀,₉·a⁰₉ + … + w¹₀,₁₉·a⁰₁₉ (12 terms; 8 blank) + b¹₀');
    expect(steps.slice(1)).toEqual(['0.5·8 + 0.5·9 + … + 0.5·19 + 0', '81 + 0', '81']);
  });

  test('every entry of every network begins with its name, ends with its value and says something sound', () => {
    fc.assert(
      fc.property(turns, (turn) => {
        for (const reference of referencesOf(turn)) {
          const explanation = explain(turn.network, turn, reference);
          const text = writeOut(explanation, { digits: 6 });
          expect(text).toMatch(/^[^ ]+ :?= /);
          expect(text.startsWith(`${entrySymbol(reference, explanation.m)} `)).toBe(true);
          expect(text.endsWith(` ${formatNumber(explanation.value, 6)}`)).toBe(true);
          expect(text).not.toMatch(/undefined|NaN|object|-/);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-0.3125, '−0.3125'],
    [0.123456, '0.1235'],
    [0.0001, '0.0001'],
    [-0.0000123456, '−1.235·10⁻⁵'],
    [1234567, '1.235·10⁶'],
    [999999.9, '1·10⁶'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));
});
