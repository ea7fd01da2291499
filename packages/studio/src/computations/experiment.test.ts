import type { Matrix, Network } from '@longhand/core';
import { checkGradients } from '@longhand/core/check';
import { type DesignMatrix, oneHot } from '@longhand/core/data';
import { backward, createRandom, forward, matrix } from '@longhand/core/maths';
import { expect, test } from 'vitest';
import {
  accuracyOf,
  collapse,
  descendOnce,
  EXPERIMENTS,
  type ExperimentName,
  type ExperimentSettings,
  lossOf,
  type Side,
  sidesOf,
  squaredErrors,
} from './experiment.js';
import { compareWithOneLayer, deadUnits, examine, rangeOf } from './experiment-findings.js';

/** Twenty made-up pictures: a fifth of the pixels inked, as in the digits. */
const random = createRandom(7, 'pictures');
const columns: DesignMatrix = {
  X: matrix(
    784,
    20,
    Array.from({ length: 784 * 20 }, () => (random.uniform() < 0.2 ? random.uniform() : 0)),
  ),
  Y: oneHot(
    Array.from({ length: 20 }, (_, j) => (j * 3) % 10),
    10,
  ),
};

function settings(name: ExperimentName, change: Partial<ExperimentSettings> = {}): ExperimentSettings {
  return { name, seed: 1, alpha: 3, start: 0, ...change };
}

function train(side: Side, iterations: number, { X, Y }: DesignMatrix = columns): Network {
  let { network } = side;
  for (let i = 0; i < iterations; i++) network = descendOnce(side, network, forward(network, X), { Y });
  return network;
}

const right = (name: ExperimentName, change?: Partial<ExperimentSettings>) =>
  sidesOf(settings(name, change))[1];
const rowsOf = ({ rows, cols, data }: Matrix) =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);

test.each(EXPERIMENTS)(
  '%s: both sides come from the same seed, and the left is the board’s network',
  (name) => {
    const [left] = sidesOf(settings(name));
    expect(sidesOf(settings(name))).toEqual(sidesOf(settings(name)));
    expect(left.alpha).toBe(0.1);
    expect(left.amend).toBeUndefined();
    const other = right(name);
    if (name !== 'zero-start') expect(other.network.layers[0]!.W).toEqual(left.network.layers[0]!.W);
  },
);

test('without softmax, dZ = A − Y is the gradient of the squared error: by finite differences', () => {
  const { network } = right('no-softmax');
  const few: DesignMatrix = {
    X: matrix(784, 3, columns.X.data.subarray(0, 784 * 3)),
    Y: oneHot([4, 0, 9], 10),
  };
  const { passed, maxRelativeError } = checkGradients(network, few.X, few.Y);
  expect(passed, `largest error ${maxRelativeError}`).toBe(true);
});

test('without softmax, the loss of both sides is the squared error', () => {
  const A = matrix(2, 2, [0.5, 1, 0.5, 0]);
  const Y = matrix(2, 2, [1, 1, 0, 0]);
  expect([...squaredErrors(A, Y)]).toEqual([0.25, 0]);
  const [{ network }] = sidesOf(settings('no-softmax'));
  const loss = lossOf('no-softmax', network, { Z: [], A: [A] }, { Y });
  expect(loss).toBe(0.125);
});

test('without bias, every class is equally likely for a blank picture, before training and after', () => {
  const network = train(right('no-bias'), 5);
  for (const { b } of network.layers) expect(b.data.every((value) => value === 0)).toBe(true);
  const answers = forward(network, matrix(784, 1)).A[2]!;
  for (const a of answers.data) expect(a).toBeCloseTo(0.1, 15);
});

test('without ReLU, the one layer W²W¹ gives the answers of the two', () => {
  const network = train(right('no-relu'), 5);
  const one = collapse(network);
  expect(one.layers).toHaveLength(1);
  expect([one.layers[0]!.W.rows, one.layers[0]!.W.cols]).toEqual([10, 784]);
  const {
    largestDifference,
    answers,
    two,
    one: single,
  } = compareWithOneLayer(network, forward(network, columns.X).A[2]!, columns);
  expect(answers).toBe(200);
  expect(largestDifference).toBeLessThan(1e-12);
  expect(Math.max(...two.map((a, i) => Math.abs(a - single[i]!)))).toBe(largestDifference);
});

