import { describe, expect, test } from 'vitest';
import { ShapeError } from '../errors.js';
import { identity, relu } from './activation.js';
import { backward } from './backward.js';
import { forward, meanLoss } from './forward.js';
import { add, hadamard, map, matrix, scale, subtract } from './matrix.js';
import { addColumn, multiply, transpose } from './matrix-products.js';
import { createNetwork, type Network, parameters } from './network.js';
import { softmaxOutput } from './output.js';
import { softmax } from './softmax.js';
import { update } from './update.js';

const [W1, b1] = [matrix(3, 2, [1, -1, 0.5, 2, -1, -1]), matrix(3, 1, [0, -0.9, 0.5])];
const [W2, b2] = [matrix(2, 3, [1, 0, -1, 0.5, -0.5, 2]), matrix(2, 1, [0.25, -0.25])];
const network: Network = {
  layers: [
    { W: W1, b: b1, g: relu },
    { W: W2, b: b2, g: identity },
  ],
  output: softmaxOutput,
};
const X = matrix(2, 4, [1, -1, 0.5, 2, 0.5, 1, -2, 0]);
const Y = matrix(2, 4, [1, 0, 0, 1, 0, 1, 1, 0]);
const m = 4;

describe('forward', () => {
  test("is the board's four equations", () => {
    const { Z, A } = forward(network, X);
    const Z1 = addColumn(multiply(W1, X), b1);
    const A1 = map(Z1, (z) => Math.max(0, z));
    const Z2 = addColumn(multiply(W2, A1), b2);
    expect(Z).toEqual([Z1, Z2]);
    expect(A).toEqual([X, A1, softmax(Z2)]);
  });

  test('works a column out as it would alone', () => {
    const alone = forward(network, matrix(2, 1, [0.5, -2])).A[2]!;
    const among = forward(network, X).A[2]!;
    expect([...alone.data]).toEqual([among.data[2], among.data[m + 2]]);
  });

  test('names both shapes when the pixels do not fit the network', () => {
    expect(() => forward(network, matrix(3, 4))).toThrow(
      new ShapeError('cannot multiply 3 × 2 by 3 × 4: 2 columns, 3 rows'),
    );
  });
});

test('the mean loss is the mean over examples, not the sum', () => {
  const once = forward(network, X);
  const beside = (A: typeof X) =>
    matrix(2, 8, [...A.data.slice(0, 4), ...A.data.slice(0, 4), ...A.data.slice(4), ...A.data.slice(4)]);
  const twice = forward(network, beside(X));
  expect(meanLoss(network, twice, beside(Y))).toBeCloseTo(meanLoss(network, once, Y), 14);
});

describe('backward', () => {
  const computed = forward(network, X);
  const [first, second] = backward(network, computed, Y);

  test("is the board's six equations", () => {
    const [Z1] = computed.Z;
    const [, A1, A2] = computed.A;
    const ones = matrix(m, 1, [1, 1, 1, 1]);
    const dZ2 = subtract(A2!, Y);
    expect(second).toEqual({
      dZ: dZ2,
      dW: scale(multiply(dZ2, transpose(A1!)), 1 / m),
      db: scale(multiply(dZ2, ones), 1 / m),
    });
    const dZ1 = hadamard(
      multiply(transpose(W2), dZ2),
      map(Z1!, (z) => (z > 0 ? 1 : 0)),
    );
    expect(first).toEqual({
      dZ: dZ1,
      dW: scale(multiply(dZ1, transpose(X)), 1 / m),
      db: scale(multiply(dZ1, ones), 1 / m),
    });
  });

  test('db is one value per unit: they differ, though those of softmax sum to 0', () => {
    expect([second!.db.rows, second!.db.cols]).toEqual([2, 1]);
    expect(Math.abs(second!.db.data[0]!)).toBeGreaterThan(0.01);
    expect(second!.db.data[0]! + second!.db.data[1]!).toBeCloseTo(0, 15);
    expect(new Set(first!.db.data).size).toBe(3);
  });

  test('every gradient has the shape of what it is the gradient of', () => {
    const deep = createNetwork({ layers: [2, 5, 4, 3, 2], activation: 'tanh' });
    const propagated = forward(deep, X);
    for (const [l, { dZ, dW, db }] of backward(deep, propagated, Y).entries()) {
      const { W, b } = deep.layers[l]!;
      expect([dZ.rows, dZ.cols]).toEqual([propagated.Z[l]!.rows, m]);
      expect([dW.rows, dW.cols, db.rows, db.cols]).toEqual([W.rows, W.cols, b.rows, 1]);
    }
  });

  test('a unit that no example switches on gets no gradient', () => {
    const asleep = {
      ...network,
      layers: [{ W: W1, b: matrix(3, 1, [0, -100, 0.5]), g: relu }, network.layers[1]!],
    };
    const [gradient] = backward(asleep, forward(asleep, X), Y);
    expect([...gradient!.dW.data.slice(2, 4), gradient!.db.data[1]]).toEqual([0, 0, 0]);
  });

  test('names both shapes when labels and answers do not fit', () => {
    expect(() => backward(network, computed, matrix(3, 4))).toThrow('2 × 4 and 3 × 4');
  });
});

