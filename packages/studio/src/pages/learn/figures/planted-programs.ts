import type { Matrix } from '@longhand/core';
import type { Answers, Exercise } from '@longhand/core/exercise';
import {
  add,
  addColumn,
  hadamard,
  map,
  matrix,
  multiply,
  relu,
  scale,
  softmax,
  softmaxOutput,
  subtract,
  sumOverExamples,
  transpose,
} from '@longhand/core/maths';

/** The parts of the program in which a mistake can be planted. */
interface Program {
  readonly softmax: (Z: Matrix) => Matrix;
  readonly error: (A: Matrix, Y: Matrix) => Matrix;
  readonly divide: (gradient: Matrix, m: number) => Matrix;
  readonly sum: (dZ: Matrix) => Matrix;
  readonly gate: (sent: Matrix, Z: Matrix) => Matrix;
  readonly step: (value: Matrix, change: Matrix) => Matrix;
}

const RIGHT: Program = {
  softmax,
  error: subtract,
  divide: (gradient, m) => scale(gradient, 1 / m),
  sum: sumOverExamples,
  gate: (sent, Z) => hadamard(sent, map(Z, relu.derivative)),
  step: subtract,
};

interface Planted {
  /** What the mark calls it (`id` in the catalogue); none for the right program. */
  readonly id: string | undefined;
  /** The line of the program. */
  readonly line: string;
  readonly change: Partial<Program>;
}

/** Programs with one mistake each, to be found. */
export const PLANTED: readonly Planted[] = [
  { id: 'not-divided-by-m', line: 'dW2 = dZ2 @ A1.T', change: { divide: (gradient) => gradient } },
  { id: 'slope-missing', line: 'dZ1 = W2.T @ dZ2', change: { gate: (sent) => sent } },
  {
    id: 'bias-summed-over-everything',
    line: 'db2 = np.sum(dZ2) / m',
    change: {
      sum: (dZ) => {
        const total = dZ.data.reduce((sum, value) => sum + value, 0);
        return map(matrix(dZ.rows, 1), () => total);
      },
    },
  },
  { id: 'gradient-sign', line: 'dZ2 = Y - A2', change: { error: (A, Y) => subtract(Y, A) } },
  {
    id: 'softmax-along-examples',
    line: 'A2 = softmax(Z2, axis=1)',
    change: { softmax: (Z) => transpose(softmax(transpose(Z))) },
  },
  { id: 'gradient-added', line: 'W1 = W1 + alpha * dW1', change: { step: add } },
  { id: undefined, line: 'no mistake', change: {} },
];

/** All quantities of one iteration, as a program with these changes computes them. */
export function runProgram({ W1, b1, W2, b2, X, Y, alpha }: Exercise, change: Partial<Program>): Answers {
  const program = { ...RIGHT, ...change };
  const m = X.cols;
  const Z1 = addColumn(multiply(W1, X), b1);
  const A1 = map(Z1, relu.f);
  const Z2 = addColumn(multiply(W2, A1), b2);
  const A2 = program.softmax(Z2);
  const losses = softmaxOutput.losses(Z2, Y);
  const loss = matrix(1, 1, [losses.reduce((sum, value) => sum + value, 0) / m]);
  const dZ2 = program.error(A2, Y);
  const dW2 = program.divide(multiply(dZ2, transpose(A1)), m);
  const db2 = scale(program.sum(dZ2), 1 / m);
  const dZ1 = program.gate(multiply(transpose(W2), dZ2), Z1);
  const dW1 = scale(multiply(dZ1, transpose(X)), 1 / m);
  const db1 = scale(sumOverExamples(dZ1), 1 / m);
  const step = (value: Matrix, gradient: Matrix) => subtract(value, scale(gradient, alpha));
  return {
    ...{ Z1, A1, Z2, A2, loss, dZ2, dW2, db2, dZ1, dW1, db1 },
    ...{
      W1_new: program.step(W1, scale(dW1, alpha)),
      b1_new: step(b1, db1),
      W2_new: step(W2, dW2),
      b2_new: step(b2, db2),
    },
  };
}
