import { drawAffineMap } from '../data/augmentation/affine-map.js';
import { augmentPicture } from '../data/augmentation/augment-picture.js';
import { createDisplacementField } from '../data/augmentation/displacement-field.js';
import { Dataset } from '../data/dataset.js';
import { toDesignMatrix } from '../data/design-matrix.js';
import { labelsOf } from '../data/pack-dataset.js';
import type { BatchResult, DescendOptions, Engine, Examples, Predictions } from '../engine/api/engine.js';
import { DEFAULT_TRAINING, type TrainingConfiguration } from '../engine/layout/training-configuration.js';
import { mostLikely } from '../maths/argmax.js';
import { backward, type LayerGradient } from '../maths/backward.js';
import { dropoutMask } from '../maths/dropout.js';
import { type Forward, forward } from '../maths/forward.js';
import { add, hadamard, type Matrix, scale } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import { optimize, optimizeByLbfgs, startOptimizer } from '../maths/optimizer.js';
import { isElementwise } from '../maths/optimizers.js';
import { mapParameters, type ParameterSet, withParameters } from '../maths/parameters.js';
import { smoothLabels } from '../maths/smoothing.js';

/** Columns computed at once: what is in flight fits the cache, and the caller's thread is free again after each. */
const BLOCK_EXAMPLES = 256;

interface MathsExamples extends Examples {
  readonly dataset: Dataset;
}

