import type { Dataset, Matrix, Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import type { CycleInputs } from '@longhand/core/explain';
import { backward, type Forward, forward, type LayerGradient, meanLoss } from '@longhand/core/maths';
import { lazyMatrix } from './lazy-matrix.js';

/** The examples of an iteration. */
export interface Examples {
  readonly dataset: Dataset;
  /** Their indices in the dataset; there are m. */
  readonly indices: ArrayLike<number>;
  readonly pixelScale: number;
}

/** One iteration of the cycle: everything that the board shows. */
export interface Iteration {
  readonly network: Network;
  readonly examples: Examples;
  readonly m: number;
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly computed: Forward;
  readonly gradients: readonly LayerGradient[];
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
}

/** What a worker computes if there are many examples. */
export type ComputedIteration = Pick<Iteration, 'computed' | 'gradients' | 'loss'>;

/** How many columns are drawn of a matrix with one column per example. */
export const SHOWN_EXAMPLES = 16;
/** With more examples than this, a worker computes the iteration. */
export const MAX_ON_PAGE = 64;

/** Forward, loss and backward in 64 bits. */
export function computeIteration(network: Network, examples: Examples): Iteration {
  const { dataset, indices, pixelScale } = examples;
  const { X, Y } = toDesignMatrix(dataset, indices, pixelScale);
  const computed = forward(network, X);
  const gradients = backward(network, computed, Y);
  return { network, examples, m: X.cols, X, Y, computed, gradients, loss: meanLoss(network, computed, Y) };
}

/**
 * An iteration that a worker computed. As numbers X would take 370 MB, so its entries are read from
 * the pixels.
 */
export function iterationOf(
  network: Network,
  examples: Examples,
  { computed, gradients, loss }: ComputedIteration,
): Iteration {
  const X = lazyPixels(examples);
  const { cols: m } = computed.Z[0]!;
  const Y = lazyLabels(examples);
  return {
    network,
    examples,
    m,
    X,
    Y,
    computed: { Z: computed.Z, A: [X, ...computed.A.slice(1)] },
    gradients,
    loss,
  };
}

/** The iteration as `explain` takes it. */
export function cycleInputs({ X, Y, computed, gradients }: Iteration, alpha: number): CycleInputs {
  return { X, Y, computed, gradients, alpha };
}

function lazyPixels({ dataset, indices, pixelScale }: Examples): Matrix {
  const m = indices.length;
  return lazyMatrix(dataset.inputs, m, (row, column) => dataset.pixels(indices[column]!)[row]! * pixelScale);
}

function lazyLabels({ dataset, indices }: Examples): Matrix {
  return lazyMatrix(dataset.classNames.length, indices.length, (row, column) =>
    dataset.label(indices[column]!) === row ? 1 : 0,
  );
}
