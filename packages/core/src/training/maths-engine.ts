import { createDisplacementField, type DisplacementField } from '../data/augmentation/displacement-field.js';
import type { Dataset } from '../data/dataset.js';
import type {
  BatchResult,
  DescendOptions,
  Engine,
  EngineState,
  Examples,
  Predictions,
} from '../engine/api/engine.js';
import { DEFAULT_TRAINING, type TrainingConfiguration } from '../engine/layout/training-configuration.js';
import { mostLikely } from '../maths/argmax.js';
import { backward, type LayerGradient } from '../maths/backward.js';
import { type Forward, forward } from '../maths/forward.js';
import { add, type Matrix, scale } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import { type OptimizerState, optimize, optimizeByLbfgs, startOptimizer } from '../maths/optimizer.js';
import { isElementwise } from '../maths/optimizers.js';
import { type ParameterSet, withParameters } from '../maths/parameter-set.js';
import { mapParameters } from '../maths/parameters.js';
import { batchOf, everyPlace, type TrainingBatch, trainingBatch } from './maths-batch.js';

/** Columns computed at once: they fit the cache, and the caller's thread is free again after each block. */
const BLOCK_EXAMPLES = 256;

interface MathsExamples extends Examples {
  readonly dataset: Dataset;
}

interface MathsEngineOptions {
  readonly pixelScale: number;
  readonly training?: Partial<TrainingConfiguration>;
}

type Gradient = Pick<LayerGradient, 'dW' | 'db'>;

/** Some columns, computed. */
interface Block {
  readonly forward: Forward;
  readonly Y: Matrix;
  /** How much each column counts in training; none if they all count the same. */
  readonly weights: Float32Array | undefined;
  /** The loss of each column, in nats. In training, times its weight. */
  readonly losses: Float64Array;
  /** The place of the first column. */
  readonly start: number;
}

/** The maths behind the engine's interface: 64-bit floats, on the caller's own thread, nothing made fast. */
export function createMathsEngine(network: Network, options: MathsEngineOptions): Engine {
  return new MathsEngine(network, options);
}

class MathsEngine implements Engine {
  readonly threads = 0;
  readonly #pixelScale: number;
  readonly #training: TrainingConfiguration;
  readonly #field: DisplacementField | undefined;
  #network: Network;
  #optimizer: OptimizerState;
  #average: ParameterSet | undefined;
  /** The gradient of the last batch, until it is applied, and the loss of that batch. */
  #pending: Gradient[] | undefined;
  #loss = 0;

  constructor(network: Network, { pixelScale, training }: MathsEngineOptions) {
    this.#pixelScale = pixelScale;
    this.#training = { ...DEFAULT_TRAINING, ...training };
    const { augmentation } = this.#training;
    this.#field = augmentation && createDisplacementField(augmentation);
    this.#network = network;
    this.#optimizer = startOptimizer(network, this.#training);
  }

  async load(dataset: Dataset): Promise<MathsExamples> {
    return { dataset, length: dataset.length, dispose: () => undefined };
  }

  async descend(
    examples: Examples,
    { alpha, batches, order, averageFrom = 0 }: DescendOptions,
  ): Promise<BatchResult[]> {
    const { dataset } = examples as MathsExamples;
    const results: BatchResult[] = [];
    for (const [k, { from, to }] of batches.entries()) {
      this.#applyPending(typeof alpha === 'number' ? alpha : alpha[k]!, averageFrom);
      const places = Uint32Array.from({ length: to - from }, (_, j) => (order ? order[from + j]! : from + j));
      const result = await this.#computeGradient(dataset, places);
      results.push(result);
      if (!Number.isFinite(result.loss)) break;
    }
    return results;
  }

  async update(alpha: number, averageFrom = 0): Promise<void> {
    this.#applyPending(alpha, averageFrom, true);
  }

  measure(examples: Examples, options: { averaged?: boolean } = {}): Promise<BatchResult> {
    const { dataset } = examples as MathsExamples;
    return this.#inBlocks(dataset, everyPlace(dataset), { network: this.network(options) });
  }

