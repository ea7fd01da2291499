import { drawAffineMap } from '../data/augmentation/affine-map.js';
import { augmentPicture } from '../data/augmentation/augment-picture.js';
import type { DisplacementField } from '../data/augmentation/displacement-field.js';
import { Dataset } from '../data/dataset.js';
import { toDesignMatrix } from '../data/design-matrix.js';
import { labelsOf, weightsOf } from '../data/example-source.js';
import type { TrainingConfiguration } from '../engine/layout/training-configuration.js';
import { dropoutMask } from '../maths/dropout.js';
import { hadamard, type Matrix } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import { smoothLabels } from '../maths/smoothing.js';

/** Where some examples stand in training: their randomness follows from it. */
export interface BatchPosition {
  /** Updates made so far. */
  readonly updates: number;
  /** The place of the first example in its batch. */
  readonly start: number;
}

/** What the network computes with in training. */
export interface TrainingBatch {
  /** Pixels: n₀ × m, augmented, with dropout. */
  readonly X: Matrix;
  /** Labels: n_L × m, smoothed. */
  readonly Y: Matrix;
  /** How much each example counts; none if they all count the same. */
  readonly weights: Float32Array | undefined;
  /** The dropout mask of each hidden layer: nₗ × m; none without dropout. */
  readonly masks: Matrix[] | undefined;
}

/** Examples as they are trained on: augmented, with dropout, labels smoothed. */
export function trainingBatch(
  { layers }: Network,
  examples: Dataset,
  training: TrainingConfiguration,
  { pixelScale, field }: { readonly pixelScale: number; readonly field: DisplacementField | undefined },
  position: BatchPosition,
): TrainingBatch {
  const { X, Y } = batchOf(augmented(examples, training, field, position), pixelScale);
  const mask = (share: number, l: number, rows: number): Matrix =>
    dropoutMask({ share, seed: training.seed, iteration: position.updates }, l, rows, X.cols, position.start);
  const { inputDropout, dropout, labelSmoothing } = training;
  return {
    X: inputDropout > 0 ? hadamard(X, mask(inputDropout, 0, X.rows)) : X,
    Y: smoothLabels(Y, labelSmoothing),
    weights: weightsOf(examples),
    masks:
      dropout > 0 ? layers.slice(0, -1).map(({ W: { rows } }, l) => mask(dropout, l + 1, rows)) : undefined,
  };
}

/** All examples of a dataset as columns: X (n₀ × m) and one-hot Y (n_L × m). */
export function batchOf(examples: Dataset, pixelScale: number): { X: Matrix; Y: Matrix } {
  return toDesignMatrix(examples, everyPlace(examples), pixelScale);
}

/** The places 0, 1, 2 … of all examples. */
export function everyPlace({ length }: { readonly length: number }): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => i);
}

function augmented(
  examples: Dataset,
  { augmentation }: TrainingConfiguration,
  field: DisplacementField | undefined,
  { updates, start }: BatchPosition,
): Dataset {
  if (!augmentation) return examples;
  const { width, height, inputs, length, classNames } = examples;
  const pixels = new Uint8Array(length * inputs);
  for (let i = 0; i < length; i++) {
    const map = drawAffineMap(augmentation, updates, start + i);
    pixels.set(augmentPicture(examples.pixels(i), width, height, map, field), i * inputs);
  }
  return new Dataset({ pixels, labels: labelsOf(examples), width, height, classNames });
}
