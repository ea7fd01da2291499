import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, type Activation, identity, relu, sigmoid, tanh } from './activation.js';

const rows: readonly Activation[] = Object.values(ACTIVATIONS);

describe.each(rows)('$name', (activation) => {
  const { name, f, derivative, derivativeFromOutput } = activation;
  test('is listed under its own name', () => {
    expect(ACTIVATIONS[name]).toBe(activation);
  });

  test('its derivative is the limit of its difference quotient', () => {
    const step = 1e-5;
    const away = fc.double({ min: -20, max: 20, noNaN: true }).filter((z) => Math.abs(z) > 2 * step);
    fc.assert(
      fc.property(away, (z) => {
        expect(derivative(z)).toBeCloseTo((f(z + step) - f(z - step)) / (2 * step), 8);
      }),
    );
  });

  test.runIf(derivativeFromOutput)('its derivative from its output is its derivative', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (z) => {
        expect(derivativeFromOutput!(f(z))).toBeCloseTo(derivative(z), 12);
      }),
    );
  });

  test('has a kink where its derivative jumps at 0, and only there', () => {
    const jump = Math.abs(derivative(1e-9) - derivative(-1e-9));
    expect(jump > 1e-6).toBe(activation.hasKink);
  });

  test('is piecewise linear if g(z) = g′(z) · z for every z, and only then', () => {
    const isLinear = [-3, -0.7, 0, 0.2, 5].every((z) => f(z) === derivative(z) * z);
    expect(isLinear).toBe(activation.isPiecewiseLinear);
  });

  test('its calculation names the number, and its texts are there', () => {
    expect(activation.calculation(0.25, (z) => `<${z}>`)).toMatch(/<-?[0-9.]+>/);
    for (const text of [activation.label, activation.symbol]) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
    }
  });

  test('NaN stays NaN', () => expect(f(Number.NaN)).toBeNaN());

  test('is finite with a finite derivative however large z is', () => {
    for (const z of [-1e308, -1000, 1000, 1e308]) {
      expect(f(z)).toSatisfy(Number.isFinite);
      expect(derivative(z)).toSatisfy(Number.isFinite);
    }
  });
});

test('no two share a kernel code', () => {
  expect(new Set(rows.map(({ kernelCode }) => kernelCode)).size).toBe(rows.length);
});

test('ReLU is flat up to and at 0, and z above', () => {
  expect([-2, -0.5, 0, 0.5, 2].map(relu.f)).toEqual([0, 0, 0, 0.5, 2]);
  expect([-2, -0.5, 0, 0.5, 2].map(relu.derivative)).toEqual([0, 0, 0, 1, 1]);
});

test('sigmoid is a half at 0, where it is steepest, and symmetric: σ(−z) = 1 − σ(z)', () => {
  expect(sigmoid.f(0)).toBe(0.5);
  expect(sigmoid.derivative(0)).toBe(0.25);
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (z) => {
      expect(sigmoid.f(-z)).toBeCloseTo(1 - sigmoid.f(z), 14);
    }),
  );
});

test('tanh is a stretched sigmoid: tanh z = 2 σ(2z) − 1', () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (z) => {
      expect(tanh.f(z)).toBeCloseTo(2 * sigmoid.f(2 * z) - 1, 14);
    }),
  );
});

test('identity leaves z as it is', () => expect([-1.5, 0, 3].map(identity.f)).toEqual([-1.5, 0, 3]));