/** The maths behind the engine's face: 64-bit floats, the caller's own thread, nothing made fast. */
export function createMathsEngine(
  network: Network,
  { pixelScale, training: given }: { pixelScale: number; training?: Partial<TrainingConfiguration> },
): Engine {
  const training = { ...DEFAULT_TRAINING, ...given };
  const field = training.augmentation && createDisplacementField(training.augmentation);
  let current = network;
  let optimizer = startOptimizer(network, training);
  let mean: ParameterSet | undefined;
  let waiting: Pick<LayerGradient, 'dW' | 'db'>[] | undefined;
  /** Of the batch whose gradient waits. */
  let loss = 0;

  /** Forward over the examples at these places in blocks, each handed on with its result. */
  async function inBlocks(
    dataset: Dataset,
    places: ArrayLike<number>,
    asked: Network,
    learns: boolean,
    visit: (block: { forward: Forward; Y: Matrix; losses: Float64Array; start: number }) => void,
  ): Promise<BatchResult> {
    let [loss, correct] = [0, 0];
    for (let start = 0; start < places.length; start += BLOCK_EXAMPLES) {
      const count = Math.min(BLOCK_EXAMPLES, places.length - start);
      const block = Uint32Array.from({ length: count }, (_, j) => places[start + j]!);
      const shown = learns ? distorted(dataset.select(block), start) : dataset.select(block);
      const { X: all, Y: oneHot } = toDesignMatrix(shown, everyPlace(shown), pixelScale);
      const X =
        learns && training.inputDropout > 0 ? hadamard(all, mask(training.inputDropout, 0, all, start)) : all;
      const Y = learns ? smoothLabels(oneHot, training.labelSmoothing) : oneHot;
      const computed = forward(asked, X, learns && training.dropout > 0 ? masks(count, start) : undefined);
      const losses = asked.output.losses(computed.Z.at(-1)!, Y);
      for (let j = 0; j < count; j++) {
        loss += losses[j]!;
        if (mostLikely(computed.A.at(-1)!, j) === dataset.label(block[j]!)) correct++;
      }
      visit({ forward: computed, Y, losses, start });
      await nextTask();
    }
    return { examples: places.length, loss: loss / places.length, correct };
  }

  function masks(count: number, start: number): Matrix[] {
    const hidden = current.layers.slice(0, -1);
    return hidden.map(({ W: { rows } }, l) => mask(training.dropout, l + 1, { rows, cols: count }, start));
  }

  function mask(
    share: number,
    l: number,
    { rows, cols }: { rows: number; cols: number },
    start: number,
  ): Matrix {
    return dropoutMask({ share, seed: training.seed, iteration: optimizer.updates }, l, rows, cols, start);
  }

  function distorted(block: Dataset, start: number): Dataset {
    const { augmentation } = training;
    if (!augmentation) return block;
    const { width, height, inputs, length, classNames } = block;
    const pixels = new Uint8Array(length * inputs);
    for (let i = 0; i < length; i++) {
      const warp = drawAffineMap(augmentation, optimizer.updates, start + i);
      pixels.set(augmentPicture(block.pixels(i), width, height, warp, field), i * inputs);
    }
    return new Dataset({ pixels, labels: labelsOf(block), width, height, classNames });
  }

  async function descendOnce(dataset: Dataset, places: ArrayLike<number>): Promise<BatchResult> {
    let sum: Pick<LayerGradient, 'dW' | 'db'>[] | undefined;
    const result = await inBlocks(dataset, places, current, true, ({ forward: computed, Y }) => {
      // The gradient of a block is a mean over the block: weigh it by its share of the batch.
      const share = Y.cols / places.length;
      const part = backward(current, computed, Y).map(({ dW, db }) => ({
        dW: scale(dW, share),
        db: scale(db, share),
      }));
      sum = sum ? sum.map(({ dW, db }, l) => ({ dW: add(dW, part[l]!.dW), db: add(db, part[l]!.db) })) : part;
    });
    waiting = sum;
    loss = result.loss;
    return result;
  }

  function applyWaiting(alpha: number, averageFrom: number, isLast = false): void {
    if (!waiting) return;
    const { optimizer: kind } = training;
    const before = optimizer.updates;
    ({ network: current, state: optimizer } = isElementwise(kind)
      ? optimize(current, waiting, alpha, optimizer, { ...training, optimizer: kind })
      : optimizeByLbfgs(current, waiting, loss, optimizer, { weightDecay: training.weightDecay, isLast }));
    waiting = undefined;
    if (!training.weightAveraging || before < averageFrom) return;
    const share = 1 / (before - averageFrom + 1);
    const latest: ParameterSet = current.layers;
    mean = mapParameters((m, theta) => m + share * (theta - m), mean ?? latest, latest);
  }

  function answering(averaged: boolean): Network {
    return averaged && mean ? withParameters(current, mean) : current;
  }

  return {
    threads: 0,
    load: (dataset) =>
      Promise.resolve<MathsExamples>({ dataset, length: dataset.length, dispose: () => undefined }),
    async descend(examples, { alpha, batches, order, averageFrom = 0 }: DescendOptions) {
      const { dataset } = examples as MathsExamples;
      const results: BatchResult[] = [];
      for (const [k, { from, to }] of batches.entries()) {
        applyWaiting(typeof alpha === 'number' ? alpha : alpha[k]!, averageFrom);
        const places = Uint32Array.from({ length: to - from }, (_, j) =>
          order ? order[from + j]! : from + j,
        );
        const result = await descendOnce(dataset, places);
        results.push(result);
        if (!Number.isFinite(result.loss)) break;
      }
      return results;
    },
    update: (alpha, averageFrom = 0) => Promise.resolve(applyWaiting(alpha, averageFrom, true)),
    measure: (examples, { averaged = false } = {}) =>
      inBlocks(
        (examples as MathsExamples).dataset,
        everyPlace(examples),
        answering(averaged),
        false,
        () => undefined,
      ),
    async predict(examples): Promise<Predictions> {
      const outputs = current.layers.at(-1)!.W.rows;
      const probabilities = new Float32Array(examples.length * outputs);
      const losses = new Float32Array(examples.length);
      const classes = new Uint8Array(examples.length);
      await inBlocks((examples as MathsExamples).dataset, everyPlace(examples), current, false, (block) => {
        const A = block.forward.A.at(-1)!;
        losses.set(block.losses, block.start);
        for (let j = 0; j < A.cols; j++) {
          classes[block.start + j] = mostLikely(A, j);
          for (let i = 0; i < outputs; i++) {
            probabilities[(block.start + j) * outputs + i] = A.data[i * A.cols + j]!;
          }
        }
      });
      return { probabilities, losses, classes };
    },
    gradients: () => waiting ?? [],
    network: ({ averaged = false } = {}) => answering(averaged),
    setNetwork(replacement) {
      current = replacement;
      waiting = undefined;
      optimizer = startOptimizer(replacement, training);
      mean = undefined;
    },
    state: () =>
      Promise.resolve({
        parameters: current.layers,
        updates: optimizer.updates,
        memory: optimizer.memory,
        search: optimizer.search,
        average: mean,
      }),
    restore({ parameters, updates, memory, search, average }) {
      current = withParameters(current, parameters);
      optimizer = { updates, memory, search };
      mean = average;
      waiting = undefined;
    },
    dispose: () => Promise.resolve(),
  };
}

function everyPlace({ length }: { readonly length: number }): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => i);
}

/** Lets whatever else waits on this thread run first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
