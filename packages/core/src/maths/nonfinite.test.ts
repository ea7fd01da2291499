import { describe, expect, test } from 'vitest';
import { backward, type LayerGradient } from './backward.js';
import { type Forward, forward } from './forward.js';
import { type Matrix, matrix, scale } from './matrix.js';
import { createNetwork, type Network } from './network.js';
import { firstNonFinite } from './nonfinite.js';
import { symbol } from './symbol.js';

const X = matrix(3, 2, [1, 0, 0.5, 1, 0, 0.25]);
const Y = matrix(2, 2, [1, 0, 0, 1]);

interface Iteration {
  network: Network;
  forward: Forward;
  gradients: LayerGradient[];
}

function iteration(): Iteration {
  const network = createNetwork({ layers: [3, 4, 2] });
  const computed = forward(network, matrix(3, 2, [...X.data]));
  return { network, forward: computed, gradients: backward(network, computed, Y) };
}

/** Every quantity in the order in which an iteration computes it. */
const ORDER: readonly [string, (found: Iteration) => Matrix][] = [
  ['X', ({ forward: { A } }) => A[0]!],
  ['W¹', ({ network }) => network.layers[0]!.W],
  ['b¹', ({ network }) => network.layers[0]!.b],
  ['Z¹', ({ forward: { Z } }) => Z[0]!],
  ['A¹', ({ forward: { A } }) => A[1]!],
  ['W²', ({ network }) => network.layers[1]!.W],
  ['b²', ({ network }) => network.layers[1]!.b],
  ['Z²', ({ forward: { Z } }) => Z[1]!],
  ['A²', ({ forward: { A } }) => A[2]!],
  ['dZ²', ({ gradients }) => gradients[1]!.dZ],
  ['dW²', ({ gradients }) => gradients[1]!.dW],
  ['db²', ({ gradients }) => gradients[1]!.db],
  ['dZ¹', ({ gradients }) => gradients[0]!.dZ],
  ['dW¹', ({ gradients }) => gradients[0]!.dW],
  ['db¹', ({ gradients }) => gradients[0]!.db],
];

function first({ network, forward: computed, gradients }: Iteration, options = {}): string | undefined {
  return firstNonFinite(network, computed, gradients, options);
}

describe('firstNonFinite', () => {
  test('finds nothing where all is finite', () => {
    expect(first(iteration(), { loss: 2.3, float32: true })).toBeUndefined();
  });

  test.each(ORDER)('names %s when it is the first', (name, pick) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const found = iteration();
      // Everything computed after it is spoilt as well, as it would be.
      const from = ORDER.findIndex(([other]) => other === name);
      for (const [, later] of ORDER.slice(from)) later(found).data[1] = value;
      expect(first(found)).toBe(name);
      expect(pick(found).data[1]).toBe(value);
    }
  });

  test('looks at the loss after the forward pass and before the gradients', () => {
    const found = iteration();
    found.gradients[1]!.dZ.data[0] = Number.NaN;
    expect(first(found, { loss: Number.POSITIVE_INFINITY })).toBe('J');
    expect(first(found, { loss: 1 })).toBe('dZ²');
    found.forward.A[2]!.data[0] = Number.NaN;
    expect(first(found, { loss: Number.NaN })).toBe('A²');
  });

  test('counts what a 32-bit float cannot hold only when asked to', () => {
    const found = iteration();
    found.forward.Z[0]!.data[0] = 1e39;
    expect(first(found)).toBeUndefined();
    expect(first(found, { float32: true })).toBe('Z¹');
    found.forward.Z[0]!.data[0] = -3.4e38;
    expect(first(found, { float32: true })).toBeUndefined();
  });

  test('weights that have grown too large overflow where two of them meet: in Z²', () => {
    const network = createNetwork({ layers: [3, 4, 2] });
    const huge = {
      ...network,
      layers: network.layers.map((layer) => ({ ...layer, W: scale(layer.W, 1e200) })),
    };
    const computed = forward(huge, X);
    expect(firstNonFinite(huge, computed, backward(huge, computed, Y))).toBe('Z²');
  });
});

test('a symbol carries its layer as a superscript', () => {
  expect([symbol('W', 1), symbol('dZ', 2), symbol('A', 10)]).toEqual(['W¹', 'dZ²', 'A¹⁰']);
});