  async predict(examples: Examples): Promise<Predictions> {
    const { dataset, length } = examples as MathsExamples;
    const outputs = this.#network.layers.at(-1)!.W.rows;
    const probabilities = new Float32Array(length * outputs);
    const losses = new Float32Array(length);
    const classes = new Uint8Array(length);
    await this.#inBlocks(dataset, everyPlace(dataset), {
      visit(block) {
        const A = block.forward.A.at(-1)!;
        losses.set(block.losses, block.start);
        for (let j = 0; j < A.cols; j++) {
          classes[block.start + j] = mostLikely(A, j);
          for (let i = 0; i < outputs; i++) {
            probabilities[(block.start + j) * outputs + i] = A.data[i * A.cols + j]!;
          }
        }
      },
    });
    return { probabilities, losses, classes };
  }

  gradients(): Gradient[] {
    return this.#pending ?? [];
  }

  network({ averaged = false }: { averaged?: boolean } = {}): Network {
    return averaged && this.#average ? withParameters(this.#network, this.#average) : this.#network;
  }

  setNetwork(network: Network): void {
    this.#network = network;
    this.#pending = undefined;
    this.#optimizer = startOptimizer(network, this.#training);
    this.#average = undefined;
  }

  async state(): Promise<EngineState> {
    return { ...this.#optimizer, parameters: this.#network.layers, average: this.#average };
  }

  restore({ parameters, updates, memory, search, average }: EngineState): void {
    this.#network = withParameters(this.#network, parameters);
    this.#optimizer = { updates, memory, search };
    this.#average = average;
    this.#pending = undefined;
  }

  async dispose(): Promise<void> {}

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /**
   * Forward over the examples at these places, block by block.
   *
   * @param learns whether the network is to learn from them: only then are they augmented and units dropped
   */
  async #inBlocks(
    dataset: Dataset,
    places: ArrayLike<number>,
    {
      network = this.#network,
      learns = false,
      visit,
    }: { network?: Network; learns?: boolean; visit?: (block: Block) => void },
  ): Promise<BatchResult> {
    let [loss, correct] = [0, 0];
    for (let start = 0; start < places.length; start += BLOCK_EXAMPLES) {
      const count = Math.min(BLOCK_EXAMPLES, places.length - start);
      const block = Uint32Array.from({ length: count }, (_, j) => places[start + j]!);
      const { X, Y, weights, masks } = this.#columns(dataset.select(block), start, learns);
      const computed = forward(network, X, masks);
      const losses = network.output.losses(computed.Z.at(-1)!, Y);
      if (weights) for (let j = 0; j < count; j++) losses[j]! *= weights[j]!;
      for (let j = 0; j < count; j++) {
        loss += losses[j]!;
        if (mostLikely(computed.A.at(-1)!, j) === dataset.label(block[j]!)) correct++;
      }
      visit?.({ forward: computed, Y, weights, losses, start });
      await nextTask();
    }
    return { examples: places.length, loss: loss / places.length, correct };
  }

  #columns(examples: Dataset, start: number, learns: boolean): TrainingBatch {
    if (!learns) return { ...batchOf(examples, this.#pixelScale), weights: undefined, masks: undefined };
    return trainingBatch(
      this.#network,
      examples,
      this.#training,
      { pixelScale: this.#pixelScale, field: this.#field },
      { updates: this.#optimizer.updates, start },
    );
  }

  async #computeGradient(dataset: Dataset, places: ArrayLike<number>): Promise<BatchResult> {
    let sum: Gradient[] | undefined;
    const result = await this.#inBlocks(dataset, places, {
      learns: true,
      visit: ({ forward: computed, Y, weights }) => {
        // The gradient of a block is a mean over the block: weigh it by its share of the batch.
        const share = Y.cols / places.length;
        const part = backward(this.#network, computed, Y, weights).map(({ dW, db }) => ({
          dW: scale(dW, share),
          db: scale(db, share),
        }));
        sum = sum?.map(({ dW, db }, l) => ({ dW: add(dW, part[l]!.dW), db: add(db, part[l]!.db) })) ?? part;
      },
    });
    this.#pending = sum;
    this.#loss = result.loss;
    return result;
  }

  #applyPending(alpha: number, averageFrom: number, isLast = false): void {
    if (!this.#pending) return;
    const { optimizer: kind, weightDecay, weightAveraging } = this.#training;
    const before = this.#optimizer.updates;
    ({ network: this.#network, state: this.#optimizer } = isElementwise(kind)
      ? optimize(this.#network, this.#pending, alpha, this.#optimizer, { ...this.#training, optimizer: kind })
      : optimizeByLbfgs(this.#network, this.#pending, this.#loss, this.#optimizer, { weightDecay, isLast }));
    this.#pending = undefined;
    if (!weightAveraging || before < averageFrom) return;
    const share = 1 / (before - averageFrom + 1);
    const latest: ParameterSet = this.#network.layers;
    this.#average = mapParameters(
      (mean, theta) => mean + share * (theta - mean),
      this.#average ?? latest,
      latest,
    );
  }
}

/** Lets whatever else waits on this thread run first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
