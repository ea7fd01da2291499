import { createNetwork, type Layer, type ModelFile, type Network } from '@longhand/core';
import { ACTIVATIONS, matrix, OUTPUTS } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import { describeHiddenUnits, topOutputs } from './hidden-unit.js';
import { learnedPart } from './learned-part.js';

const layer = (rows: number, cols: number, values: number[]): Layer => ({
  W: matrix(rows, cols, values),
  b: matrix(rows, 1),
  g: ACTIVATIONS.relu,
});
const network = (...layers: Layer[]): Network => ({ layers, output: OUTPUTS.softmax });

test('the outputs of a hidden unit are its column of the weights above', () => {
  const shown = network(layer(2, 2, [1, 2, 3, 4]), layer(3, 2, [5, -6, 7, 8, -9, 10]));
  expect(describeHiddenUnits(shown, shown)).toEqual([
    { unit: 0, bias: 0, weights: [1, 2], outputs: [5, 7, -9] },
    { unit: 1, bias: 0, weights: [3, 4], outputs: [-6, 8, 10] },
  ]);
});

test('through two layers by their product', () => {
  const shown = network(layer(1, 1, [1]), layer(2, 1, [2, 3]), layer(1, 2, [10, 100]));
  expect(describeHiddenUnits(shown, shown)[0]!.outputs).toEqual([320]);
});

test('top outputs, raised and lowered, the strongest first', () => {
  const unit = { unit: 0, bias: 0, weights: [], outputs: [0.1, -3, 2, 0, -1, 5] };
  const { positive, negative } = topOutputs(unit, 2);
  expect(positive.map(({ output }) => output)).toEqual([5, 2]);
  expect(negative.map(({ output }) => output)).toEqual([1, 4]);
});

test('what was learned is what the seed does not give', () => {
  const start = createNetwork({ layers: [4, 3, 2], seed: 5 });
  const record = { width: 2, height: 2, classNames: ['a', 'b'], pixelScale: 1, results: {} };
  const model: ModelFile = {
    network: start,
    record: { ...record, settings: { seed: 5, initialization: 'board' } },
  };
  for (const { W, b } of learnedPart(model, 'm').layers)
    expect([...W.data, ...b.data].every((value) => value === 0)).toBe(true);
  expect(() => learnedPart({ network: start, record: { ...record, settings: {} } }, 'm')).toThrow(
    'm: its record has no seed or initialization',
  );
});
