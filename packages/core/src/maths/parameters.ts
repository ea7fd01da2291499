import type { LayerGradient } from './backward.js';
import { type Matrix, matrix } from './matrix.js';
import type { Network } from './network.js';
import type { ParameterSet } from './parameter-set.js';

/** dW and db as a set. */
export function gradientOf(gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[]): ParameterSet {
  return gradients.map(({ dW, db }) => ({ W: dW, b: db }));
}

/** Zeros for every parameter. */
export function zeros({ layers }: Network): ParameterSet {
  return layers.map(({ W, b }) => ({ W: matrix(W.rows, W.cols), b: matrix(b.rows, 1) }));
}

/** f of the numbers in several sets that belong to the same parameter, for every parameter. */
export function mapParameters(
  f: (...values: number[]) => number,
  ...operands: readonly [ParameterSet, ...ParameterSet[]]
): ParameterSet {
  const [first] = operands;
  return first.map((_, l) => ({
    W: mapMatrices(
      f,
      operands.map((p) => p[l]!.W),
    ),
    b: mapMatrices(
      f,
      operands.map((p) => p[l]!.b),
    ),
  }));
}

function mapMatrices(f: (...values: number[]) => number, matrices: readonly Matrix[]): Matrix {
  const { rows, cols, data } = matrices[0]!;
  return matrix(
    rows,
    cols,
    data.map((_, k) => f(...matrices.map((M) => M.data[k]!))),
  );
}

/** ‖v‖, the square root of the sum of all squares. */
export function norm(v: ParameterSet): number {
  return Math.sqrt(dot(v, v));
}

/** The dot product: the sum of the products of the numbers that belong to the same parameter. */
export function dot(v: ParameterSet, w: ParameterSet): number {
  const products = (A: Matrix, B: Matrix) => A.data.reduce((sum, value, k) => sum + value * B.data[k]!, 0);
  return v.reduce((sum, { W, b }, l) => sum + products(W, w[l]!.W) + products(b, w[l]!.b), 0);
}

/** In place: out := s v + t w. */
export function linearCombination(
  out: ParameterSet,
  s: number,
  v: ParameterSet,
  t: number,
  w: ParameterSet,
): void {
  for (const [l, layer] of out.entries()) {
    for (const name of ['W', 'b'] as const) {
      const { data } = layer[name];
      const [from, to] = [v[l]![name].data, w[l]![name].data];
      for (let k = 0; k < data.length; k++) data[k] = s * from[k]! + t * to[k]!;
    }
  }
}

/** A copy; its matrices are copied too. */
export function clone(v: ParameterSet): ParameterSet {
  return mapParameters((value) => value, v);
}
