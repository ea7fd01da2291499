import { createNetwork, type Layer, type Matrix, type Network } from '@longhand/core';
import { type DesignMatrix, PIXEL_SCALE } from '@longhand/core/data';
import {
  type Activation,
  add,
  backward,
  type Forward,
  forward,
  identity,
  type LayerGradient,
  map,
  meanLoss,
  mostLikely,
  multiply,
  type Output,
  softmaxOutput,
  update,
} from '@longhand/core/maths';

/** The experiments with two networks side by side, in the page's order. */
export const EXPERIMENTS = [
  'no-bias',
  'no-relu',
  'no-softmax',
  'zero-start',
  'large-alpha',
  'raw-pixels',
  'summed-db',
] as const;
export type ExperimentName = (typeof EXPERIMENTS)[number];

/** The board's learning rate: for both sides, except in the experiment about α. */
export const BOARD_ALPHA = 0.1;
/** Iterations of a whole run. */
export const ITERATIONS = 200;

/** Everything that a run depends on: the same settings give the same numbers. */
export interface ExperimentSettings {
  readonly name: ExperimentName;
  readonly seed: number;
  /** The learning rate of the right side of `large-alpha`. */
  readonly alpha: number;
  /** The initial value of every parameter of the right side of `zero-start`. */
  readonly start: number;
}

export type Gradients = readonly Pick<LayerGradient, 'dW' | 'db'>[];

/** One of the two networks: its start and how it is trained. */
export interface Side {
  readonly network: Network;
  /** What each pixel's byte is multiplied by. */
  readonly pixelScale: number;
  readonly alpha: number;
  /** A change to the gradients before they are applied. */
  readonly amend?: (gradients: Gradients) => Gradients;
}

/**
 * The board's network, and the same network with one thing left out or wrong. Both come from the
 * same seed.
 */
export function sidesOf({ name, seed, alpha, start }: ExperimentSettings): readonly [Side, Side] {
  const network = createNetwork({ layers: [784, 10, 10], seed });
  const board: Side = { network, pixelScale: PIXEL_SCALE, alpha: BOARD_ALPHA };
  return [board, { ...board, ...difference() }];

  function difference(): Partial<Side> {
    switch (name) {
      case 'no-bias':
        return { network: withBiases(network, 0), amend: withoutBiasGradients };
      case 'no-relu':
        return { network: withActivation(network, identity) };
      case 'no-softmax':
        return { network: { ...network, output: scoreOutput } };
      case 'zero-start':
        return { network: withWeights(withBiases(network, start), start) };
      case 'large-alpha':
        return { alpha };
      case 'raw-pixels':
        return { pixelScale: 1 };
      case 'summed-db':
        return { amend: sumOverEverything };
    }
  }
}

/**
 * The output without softmax: the weighted sums themselves, as if they were probabilities. The
 * backward pass is unchanged: dZ = A − Y is then the gradient of another loss, the squared error ½
 * Σ (a − y)².
 */
const scoreOutput: Output = { ...softmaxOutput, activate: (Z) => Z, losses: squaredErrors };

/** ½ Σ (a − y)² of each example: A, Y (n×m) → m numbers. */
export function squaredErrors(A: Matrix, Y: Matrix): Float64Array {
  const losses = new Float64Array(A.cols);
  for (let index = 0; index < A.data.length; index++) {
    losses[index % A.cols]! += (A.data[index]! - Y.data[index]!) ** 2 / 2;
  }
  return losses;
}

/**
 * The notebook's db, `1 / m * np.sum(dZ)`: it also sums over the units, so all units of a layer
 * share one number. In the last layer every column of A − Y sums to 0, so this number is 0.
 */
export function sumOverEverything(gradients: Gradients): Gradients {
  return gradients.map(({ dW, db }) => {
    const sum = db.data.reduce((total, value) => total + value, 0);
    return { dW, db: map(db, () => sum) };
  });
}

/** One point on the curves: an iteration before its update. */
export interface Point {
  readonly iteration: number;
  /** The mean over the training digits. */
  readonly loss: number;
  /** On the training digits, 0–1. */
  readonly accuracy: number;
}

/**
 * The loss in an experiment's curves. Raw sums have no cross-entropy, so in that experiment both
 * sides are measured by squared error.
 */
export function lossOf(
  name: ExperimentName,
  network: Network,
  { Z, A }: Forward,
  { Y }: Pick<DesignMatrix, 'Y'>,
): number {
  if (name !== 'no-softmax') return meanLoss(network, { Z, A }, Y);
  const losses = squaredErrors(A.at(-1)!, Y);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The share of examples whose largest answer is in the row of their label, 0–1. */
export function accuracyOf(A: Matrix, Y: Matrix): number {
  let correct = 0;
  for (let j = 0; j < A.cols; j++) if (Y.data[mostLikely(A, j) * A.cols + j] === 1) correct++;
  return correct / A.cols;
}

/** Backward and update: the network after one step of gradient descent on all examples. */
export function descendOnce(
  { alpha, amend }: Pick<Side, 'alpha' | 'amend'>,
  network: Network,
  computed: Forward,
  { Y }: Pick<DesignMatrix, 'Y'>,
): Network {
  const gradients = backward(network, computed, Y);
  return update(network, amend ? amend(gradients) : gradients, alpha);
}

/** The answers for one example, a single column: n₀×1 → n_L numbers. */
export function answersTo(network: Network, x: Matrix): number[] {
  return [...forward(network, x).A.at(-1)!.data];
}

/**
 * Two layers without an activation between them, as the single layer that they equal: W = W²W¹, b =
 * W²b¹ + b².
 */
export function collapse({ layers, output }: Network): Network {
  const [below, above] = layers as readonly [Layer, Layer];
  const W = multiply(above.W, below.W);
  const b = add(multiply(above.W, below.b), above.b);
  return { layers: [{ ...above, W, b }], output };
}

function withBiases(network: Network, value: number): Network {
  return change(network, (layer) => ({ ...layer, b: map(layer.b, () => value) }));
}

function withWeights(network: Network, value: number): Network {
  return change(network, (layer) => ({ ...layer, W: map(layer.W, () => value) }));
}

function withActivation(network: Network, g: Activation): Network {
  return change(network, (layer) => ({ ...layer, g }));
}

function change(network: Network, changed: (layer: Layer) => Layer): Network {
  return { ...network, layers: network.layers.map(changed) };
}

function withoutBiasGradients(gradients: Gradients): Gradients {
  return gradients.map(({ dW, db }) => ({ dW, db: map(db, () => 0) }));
}
