import { readFileSync } from 'node:fs';
import {
  type ActivationName,
  type Layer,
  type Matrix,
  type Network,
  type OutputName,
  parameterCount,
} from '@longhand/core';
import { checkGradients } from '@longhand/core/check';
import {
  ACTIVATIONS,
  backward,
  forward,
  matrix,
  meanLoss,
  OUTPUTS,
  shape,
  update,
} from '@longhand/core/maths';
import { describe, expect, test } from 'vitest';

// NumPy computed these numbers with the board's equations, and PyTorch's autograd confirmed them
// (see make_golden.py). The tests run from tests/dist/golden.
const golden: Golden = JSON.parse(readFileSync(new URL('../../golden/golden.json', import.meta.url), 'utf8'));

/** Relative to the largest entry of the matrix. Measured: up to 9 · 10⁻¹⁶. */
const TOLERANCE = 1e-12;

interface Golden {
  readonly alpha: number;
  readonly updates: number;
  readonly cases: readonly GoldenCase[];
}

type GoldenCase = {
  readonly name: string;
  readonly activation: ActivationName;
  readonly output: OutputName;
  readonly parameters: readonly WrittenParameters[];
  readonly Z: readonly WrittenMatrix[];
  /** Without A⁰ = X. */
  readonly A: readonly WrittenMatrix[];
  readonly loss: number;
  readonly gradients: readonly Record<'dZ' | 'dW' | 'db', WrittenMatrix>[];
  readonly updated: readonly WrittenParameters[];
} & (
  | { readonly X: WrittenMatrix; readonly Y: WrittenMatrix }
  /** Base64 of m × 784 bytes, and their classes. */
  | { readonly pixels: string; readonly labels: readonly number[] }
);

type WrittenParameters = Readonly<Record<'W' | 'b', WrittenMatrix>>;

type WrittenMatrix = { readonly rows: number; readonly cols: number } & (
  | { readonly data: readonly number[] }
  /** Base64 of little-endian 64-bit floats. */
  | { readonly float64: string }
);

for (const written of golden.cases) {
  describe(written.name, () => {
    const network = networkOf(written);
    const { X, Y } = examplesOf(written);
    const computed = forward(network, X);
    const gradients = backward(network, computed, Y);

    test('forward gives the weighted sums and activations of NumPy and PyTorch', () => {
      expect(computed.Z).toHaveLength(written.Z.length);
      for (const [l, Z] of written.Z.entries()) expectSame(computed.Z[l]!, Z);
      for (const [l, A] of written.A.entries()) expectSame(computed.A[l + 1]!, A);
    });

    test('the mean loss is the same', () => {
      const loss = meanLoss(network, computed, Y);
      expect(Math.abs(loss - written.loss)).toBeLessThanOrEqual(TOLERANCE * written.loss);
    });

    test('backward gives the gradients of NumPy and of autograd', () => {
      expect(gradients).toHaveLength(written.gradients.length);
      for (const [l, { dZ, dW, db }] of written.gradients.entries()) {
        expectSame(gradients[l]!.dZ, dZ);
        expectSame(gradients[l]!.dW, dW);
        expectSame(gradients[l]!.db, db);
      }
    });

    test(`the parameters after ${golden.updates} updates are the same`, () => {
      let trained = network;
      for (let i = 0; i < golden.updates; i++) {
        trained = update(trained, backward(trained, forward(trained, X), Y), golden.alpha);
      }
      for (const [l, { W, b }] of written.updated.entries()) {
        expectSame(trained.layers[l]!.W, W);
        expectSame(trained.layers[l]!.b, b);
      }
    });

    test('every gradient agrees with finite differences', () => {
      const { maxRelativeError, parameters, kinks, passed } = checkGradients(network, X, Y);
      expect(maxRelativeError).toBeLessThan(1e-7);
      expect(parameters).toBe(parameterCount(network));
      // A kink inside the step proves nothing, so there must be few.
      expect(kinks).toBeLessThan(parameters / 50);
      expect(passed).toBe(true);
    });
  });
}

function expectSame(actual: Matrix, written: WrittenMatrix): void {
  const expected = read(written);
  expect(shape(actual)).toBe(shape(expected));
  const largest = expected.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const difference = actual.data.reduce(
    (max, value, i) => Math.max(max, Math.abs(value - expected.data[i]!)),
    0,
  );
  expect(difference / largest).toBeLessThanOrEqual(TOLERANCE);
}

function networkOf({ parameters, activation, output }: GoldenCase): Network {
  const layers = parameters.map(({ W, b }, l): Layer => {
    const g = l === parameters.length - 1 ? ACTIVATIONS.identity : ACTIVATIONS[activation];
    return { W: read(W), b: read(b), g };
  });
  return { layers, output: OUTPUTS[output] };
}

function examplesOf(written: GoldenCase): { X: Matrix; Y: Matrix } {
  if ('X' in written) return { X: read(written.X), Y: read(written.Y) };
  const { labels } = written;
  const pixels = Buffer.from(written.pixels, 'base64');
  const [X, Y] = [matrix(784, labels.length), matrix(10, labels.length)];
  for (const [j, label] of labels.entries()) {
    for (let i = 0; i < 784; i++) X.data[i * labels.length + j] = pixels[784 * j + i]! / 255;
    Y.data[label * labels.length + j] = 1;
  }
  return { X, Y };
}

function read(written: WrittenMatrix): Matrix {
  if ('data' in written) return matrix(written.rows, written.cols, written.data);
  const bytes = Buffer.from(written.float64, 'base64');
  const data = Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
  return matrix(written.rows, written.cols, data);
}
