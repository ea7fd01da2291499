import { describe, expect, test } from 'vitest';
import { STEPS } from './optimizer-steps.js';
import { isElementwise, OPTIMIZER_NAMES, OPTIMIZERS } from './optimizers.js';

const options = { alpha: 0.1, momentum: 0.9, t: 3 };

describe.each(OPTIMIZER_NAMES)('%s', (name) => {
  const row = OPTIMIZERS[name];

  test('is listed under its own name, with a label', () => {
    expect(row.name).toBe(name);
    expect(row.label).toMatch(/^\S.*\S$/);
  });

  test('is of one kind', () => expect(isElementwise(name)).toBe(row.kind === 'elementwise'));
});

describe.each(OPTIMIZER_NAMES.filter(isElementwise))('%s', (name) => {
  const { stateSlots, kernel, isLinear } = OPTIMIZERS[name];
  const step = STEPS[name];
  const slots = new Array<number>(stateSlots).fill(0);

  test('a step gives the parameter and each of its state slots', () => {
    expect(step(options)(1, 0.5, slots)).toHaveLength(1 + stateSlots);
  });

  test('goes against the gradient, and stays where gradient and state are 0', () => {
    expect(step(options)(1, 0.5, slots)[0]).toBeLessThan(1);
    expect(step(options)(1, -0.5, slots)[0]).toBeGreaterThan(1);
    expect(step(options)(1, 0, slots)).toEqual([1, ...slots]);
  });

  test('is linear if twice the gradients give twice the step, and only then', () => {
    const twoSteps = (scale: number) => {
      const [, ...state] = step(options)(0, 0.5 * scale, slots);
      return step(options)(0, -2 * scale, state)[0]!;
    };
    expect(Math.abs(twoSteps(2) - 2 * twoSteps(1)) < 1e-12).toBe(isLinear);
  });

  test.runIf(kernel !== 'multiply-add')('its kernel gets at most four coefficients and two slots', () => {
    if (kernel === 'multiply-add') return;
    expect(kernel.coefficients(options).length).toBeLessThanOrEqual(4);
    expect(kernel.coefficients(options)).toSatisfy((all: number[]) => all.every(Number.isFinite));
    expect(stateSlots).toBeLessThanOrEqual(2);
    expect(stateSlots).toBeGreaterThan(0);
  });
});
