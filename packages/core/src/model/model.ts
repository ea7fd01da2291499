import { Dataset } from '../data/dataset.js';
import { oneHot } from '../data/design-matrix.js';
import type { Picture } from '../data/pictures/picture.js';
import { drain, drainInSlices } from '../engine/threads/slices.js';
import { createJudge, type Judge } from '../evaluation/doubt.js';
import { compareAnswers, type Evaluation } from '../evaluation/evaluation.js';
import { encodeModel, type ModelFile, type ModelRecord, type TrainingState } from '../formats/model.js';
import { loadPart } from '../load-part.js';
import { argmax, mostLikely } from '../maths/argmax.js';
import { requireFiniteAnswers } from '../maths/finite-answers.js';
import type { Matrix } from '../maths/matrix.js';
import { meanOf } from '../maths/mean.js';
import type { Network } from '../maths/network.js';
import type { Step } from '../training/training-run.js';
import { computeInBlocks, examplesOfSlice } from './compute.js';
import { type Input, type InputBytes, readInput, readInputs } from './input.js';
import { classesOf, type Label } from './label.js';
import { type Labels, readLabels, requireOneForEachRow } from './labels.js';
import { type CanvasLike, type ImageDataLike, pictureFrom } from './picture-input.js';
import type { Prediction } from './prediction.js';
import type { ReadPage } from './read-page.js';
import type { Rows } from './rows.js';

/** What a model has besides the contents of its file. */
export interface ModelParts extends ModelFile {
  /** The steps of its training. */
  readonly history?: readonly Step[];
}

/**
 * A trained network with all that is needed to use it: what its inputs are, how they are scaled, and
 * what its answers mean. `fit` trains one, `loadModel` reads one. It computes on the caller's thread,
 * in 64-bit floats.
 */
export class Model implements ModelFile {
  /** The trained network. */
  readonly network: Network;
  /** What is needed to use and to repeat it. */
  readonly record: ModelRecord;
  /** What `fit` needs to go on training. `undefined` if the optimizer remembers nothing that fits. */
  readonly training?: TrainingState;
  /** What its answers can be, in the order of the probabilities. */
  readonly classes: readonly Label[];
  /** The steps of the run that trained it, for a plot of the loss. Empty for a model from a file. */
  readonly history: readonly Step[];
  readonly #judge: Judge;
  /** What a person should know of how its file was read, a sentence each. */
  readonly notes?: readonly string[];

  constructor({ network, record, training, notes, history = [] }: ModelParts) {
    this.network = network;
    this.record = record;
    if (training) this.training = training;
    if (notes) this.notes = notes;
    this.classes = classesOf(record);
    this.#judge = createJudge(record);
    this.history = history;
    // So that rows.map(model.predict) works.
    for (const name of ['predict', 'read', 'activations'] as const) {
      Object.defineProperty(this, name, { value: this[name].bind(this) });
    }
  }

