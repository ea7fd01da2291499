import type { ActivationName, Network, OutputName } from '@longhand/core';
import { ACTIVATIONS, matrix, OUTPUTS, type ParameterSet } from '@longhand/core/maths';

/** The parameters of a run at one of its iterations, and its figures there. */
export interface Snapshot {
  readonly iteration: number;
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Accuracy on dev, if it was measured there. */
  readonly dev?: number | undefined;
  /** Of each layer first W, row by row, then b. */
  readonly parameters: Float32Array;
}

/** A network without its parameters. */
export interface NetworkShape {
  readonly layers: readonly {
    readonly units: number;
    readonly inputs: number;
    readonly activation: ActivationName;
  }[];
  readonly output: OutputName;
}

/** Snapshots of one run take at most so many bytes. */
const MAX_BYTES = 12e6;
const MAX_SNAPSHOTS = 48;
/** The start, the middle and the end. */
const MIN_SNAPSHOTS = 3;

/** How many snapshots there is room for, of a network with so many parameters. */
export function snapshotsFor(parameters: number): number {
  const room = Math.floor(MAX_BYTES / (Float32Array.BYTES_PER_ELEMENT * parameters));
  return Math.max(MIN_SNAPSHOTS, Math.min(MAX_SNAPSHOTS, room));
}

/**
 * Which iterations of a run are kept, first to last: the start and the end, half of the others at equal
 * distances, and half at equal ratios, since a network changes most at the beginning.
 *
 * @param most how many at most, at least 2
 */
export function iterationsToKeep(iterations: number, most: number): number[] {
  const kept = new Set([0, iterations]);
  const inner = most - 2;
  const even = Math.ceil(inner / 2);
  for (let k = 1; k <= even; k++) kept.add(Math.round((k * iterations) / (even + 1)));
  const early = inner - even;
  // By ratio: 1 is the first of them, and the last is below the first of the even ones.
  const reach = Math.max(1, iterations / (even + 1));
  for (let k = 0; k < early; k++) kept.add(Math.min(iterations, Math.round(reach ** (k / early))));
  return [...kept].sort((a, b) => a - b);
}

export function parametersOf({ layers }: { readonly layers: ParameterSet }): Float32Array {
  const all = new Float32Array(layers.reduce((sum, { W, b }) => sum + W.data.length + b.data.length, 0));
  let at = 0;
  for (const { data } of layers.flatMap(({ W, b }) => [W, b])) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}

export function shapeOf({ layers, output }: Network): NetworkShape {
  return {
    layers: layers.map(({ W, g }) => ({ units: W.rows, inputs: W.cols, activation: g.name })),
    output: output.name,
  };
}

/** The network with these parameters. */
export function networkOf({ layers, output }: NetworkShape, parameters: Float32Array): Network {
  let at = 0;
  const next = (rows: number, columns: number) => {
    const data = Float64Array.from(parameters.subarray(at, at + rows * columns));
    at += rows * columns;
    return matrix(rows, columns, data);
  };
  return {
    layers: layers.map(({ units, inputs, activation }) => ({
      W: next(units, inputs),
      b: next(units, 1),
      g: ACTIVATIONS[activation],
    })),
    output: OUTPUTS[output],
  };
}
