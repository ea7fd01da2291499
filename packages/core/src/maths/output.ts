import { sigmoid } from './activation.js';
import { type Matrix, map, requireSameShape, subtract } from './matrix.js';
import { logSumExp, softmax } from './softmax.js';

/**
 * What the last layer does: its activation and the loss that belongs to it. They stand together
 * because both pairs have the same simple derivative, dZ = A − Y (derived in docs/notation.md).
 */
export interface Output {
  /** The name of the output. */
  readonly name: OutputName;
  /** Z (n×m) → A (n×m). */
  readonly activate: (Z: Matrix) => Matrix;
  /** Z, Y (n×m) → the loss of each example, in nats. */
  readonly losses: (Z: Matrix, Y: Matrix) => Float64Array;
  /** A, Y (n×m) → dZ (n×m), the gradient of the summed loss with respect to Z. */
  readonly delta: (A: Matrix, Y: Matrix) => Matrix;
}

/** The name of an output. */
export type OutputName = 'softmax' | 'sigmoid';

/**
 * Softmax with cross-entropy: one class out of n. The loss of an example is −Σ y log a. It is
 * computed as logsumexp(z) − Σ y z, which is the same where Σ y = 1 and never takes the logarithm
 * of 0.
 */
export const softmaxOutput: Output = {
  name: 'softmax',
  activate: softmax,
  losses: (Z, Y) => {
    requireSameShape('compare', Z, Y);
    return logSumExp(Z).map((value, j) => {
      let zOfLabel = 0;
      for (let i = 0; i < Z.rows; i++) zOfLabel += Y.data[i * Z.cols + j]! * Z.data[i * Z.cols + j]!;
      return value - zOfLabel;
    });
  },
  delta: subtract,
};

/**
 * Sigmoid with binary cross-entropy: every unit answers its own yes-or-no question. The loss of a
 * unit is −y log a − (1 − y) log(1 − a), computed as max(z, 0) − z y + log(1 + e^−|z|).
 */
export const sigmoidOutput: Output = {
  name: 'sigmoid',
  activate: (Z) => map(Z, sigmoid.f),
  losses: (Z, Y) => {
    requireSameShape('compare', Z, Y);
    return Float64Array.from({ length: Z.cols }, (_, j) => {
      let loss = 0;
      for (let i = 0; i < Z.rows; i++) {
        const z = Z.data[i * Z.cols + j]!;
        loss += Math.max(z, 0) - z * Y.data[i * Z.cols + j]! + Math.log1p(Math.exp(-Math.abs(z)));
      }
      return loss;
    });
  },
  delta: subtract,
};

/** All outputs by their names. */
export const OUTPUTS: Readonly<Record<OutputName, Output>> = {
  softmax: softmaxOutput,
  sigmoid: sigmoidOutput,
};
