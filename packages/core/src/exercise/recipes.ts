import { hadamard, type Matrix, map, matrix, scale, subtract } from '../maths/matrix.js';
import { multiply, sumOverExamples, transpose } from '../maths/matrix-products.js';
import { softmax } from '../maths/softmax.js';
import { absolute, fill } from './entries.js';
import type { Given } from './given.js';
import type { QuantityName } from './quantity.js';

/** A matrix, and how large the terms of each entry's sum are: rounding is judged by that. */
export interface Computed {
  readonly value: Matrix;
  /** Of the same shape. */
  readonly scale: Matrix;
}

/** Z = W A + B, with the bias as a matrix that has a column for each example. */
interface SumParts {
  readonly W: Matrix;
  readonly A: Matrix;
  readonly B: Matrix;
}

/** A = g(Z). */
interface ActivationParts {
  readonly Z: Matrix;
  readonly g: (Z: Matrix) => Matrix;
}

/** loss = Σ each(A, Y) / divisor. */
interface LossParts {
  readonly A: Matrix;
  readonly Y: Matrix;
  /** The losses that are added: a row, or a matrix. */
  readonly each: (A: Matrix, Y: Matrix) => Matrix;
  /** Makes one number of the losses. */
  readonly total: (losses: Matrix) => Matrix;
  readonly divisor: number;
  readonly sign: number;
}

/** dZ2 = factor · sign · (A − Y). */
interface ErrorParts {
  readonly A: Matrix;
  readonly Y: Matrix;
  readonly form: (A: Matrix, Y: Matrix) => Matrix;
  readonly sign: number;
  readonly factor: number;
}

/** dW = 1/divisor · dZ Aᵀ. */
interface WeightGradientParts {
  readonly dZ: Matrix;
  readonly A: Matrix;
  readonly divisor: number;
  readonly sign: number;
  readonly factor: number;
}

/** db = 1/divisor · Σ dZ. */
interface BiasGradientParts {
  readonly dZ: Matrix;
  readonly sum: (dZ: Matrix) => Matrix;
  readonly divisor: number;
  readonly sign: number;
  readonly factor: number;
}

/** dZ1 = V dZ ⊙ slope(V dZ), where V is W2ᵀ. */
interface BackParts {
  readonly V: Matrix | undefined;
  readonly dZ: Matrix;
  /** The derivative of the activation; it is handed the product, for who takes it of that. */
  readonly slope: (product: Matrix) => Matrix;
  readonly sign: number;
  readonly factor: number;
}

/** new = start − alpha · gradient. */
interface UpdateParts {
  readonly start: Matrix;
  readonly gradient: Matrix;
  readonly alpha: number;
  readonly sign: number;
}

/** The parts of each quantity's equation that a mistake can change. */
export interface PartsOf {
  Z1: SumParts;
  Z2: SumParts;
  A1: ActivationParts;
  A2: ActivationParts;
  loss: LossParts;
  dZ2: ErrorParts;
  dW2: WeightGradientParts;
  dW1: WeightGradientParts;
  db2: BiasGradientParts;
  db1: BiasGradientParts;
  dZ1: BackParts;
  W1_new: UpdateParts;
  W2_new: UpdateParts;
  b1_new: UpdateParts;
  b2_new: UpdateParts;
}

/** An equation in parts: a mistake replaces some of them. */
export interface Recipe<Parts> {
  /** The right parts. */
  readonly parts: (given: Given) => Parts;
  /** What they give. */
  readonly compute: (parts: Parts) => Computed;
}

export const relu = (Z: Matrix) => map(Z, (z) => Math.max(0, z));
/** ReLU′(Z), with ReLU′(0) = 0. */
export const reluSlope = (Z: Matrix) => map(Z, (z) => (z > 0 ? 1 : 0));

/** −log of the probability of the right class of each example: 1 × m. */
export function crossEntropies(A: Matrix, Y: Matrix): Matrix {
  return fill(1, A.cols, (_, j) => {
    let loss = 0;
    for (let i = 0; i < A.rows; i++) {
      const y = Y.data[i * A.cols + j]!;
      if (y !== 0) loss -= y * Math.log(A.data[i * A.cols + j]!);
    }
    return loss;
  });
}

/** The sum of all entries: 1 × 1. */
export function sumOfAll(A: Matrix): Matrix {
  return matrix(1, 1, [A.data.reduce((sum, a) => sum + a, 0)]);
}

const weightedSum = (parts: (given: Given) => SumParts): Recipe<SumParts> => ({
  parts,
  compute: ({ W, A, B }) => ({
    value: plus(multiply(W, A), B),
    scale: plus(multiply(absolute(W), absolute(A)), absolute(B)),
  }),
});

const activation = (parts: (given: Given) => ActivationParts): Recipe<ActivationParts> => ({
  parts,
  compute: ({ Z, g }) => {
    const value = g(Z);
    // exp(z) with an error of δ in z is wrong by the factor δ: the largest |z| counts.
    const largest = Z.data.reduce((most, z) => (Number.isFinite(z) ? Math.max(most, Math.abs(z)) : most), 1);
    return { value, scale: map(value, (a) => Math.abs(a) * largest) };
  },
});