test('with ReLU, that one layer gives other answers', () => {
  const [{ network }] = sidesOf(settings('no-relu'));
  const found = compareWithOneLayer(network, forward(network, columns.X).A[2]!, columns);
  expect(found.largestDifference).toBeGreaterThan(0.01);
});

test('all zero at the start: no weight ever moves, and of the biases only b²', () => {
  const side = right('zero-start');
  const gradients = backward(side.network, forward(side.network, columns.X), columns.Y);
  expect(gradients[0]!.dW.data.every((value) => value === 0)).toBe(true);
  expect(gradients[1]!.dW.data.every((value) => value === 0)).toBe(true);
  const [first, second] = train(side, 5).layers;
  for (const unmoved of [first!.W, first!.b, second!.W]) {
    expect(unmoved.data.every((value) => value === 0)).toBe(true);
  }
  expect(second!.b.data.some((value) => value !== 0)).toBe(true);
  expect(deadUnits(forward(side.network, columns.X))).toEqual(new Array(10).fill(true));
});

test('all the same at the start: the hidden units learn, and stay the same to the last bit', () => {
  const [first, second] = train(right('zero-start', { start: 0.01 }), 5).layers;
  const rows = rowsOf(first!.W);
  expect(rows[0]!.some((value) => value !== 0.01)).toBe(true);
  for (const row of rows) expect(row).toEqual(rows[0]);
  for (const row of rowsOf(second!.W)) expect(new Set(row).size).toBe(1);
});

test('db summed over everything: b² does not learn, and the hidden units share one step', () => {
  const side = right('summed-db');
  const trained = train(side, 5);
  const moved = (l: number) =>
    trained.layers[l]!.b.data.map((value, i) => value - side.network.layers[l]!.b.data[i]!);
  for (const step of moved(1)) expect(Math.abs(step)).toBeLessThan(1e-15);
  const [step, ...others] = moved(0);
  expect(Math.abs(step!)).toBeGreaterThan(1e-4);
  for (const other of others) expect(other).toBeCloseTo(step!, 14);
});

test('α is the right side’s alone, and so is the scale of the pixels', () => {
  expect(right('large-alpha', { alpha: 10 }).alpha).toBe(10);
  expect(right('raw-pixels').pixelScale).toBe(1);
});

test('accuracy counts the columns whose largest entry is in the labelled row; NaN counts as the first', () => {
  const A = matrix(2, 3, [0.9, 0.2, Number.NaN, 0.1, 0.8, Number.NaN]);
  expect(accuracyOf(A, matrix(2, 3, [1, 1, 1, 0, 0, 0]))).toBeCloseTo(2 / 3, 15);
});

test('the range of answers: extremes, sums of columns, and columns that are no probabilities', () => {
  expect(rangeOf(matrix(2, 3, [0.25, -1, 2, 0.75, 0.5, 0]))).toEqual({
    lowest: -1,
    highest: 2,
    lowestSum: -0.5,
    highestSum: 2,
    outside: 2,
    farthest: 1,
  });
});

test('what is found adds up: answers are counted, probabilities sum to 1, the collapse is there only without ReLU', () => {
  const [left, other] = sidesOf(settings('no-relu'));
  const found = examine({ name: 'no-relu' }, left.network, columns, columns);
  expect(found.answered.reduce((sum, n) => sum + n, 0)).toBe(20);
  expect(found.answers.outside).toBe(0);
  expect(found.answers.lowestSum).toBeCloseTo(1, 12);
  expect(found.test).toEqual(found.training);
  expect(found.collapse).toBeUndefined();
  expect(examine({ name: 'no-relu' }, other.network, columns, columns).collapse).toBeDefined();
});
