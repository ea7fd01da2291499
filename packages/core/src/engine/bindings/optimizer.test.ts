import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix } from '../../maths/matrix.js';
import { STEPS } from '../../maths/optimizer-steps.js';
import { isElementwise, OPTIMIZER_NAMES, OPTIMIZERS } from '../../maths/optimizers.js';
import { place, RUNS, randomMatrix, read, seed, testBench } from './kernels.test.support.js';

describe.each(OPTIMIZER_NAMES.filter(isElementwise))('a step of %s', (name) => {
  const { kernel, stateSlots } = OPTIMIZERS[name];
  const step = STEPS[name];

  test.runIf(kernel !== 'multiply-add')('is that of its row, and leaves numbers beside it alone', () => {
    if (kernel === 'multiply-add') return;
    const property = fc.property(seed, fc.integer({ min: 1, max: 9 }), (s, t) => {
      const b = testBench();
      const n = 24;
      const options = { alpha: 0.01 * t, momentum: 0.8, t };
      const [factor, weightDecay, shrink] = [0.5, 0.25, t % 2 === 0 ? 1 : 0.875];
      const numbers = (of: string) => [...randomMatrix(1, n, s, of).data];
      // The second of Adam's slots is a mean of squares.
      const before = [numbers('W'), ...['first', 'second'].map((of) => numbers(of).map(Math.abs))];
      const dW = numbers('dW').map((g, k) => (k === 3 ? 0 : g));
      const isDecoupled = OPTIMIZERS[name].weightDecay === 'decoupled';
      const at = before.map((values) => place(b, matrix(1, n, values), 4 * n));
      const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = kernel.coefficients(options);
      b.kernels.step({
        ...{ code: kernel.code, W: at[0]!, first: at[1]!, second: stateSlots > 1 ? at[2]! : 0 },
        ...{ dW: place(b, matrix(1, n, dW), 4 * n), factor, c0, c1, c2, c3 },
        weightDecay: isDecoupled ? 0 : weightDecay,
        shrink: isDecoupled ? shrink : 1,
        bytes: 4 * (n - 4),
      });
      const after = at.map((address) => read(b, address, 1, n, 4 * n));
      const one = step(options);
      for (let k = 0; k < n; k++) {
        const theta = before[0]![k]!;
        const slots = before.slice(1, 1 + stateSlots).map((slot) => slot[k]!);
        const g = factor * dW[k]! + (isDecoupled ? 0 : weightDecay * theta);
        const expected = k < n - 4 ? one(isDecoupled ? shrink * theta : theta, g, slots) : [theta, ...slots];
        for (const [j, value] of expected.entries()) expect(after[j]![k]).toBeCloseTo(value, 5);
      }
    });
    fc.assert(property, RUNS);
  });
});
