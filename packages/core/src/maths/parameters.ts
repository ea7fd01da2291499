import type { LayerGradient } from './backward.js';
import { type Matrix, matrix } from './matrix.js';
import type { Network } from './network.js';

/** A number for every parameter of a network, in matrices of their shapes: a gradient, or what an optimizer remembers. */
export type PerParameter = readonly { readonly W: Matrix; readonly b: Matrix }[];

/** dW and db as what they are gradients of. */
export function gradientOf(gradients: readonly Pick<LayerGradient, 'dW' | 'db'>[]): PerParameter {
  return gradients.map(({ dW, db }) => ({ W: dW, b: db }));
}

/** Zeros for every parameter. */
export function zeros({ layers }: Network): PerParameter {
  return layers.map(({ W, b }) => ({ W: matrix(W.rows, W.cols), b: matrix(b.rows, 1) }));
}

/** f of the numbers that belong to the same parameter, for every parameter. */
export function combine(
  f: (...values: number[]) => number,
  ...operands: readonly [PerParameter, ...PerParameter[]]
): PerParameter {
  const [first] = operands;
  return first.map((_, l) => ({
    W: combineMatrices(
      f,
      operands.map((p) => p[l]!.W),
    ),
    b: combineMatrices(
      f,
      operands.map((p) => p[l]!.b),
    ),
  }));
}

function combineMatrices(f: (...values: number[]) => number, matrices: readonly Matrix[]): Matrix {
  const { rows, cols, data } = matrices[0]!;
  return matrix(
    rows,
    cols,
    data.map((_, k) => f(...matrices.map((M) => M.data[k]!))),
  );
}

/** ‖v‖, the root of the sum of all squares. */
export function norm(v: PerParameter): number {
  const squares = (M: Matrix) => M.data.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(v.reduce((sum, { W, b }) => sum + squares(W) + squares(b), 0));
}