const weightGradient = (
  parts: (given: Given) => Pick<WeightGradientParts, 'dZ' | 'A'>,
): Recipe<WeightGradientParts> => ({
  parts: (given) => ({ ...parts(given), divisor: given.X.cols, sign: 1, factor: 1 }),
  compute: ({ dZ, A, divisor, sign, factor }) => ({
    value: scale(multiply(dZ, transpose(A)), (sign * factor) / divisor),
    scale: scale(multiply(absolute(dZ), transpose(absolute(A))), factor / divisor),
  }),
});

const biasGradient = (parts: (given: Given) => Matrix): Recipe<BiasGradientParts> => ({
  parts: (given) => ({
    ...{ dZ: parts(given), sum: sumOverExamples, divisor: given.X.cols, sign: 1, factor: 1 },
  }),
  compute: ({ dZ, sum, divisor, sign, factor }) => ({
    value: scale(sum(dZ), (sign * factor) / divisor),
    scale: scale(sum(absolute(dZ)), factor / divisor),
  }),
});

const update = (parts: (given: Given) => Pick<UpdateParts, 'start' | 'gradient'>): Recipe<UpdateParts> => ({
  parts: (given) => ({ ...parts(given), alpha: given.alpha, sign: 1 }),
  compute: ({ start, gradient, alpha, sign }) => ({
    value: subtract(start, scale(gradient, sign * alpha)),
    scale: plus(absolute(start), scale(absolute(gradient), alpha)),
  }),
});

/** How each quantity is computed, rightly. */
export const RECIPES: { readonly [Q in QuantityName]: Recipe<PartsOf[Q]> } = {
  Z1: weightedSum(({ W1, X, b1 }) => ({ W: W1, A: X, B: columns(b1, X.cols) })),
  A1: activation(({ Z1 }) => ({ Z: Z1, g: relu })),
  Z2: weightedSum(({ W2, A1, b2 }) => ({ W: W2, A: A1, B: columns(b2, A1.cols) })),
  A2: activation(({ Z2 }) => ({ Z: Z2, g: softmax })),
  loss: {
    parts: ({ A2, Y }) => ({
      ...{ A: A2, Y, each: crossEntropies, total: sumOfAll, divisor: Y.cols, sign: 1 },
    }),
    compute: ({ A, Y, each, total, divisor, sign }) => {
      const losses = each(A, Y);
      return {
        value: scale(total(losses), sign / divisor),
        // log p of a p near 1 has the absolute error of p.
        scale: scale(total(map(losses, (loss) => Math.abs(loss) + 0.1)), 1 / divisor),
      };
    },
  },
  dZ2: {
    parts: ({ A2, Y }) => ({ A: A2, Y, form: subtract, sign: 1, factor: 1 }),
    compute: ({ A, Y, form, sign, factor }) => {
      const value = scale(form(A, Y), sign * factor);
      // 1 − p of a p near 1 has the absolute error of p.
      const { data: terms } = absolute(A);
      const sizes = value.data.map((a, k) =>
        Math.max(Math.abs(a), factor * (terms[k]! + Math.abs(Y.data[k]!))),
      );
      return { value, scale: matrix(value.rows, value.cols, sizes) };
    },
  },
  dW2: weightGradient(({ dZ2, A1 }) => ({ dZ: dZ2, A: A1 })),
  db2: biasGradient(({ dZ2 }) => dZ2),
  dZ1: {
    parts: ({ W2, dZ2, Z1 }) => ({
      ...{ V: transpose(W2), dZ: dZ2, slope: () => reluSlope(Z1), sign: 1, factor: 1 },
    }),
    compute: ({ V, dZ, slope, sign, factor }) => {
      const product = V ? multiply(V, dZ) : dZ;
      const slopes = slope(product);
      const sizes = V ? multiply(absolute(V), absolute(dZ)) : absolute(dZ);
      return {
        value: scale(hadamard(product, slopes), sign * factor),
        scale: scale(hadamard(sizes, absolute(slopes)), factor),
      };
    },
  },
  dW1: weightGradient(({ dZ1, X }) => ({ dZ: dZ1, A: X })),
  db1: biasGradient(({ dZ1 }) => dZ1),
  W1_new: update(({ W1, dW1 }) => ({ start: W1, gradient: dW1 })),
  b1_new: update(({ b1, db1 }) => ({ start: b1, gradient: db1 })),
  W2_new: update(({ W2, dW2 }) => ({ start: W2, gradient: dW2 })),
  b2_new: update(({ b2, db2 }) => ({ start: b2, gradient: db2 })),
};

/** The column b, m times side by side: n × m. */
export function columns(b: Matrix, m: number): Matrix {
  return fill(b.rows, m, (i) => b.data[i]!);
}

function plus(A: Matrix, B: Matrix): Matrix {
  return subtract(A, scale(B, -1));
}