  /**
   * The answer for one input. A picture that is framed is read twice, as it is and with strokes of
   * MNIST's usual width; the probabilities are the mean of both.
   *
   * @throws DataError when the input is none that this model takes, or a canvas, an ImageData or a
   *   picture is blank; ModelError when the answer is not finite
   */
  predict(input: Input): Prediction {
    const inputs = readInput(input, this.record);
    const answers = drain(this.#predictions(inputs));
    if (answers.length === 1) return answers[0]!;
    const mean = meanOf(answers.map(({ probabilities }) => probabilities));
    const frames = answers.map((_, i) => inputs.bytes(i, i + 1));
    return this.#answer(mean, frames, inputs.unlike(0));
  }

  /**
   * Reads a picture of several digits: a number, or a page of them. They are found, those that touch are
   * separated, and each is read, line by line. Needs a model of pictures of 28 × 28.
   *
   * @throws DataError when the picture is blank, or the model takes other inputs
   */
  async read(input: CanvasLike | ImageDataLike | Picture): Promise<ReadPage> {
    // A part of its own: who only asks for one digit does not load it.
    const { readPage } = await loadPart(import('./read-page.js'));
    return readPage(this, pictureFrom(input), (probabilities, frames) => this.#answer(probabilities, frames));
  }

  /**
   * The answers for many rows of numbers, or of pixels: the same as of `predict` for each. The thread
   * waits for them; `predictAllAsync` lets others work.
   *
   * @param rows an array of rows, or all numbers one row after the other
   * @throws DataError that names the first row that this model does not take
   */
  predictAll(rows: Rows): Prediction[] {
    return drain(this.#predictions(readInputs(rows, this.record)));
  }

  /**
   * The same answers, computed in slices of a few milliseconds, so that a page stays responsive.
   *
   * @throws DataError that names the first row that this model does not take
   */
  async predictAllAsync(rows: Rows): Promise<Prediction[]> {
    const block = examplesOfSlice(this.network);
    return drainInSlices(this.#predictions(readInputs(rows, this.record), block), () => undefined);
  }

  /**
   * Accuracy, loss, confusions and mistakes on examples with labels. The thread waits for them;
   * `evaluateAsync` lets others work.
   *
   * @throws DataError when a row or a label is none that this model knows
   */
  evaluate(dataset: Dataset): Evaluation;
  evaluate(rows: Rows, labels: Labels): Evaluation;
  evaluate(data: Dataset | Rows, labels?: Labels): Evaluation {
    return drain(this.#evaluation(data, labels));
  }

  /**
   * The same evaluation, computed in slices of a few milliseconds, so that a page stays responsive.
   *
   * @throws DataError when a row or a label is none that this model knows
   */
  async evaluateAsync(dataset: Dataset): Promise<Evaluation>;
  async evaluateAsync(rows: Rows, labels: Labels): Promise<Evaluation>;
  async evaluateAsync(data: Dataset | Rows, labels?: Labels): Promise<Evaluation> {
    const block = examplesOfSlice(this.network);
    return drainInSlices(this.#evaluation(data, labels, block), () => undefined);
  }

  /**
   * The activations of each hidden layer for one input: `activations(input)[0]` has one number for
   * each unit of the first hidden layer.
   *
   * @throws DataError when the input is none that this model takes
   */
  activations(input: Input): number[][] {
    const { network, record } = this;
    const [only] = computeInBlocks(network, readInput(input, record), record.pixelScale);
    return only!.A.slice(1, -1).map((layer) => column(layer, 0));
  }

  /**
   * The model as the bytes of a `.safetensors` file, which `loadModel` and the command read.
   *
   * @param training whether the file also holds what the optimizer remembers, so that training can go
   *   on where it ended; default true. Without it, the file is up to three times smaller.
   */
  save({ training = true }: { training?: boolean } = {}): Uint8Array {
    const { network, record } = this;
    return encodeModel({ network, record, ...(training && this.training && { training: this.training }) });
  }

  /**
   * @param frames of the picture that the answer is about
   * @param unlike how the input differs from what the network knows, if it does
   */
  #answer(probabilities: readonly number[], frames: readonly Uint8Array[], unlike?: string): Prediction {
    const answer = argmax(probabilities);
    return {
      label: this.classes[answer]!,
      probability: probabilities[answer]!,
      probabilities,
      ...this.#judge(probabilities, frames, unlike),
    };
  }

  /** Yields after each block. */
  *#predictions(inputs: InputBytes, block?: number): Generator<void, Prediction[]> {
    const { network, record } = this;
    const predictions: Prediction[] = [];
    for (const { A, start } of computeInBlocks(network, inputs, record.pixelScale, block)) {
      const answers = A.at(-1)!;
      const bytes = inputs.bytes(start, start + answers.cols);
      const size = bytes.length / answers.cols;
      for (let j = 0; j < answers.cols; j++) {
        const probabilities = column(answers, j);
        requireFiniteAnswers(probabilities, probabilities.length);
        const pixels = bytes.subarray(j * size, (j + 1) * size);
        predictions.push(this.#answer(probabilities, [pixels], inputs.unlike(start + j)));
      }
      yield;
    }
    return predictions;
  }

  /** Yields after each block. */
  *#evaluation(data: Dataset | Rows, given?: Labels, block?: number): Generator<void, Evaluation> {
    const { network, record } = this;
    const dataset = data instanceof Dataset ? data : yield* this.#datasetOf(data, given!, block);
    const { length, inputs } = dataset;
    const count = this.classes.length;
    const bytes = (from: number, to: number) => {
      const pixels = new Uint8Array((to - from) * inputs);
      for (let i = from; i < to; i++) pixels.set(dataset.pixels(i), (i - from) * inputs);
      return pixels;
    };
    const probabilities = new Float32Array(length * count);
    const losses = new Float32Array(length);
    const classes = new Uint8Array(length);
    for (const { Z, A, start } of computeInBlocks(network, { length, bytes }, record.pixelScale, block)) {
      const answers = A.at(-1)!;
      const labels = Array.from({ length: answers.cols }, (_, j) => dataset.label(start + j));
      losses.set(network.output.losses(Z.at(-1)!, oneHot(labels, count)), start);
      for (let j = 0; j < answers.cols; j++) {
        classes[start + j] = mostLikely(answers, j);
        probabilities.set(column(answers, j), (start + j) * count);
      }
      yield;
    }
    requireFiniteAnswers(probabilities, count);
    requireFiniteAnswers(losses, 1);
    return compareAnswers(dataset, { probabilities, losses, classes });
  }

  *#datasetOf(rows: Rows, given: Labels, block?: number): Generator<void, Dataset> {
    const { width, height, classNames } = this.record;
    const { length, bytes } = readInputs(rows, this.record);
    const { labels } = readLabels(given, classNames);
    requireOneForEachRow(length, labels.length);
    const pixels = new Uint8Array(length * width * height);
    for (let start = 0; start < length; start += block ?? length) {
      pixels.set(bytes(start, Math.min(length, start + (block ?? length))), start * width * height);
      yield;
    }
    return new Dataset({ pixels, labels, width, height, classNames });
  }
}

function column({ rows, cols, data }: Matrix, j: number): number[] {
  return Array.from({ length: rows }, (_, i) => data[i * cols + j]!);
}
