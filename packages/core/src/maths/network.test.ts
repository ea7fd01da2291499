import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SettingError } from '../errors.js';
import {
  createNetwork,
  describeNetwork,
  layerSizes,
  type Network,
  type NetworkOptions,
  parameterCount,
  parameters,
} from './network.js';

const board: NetworkOptions = { layers: [784, 10, 10], seed: 1 };

function numbers(network: Network): number[] {
  return [...parameters(network)].flatMap(({ data }) => [...data]);
}

describe("the board's initialization", () => {
  test('has every weight and bias in [−0.5, 0.5), spread evenly', () => {
    const values = numbers(createNetwork(board));
    expect(values).toHaveLength(7960);
    expect(values.every((value) => value >= -0.5 && value < 0.5)).toBe(true);
    // Uniform on ±½: standard deviation √(1/12) of one value, so of the mean of 7,960 of them
    // √(1/12/7960).
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 12 / 7960));
    expect(Math.min(...values)).toBeLessThan(-0.499);
    expect(Math.max(...values)).toBeGreaterThan(0.499);
  });

  test('draws biases too', () => {
    const [layer] = createNetwork(board).layers;
    expect(new Set(layer!.b.data).size).toBe(10);
  });
});

describe("He's initialization", () => {
  const [first, second] = createNetwork({ layers: [300, 200, 10], initialization: 'he' }).layers;

  test.each([
    [300, first!.W],
    [200, second!.W],
  ])('gives weights from %i inputs the variance 2 / inputs', (inputs, W) => {
    const variance = W.data.reduce((sum, w) => sum + w * w, 0) / W.data.length;
    // w² of a uniform w has the standard deviation √(4/5) of its mean: four of them over the root
    // of the count.
    expect(Math.abs((variance * inputs) / 2 - 1)).toBeLessThan(4 * Math.sqrt(0.8 / W.data.length));
  });

  test('starts every bias at 0', () => {
    for (const { b } of [first!, second!]) expect(b.data.every((value) => value === 0)).toBe(true);
  });
});

describe("Glorot's initialization", () => {
  const [first, second] = createNetwork({ layers: [300, 200, 10], initialization: 'glorot' }).layers;

  test.each([
    [300, 200, first!.W],
    [200, 10, second!.W],
  ])('gives weights from %i inputs to %i units the variance 2 / (inputs + units)', (inputs, units, W) => {
    const variance = W.data.reduce((sum, w) => sum + w * w, 0) / W.data.length;
    expect(Math.abs((variance * (inputs + units)) / 2 - 1)).toBeLessThan(4 * Math.sqrt(0.8 / W.data.length));
  });

  test('starts every bias at 0', () => {
    for (const { b } of [first!, second!]) expect(b.data.every((value) => value === 0)).toBe(true);
  });
});

describe.each(['board', 'he', 'glorot'] as const)('createNetwork with %s', (initialization) => {
  const options = { layers: [20, 7, 3], initialization } as const;

  test('gives the same network for the same seed, another for another', () => {
    expect(numbers(createNetwork({ ...options, seed: 5 }))).toEqual(
      numbers(createNetwork({ ...options, seed: 5 })),
    );
    expect(numbers(createNetwork({ ...options, seed: 5 }))).not.toEqual(
      numbers(createNetwork({ ...options, seed: 6 })),
    );
  });

  test('has only parameters that are exact in a 32-bit float', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const value of numbers(createNetwork({ ...options, seed })))
          expect(Math.fround(value)).toBe(value);
      }),
      { numRuns: 10 },
    );
  });
});

test('shapes: W is units × inputs, b units × 1, for any stack of layers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 }), (sizes) => {
      const network = createNetwork({ layers: sizes });
      expect(layerSizes(network)).toEqual(sizes);
      expect(parameterCount(network)).toBe(numbers(network).length);
      for (const [l, { W, b }] of network.layers.entries()) {
        expect([W.rows, W.cols, b.rows, b.cols]).toEqual([sizes[l + 1], sizes[l], sizes[l + 1], 1]);
      }
    }),
  );
});

test('parameters come in the order W1, b1, W2, b2', () => {
  const network = createNetwork({ layers: [3, 2, 4] });
  const [one, two] = network.layers;
  expect([...parameters(network)]).toEqual([one!.W, one!.b, two!.W, two!.b]);
});

test.each([[[]], [[784]], [[784, 0]], [[784, 2.5, 10]], [[784, -1, 10]], [[Number.NaN, 10]]])(
  'refuses layers %j',
  (layers) => expect(() => createNetwork({ layers })).toThrow(SettingError),
);

test('a network describes itself', () => {
  expect(describeNetwork(createNetwork(board))).toBe('784 → 10 ReLU → 10 softmax (7,960 parameters)');
  expect(describeNetwork(createNetwork({ layers: [3, 1], output: 'sigmoid' }))).toBe(
    '3 → 1 sigmoid (4 parameters)',
  );
  expect(describeNetwork(createNetwork({ layers: [4, 3, 2, 2], activation: 'tanh' }))).toBe(
    '4 → 3 tanh → 2 tanh → 2 softmax (29 parameters)',
  );
});
