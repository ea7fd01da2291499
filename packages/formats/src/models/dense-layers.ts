import type { ActivationName, ModelFile, OutputName } from '@longhand/core';
import { takesNumbers } from '../recognize/takes-numbers.js';

/** A dense layer as other programs see it. */
export interface PlainLayer {
  readonly inputs: number;
  readonly units: number;
  /** units × inputs, row by row. */
  readonly W: Float32Array;
  readonly b: Float32Array;
}

/** The layers of a model as 32-bit floats. */
export function plainLayers({ network }: ModelFile): PlainLayer[] {
  return network.layers.map(({ W, b }) => ({
    inputs: W.cols,
    units: W.rows,
    W: Float32Array.from(W.data),
    b: Float32Array.from(b.data),
  }));
}

/** The activations of the hidden layers. */
export function hiddenActivations({ network }: ModelFile): ActivationName[] {
  return network.layers.slice(0, -1).map(({ g }) => g.name);
}

/** What the last layer computes. */
export function outputOf({ network }: ModelFile): OutputName {
  return network.output.name;
}

/** The weights as inputs × units, as Keras has them. */
export function transposed({ W, inputs, units }: PlainLayer): Float32Array {
  const out = new Float32Array(W.length);
  for (let u = 0; u < units; u++) for (let i = 0; i < inputs; i++) out[i * units + u] = W[u * inputs + i]!;
  return out;
}

/** Floats as little-endian bytes. */
export function floatBytes(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}

/** What the input of the file is, for a person. */
export function inputInWords({ record }: ModelFile, range: string): string {
  const { width, height, features } = record;
  if (takesNumbers(record)) return `${width} columns, as the numbers that they are`;
  return features
    ? `${features.length} columns`
    : `${width * height} pixels of ${width} × ${height}, row by row, white on black, ${range}`;
}

/** The classes as integers, if all their names are integers. */
export function integerClasses({ record }: ModelFile): number[] | undefined {
  const { classNames, classesAreWords } = record;
  const areIntegers = classNames.every((name) => /^(0|-?[1-9]\d{0,14})$/.test(name));
  return areIntegers && !classesAreWords ? classNames.map(Number) : undefined;
}
