import { createNetwork, type Matrix, type Network } from '@longhand/core';
import { backward, forward, map, matrix, update } from '@longhand/core/maths';
import type { Point } from './experiment.js';

// The network that KDnuggets' "Build an Artificial Neural Network From Scratch: Part 1" (2019)
// begins with: three inputs, no hidden layer, one sigmoid unit, and a truth table of five persons.

export const UNIT_ALPHA = 0.5;
export const UNIT_ITERATIONS = 2000;

type Inputs = readonly [number, number, number];

interface Person {
  readonly x: Inputs;
  /** None: it is not in the table to learn from. */
  readonly y?: number;
}

/** All eight inputs there can be: the five of the table, and the three that it leaves out. */
export const PERSONS: readonly Person[] = [
  { x: [0, 1, 0], y: 1 },
  { x: [0, 0, 1], y: 0 },
  { x: [1, 0, 0], y: 0 },
  { x: [1, 1, 0], y: 1 },
  { x: [1, 1, 1], y: 1 },
  { x: [0, 0, 0] },
  { x: [0, 1, 1] },
  { x: [1, 0, 1] },
];
const TAUGHT = PERSONS.flatMap(({ x, y }) => (y === undefined ? [] : [{ x, y }]));

const X = columns(TAUGHT.map(({ x }) => x));
const Y = matrix(
  1,
  TAUGHT.length,
  TAUGHT.map(({ y }) => y),
);

export interface UnitSettings {
  readonly seed: number;
  readonly hasBias: boolean;
}

/** The unit and how it came there. */
export interface UnitState {
  readonly network: Network;
  readonly iteration: number;
  readonly points: readonly Point[];
}

/** What the unit says of one person. */
export interface Line extends Person {
  readonly z: number;
  readonly a: number;
  /** a − y; none for who is not in the table. */
  readonly dz?: number;
  /** In nats. */
  readonly loss?: number;
}

/** A parameter, its gradient, and what it will be after the next update. */
export interface ParameterLine {
  readonly symbol: string;
  readonly value: number;
  readonly gradient: number;
  readonly next: number;
}

export function startUnit({ seed, hasBias }: UnitSettings): UnitState {
  const drawn = createNetwork({ layers: [3, 1], output: 'sigmoid', seed });
  const network = hasBias
    ? drawn
    : { ...drawn, layers: drawn.layers.map((layer) => ({ ...layer, b: map(layer.b, () => 0) })) };
  return stateOf(network);
}

/** A unit before its first iteration. */
export function stateOf(network: Network): UnitState {
  return { network, iteration: 0, points: [pointOf(network, 0)] };
}

/** Some more iterations of gradient descent over the five persons, up to the last. */
export function trainUnit(state: UnitState, hasBias: boolean, iterations: number): UnitState {
  let { network, iteration } = state;
  const points = [...state.points];
  const end = Math.min(UNIT_ITERATIONS, iteration + iterations);
  while (iteration < end) {
    network = update(network, gradientsOf(network, hasBias), UNIT_ALPHA);
    iteration++;
    if (iteration % 10 === 0) points.push(pointOf(network, iteration));
  }
  return { network, iteration, points };
}

/** Every number of the truth table. */
export function linesOf(network: Network): Line[] {
  const { Z, A } = forward(network, columns(PERSONS.map(({ x }) => x)));
  return PERSONS.map(({ x, y }, j) => {
    const [z, a] = [Z[0]!.data[j]!, A[1]!.data[j]!];
    if (y === undefined) return { x, z, a };
    const [loss] = network.output.losses(matrix(1, 1, [z]), matrix(1, 1, [y]));
    return { x, y, z, a, dz: a - y, loss: loss! };
  });
}

export function parametersOf(network: Network, hasBias: boolean): ParameterLine[] {
  const [{ W, b }] = network.layers as [Network['layers'][number]];
  const [{ dW, db }] = gradientsOf(network, hasBias) as [{ dW: Matrix; db: Matrix }];
  const line = (symbol: string, value: number, gradient: number): ParameterLine => ({
    symbol,
    value,
    gradient,
    next: value - UNIT_ALPHA * gradient,
  });
  return [
    line('w₁', W.data[0]!, dW.data[0]!),
    line('w₂', W.data[1]!, dW.data[1]!),
    line('w₃', W.data[2]!, dW.data[2]!),
    ...(hasBias ? [line('b', b.data[0]!, db.data[0]!)] : []),
  ];
}

function gradientsOf(network: Network, hasBias: boolean) {
  const gradients = backward(network, forward(network, X), Y);
  return hasBias ? gradients : gradients.map(({ dW, db }) => ({ dW, db: map(db, () => 0) }));
}

function pointOf(network: Network, iteration: number): Point {
  const { Z, A } = forward(network, X);
  const losses = network.output.losses(Z[0]!, Y);
  const right = A[1]!.data.filter((a, j) => a > 0.5 === (Y.data[j] === 1)).length;
  return {
    iteration,
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    accuracy: right / losses.length,
  };
}

/** The table lies on its side: an example is a column. */
function columns(inputs: readonly Inputs[]): Matrix {
  return matrix(
    3,
    inputs.length,
    [0, 1, 2].flatMap((i) => inputs.map((x) => x[i]!)),
  );
}