describe('weights of the examples', () => {
  const computed = forward(network, X);
  const w = [2, 0, 1, 3];

  test('multiply the loss of each example, which is still divided by m', () => {
    const losses = softmaxOutput.losses(computed.Z[1]!, Y);
    const expected = (2 * losses[0]! + losses[2]! + 3 * losses[3]!) / m;
    expect(meanLoss(network, computed, Y, w)).toBeCloseTo(expected, 15);
  });

  test('multiply the columns of dZ², and dZ¹ follows', () => {
    const [first, second] = backward(network, computed, Y, w);
    const [plainFirst, plainSecond] = backward(network, computed, Y);
    for (const [weighted, plain] of [
      [first!.dZ, plainFirst!.dZ],
      [second!.dZ, plainSecond!.dZ],
    ] as const) {
      for (const [k, value] of plain.data.entries())
        expect(weighted.data[k]).toBeCloseTo(w[k % m]! * value, 14);
    }
  });

  test('that are whole numbers do what so many copies of each example do', () => {
    const copies = [0, 0, 2, 3, 3, 3];
    const copied = (M: typeof X) =>
      matrix(
        M.rows,
        copies.length,
        Array.from({ length: M.rows }, (_, i) => copies.map((j) => M.data[i * m + j]!)).flat(),
      );
    const repeated = forward(network, copied(X));
    const share = copies.length / m;
    expect(meanLoss(network, computed, Y, w)).toBeCloseTo(share * meanLoss(network, repeated, copied(Y)), 14);
    const expected = backward(network, repeated, copied(Y));
    for (const [l, { dW, db }] of backward(network, computed, Y, w).entries()) {
      for (const [k, value] of dW.data.entries()) {
        expect(value).toBeCloseTo(share * expected[l]!.dW.data[k]!, 14);
      }
      for (const [k, value] of db.data.entries()) {
        expect(value).toBeCloseTo(share * expected[l]!.db.data[k]!, 14);
      }
    }
  });

  test('of 1 change nothing, to the last bit', () => {
    const ones = [1, 1, 1, 1];
    expect(backward(network, computed, Y, ones)).toEqual(backward(network, computed, Y));
    expect(meanLoss(network, computed, Y, ones)).toBe(meanLoss(network, computed, Y));
  });

  test('are one for each example', () => {
    const message = '3 weights for 4 examples: each needs one';
    expect(() => backward(network, computed, Y, [1, 1, 1])).toThrow(new ShapeError(message));
    expect(() => meanLoss(network, computed, Y, [1, 1, 1])).toThrow(new ShapeError(message));
  });
});

describe('update', () => {
  const gradients = backward(network, forward(network, X), Y);

  test('is W − α dW and b − α db', () => {
    const { layers } = update(network, gradients, 0.5);
    for (const [l, { W, b, g }] of network.layers.entries()) {
      expect(layers[l]).toEqual({
        W: add(W, scale(gradients[l]!.dW, -0.5)),
        b: add(b, scale(gradients[l]!.db, -0.5)),
        g,
      });
    }
  });

  test('a small step lowers the loss by about α times the squared length of the gradient', () => {
    const alpha = 1e-5;
    const loss = (of: Network) => meanLoss(of, forward(of, X), Y);
    const squared = gradients
      .flatMap(({ dW, db }) => [...dW.data, ...db.data])
      .reduce((sum, entry) => sum + entry * entry, 0);
    const gained = loss(network) - loss(update(network, gradients, alpha));
    expect(gained / (alpha * squared)).toBeCloseTo(1, 3);
  });

  test('leaves the network it was given as it was', () => {
    const before = [...parameters(network)].map(({ data }) => [...data]);
    update(network, gradients, 1);
    expect([...parameters(network)].map(({ data }) => [...data])).toEqual(before);
  });
});
