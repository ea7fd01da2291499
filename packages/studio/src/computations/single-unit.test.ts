import { expect, test } from 'vitest';
import { linesOf, parametersOf, startUnit, trainUnit, UNIT_ITERATIONS } from './single-unit.js';

const trained = (hasBias: boolean) => trainUnit(startUnit({ seed: 1, hasBias }), hasBias, UNIT_ITERATIONS);

test('the unit learns the five rows of the truth table', () => {
  const { network, iteration, points } = trained(true);
  expect(iteration).toBe(UNIT_ITERATIONS);
  expect(points.at(-1)!.loss).toBeLessThan(points[0]!.loss / 10);
  expect(points.at(-1)!.accuracy).toBe(1);
  for (const { y, a } of linesOf(network)) if (y !== undefined) expect(Math.round(a)).toBe(y);
});

test('a line: z is the sum over the weights with ink and the bias, a = σ(z), dz = a − y, the loss is −log of what was due', () => {
  const { network } = startUnit({ seed: 3, hasBias: true });
  const [{ W, b }] = network.layers as [(typeof network.layers)[number]];
  const [first, , third] = linesOf(network);
  expect(first!.z).toBeCloseTo(W.data[1]! + b.data[0]!, 14);
  expect(first!.a).toBeCloseTo(1 / (1 + Math.exp(-first!.z)), 14);
  expect(first!.dz).toBeCloseTo(first!.a - 1, 14);
  expect(first!.loss).toBeCloseTo(-Math.log(first!.a), 12);
  expect(third!.loss).toBeCloseTo(-Math.log(1 - third!.a), 12);
});

test('without bias nothing but 0.5 can be said of (0, 0, 0), however long it learns', () => {
  const { network } = trained(false);
  const blank = linesOf(network)[5]!;
  expect(blank.x).toEqual([0, 0, 0]);
  expect([blank.z, blank.a]).toEqual([0, 0.5]);
  expect(blank.dz).toBeUndefined();
  expect(parametersOf(network, false)).toHaveLength(3);
});

test('a parameter’s next value is what the next iteration makes of it, and its gradient is a mean of dz·x', () => {
  const state = startUnit({ seed: 2, hasBias: true });
  const after = trainUnit(state, true, 1).network;
  const lines = linesOf(state.network).slice(0, 5);
  const [w1, , , b] = parametersOf(state.network, true);
  expect(w1!.next).toBe(after.layers[0]!.W.data[0]);
  expect(b!.next).toBe(after.layers[0]!.b.data[0]);
  expect(w1!.gradient).toBeCloseTo(lines.reduce((sum, { x, dz }) => sum + dz! * x[0], 0) / 5, 14);
  expect(b!.gradient).toBeCloseTo(lines.reduce((sum, { dz }) => sum + dz!, 0) / 5, 14);
});
