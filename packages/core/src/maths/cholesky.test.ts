import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factorize } from './cholesky.js';

const entry = fc.double({ min: -2, max: 2, noNaN: true });

test('the solution solves the equations', () => {
  const cases = fc.integer({ min: 1, max: 6 }).chain((d) =>
    fc.record({
      d: fc.constant(d),
      M: fc.array(entry, { minLength: d * d, maxLength: d * d }),
      b: fc.array(entry, { minLength: d, maxLength: d }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ d, M, b }) => {
      // M Mᵀ + 1 is positive definite whatever M is.
      const C = Float64Array.from({ length: d * d }, (_, at) => {
        const [i, j] = [Math.floor(at / d), at % d];
        let sum = i === j ? 1 : 0;
        for (let k = 0; k < d; k++) sum += M[i * d + k]! * M[j * d + k]!;
        return sum;
      });
      const x = factorize(C, d)(b);
      for (let i = 0; i < d; i++) {
        const left = x.reduce((sum, value, j) => sum + C[i * d + j]! * value, 0);
        expect(left).toBeCloseTo(b[i]!, 8);
      }
    }),
  );
});
