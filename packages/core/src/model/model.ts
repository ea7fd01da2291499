import { Dataset } from '../data/dataset.js';
import { oneHot } from '../data/design-matrix.js';
import { compareAnswers, type Evaluation } from '../evaluation/evaluation.js';
import { encodeModel, type ModelFile, type ModelRecord, type TrainingState } from '../formats/model.js';
import { mostLikely } from '../maths/argmax.js';
import { requireFiniteAnswers } from '../maths/finite-answers.js';
import type { Matrix } from '../maths/matrix.js';
import type { Network } from '../maths/network.js';
import type { Step } from '../training/training-run.js';
import { computeInBlocks } from './compute.js';
import { type Input, readInput, readInputs } from './input.js';
import { classesOf, type Label } from './label.js';
import { type Labels, readLabels, requireOneForEachRow } from './labels.js';
import { type Prediction, predictionOf } from './prediction.js';
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
  /** What a person should know of how its file was read, a sentence each. */
  readonly notes?: readonly string[];

  constructor({ network, record, training, notes, history = [] }: ModelParts) {
    this.network = network;
    this.record = record;
    if (training) this.training = training;
    if (notes) this.notes = notes;
    this.classes = classesOf(record);
    this.history = history;
  }

  /**
   * The answer for one input.
   *
   * @throws DataError when the input is none that this model takes, or a picture is blank; ModelError when the
   *   answer is not finite
   */
  predict(input: Input): Prediction {
    const { bytes, unlike } = readInput(input, this.record);
    return this.#predictions(bytes, unlike)[0]!;
  }

  /**
   * The answers for many rows of numbers, or of pixels: the same as of `predict` for each.
   *
   * @param rows an array of rows, or all numbers one row after the other
   * @throws DataError that names the first row that this model does not take
   */
  predictAll(rows: Rows): Prediction[] {
    const { bytes, unlike } = readInputs(rows, this.record);
    return this.#predictions(bytes, unlike);
  }

  /**
   * Accuracy, loss, confusions and mistakes on examples with labels.
   *
   * @throws DataError when a row or a label is none that this model knows
   */
  evaluate(dataset: Dataset): Evaluation;
  evaluate(rows: Rows, labels: Labels): Evaluation;
  evaluate(data: Dataset | Rows, labels?: Labels): Evaluation {
    const dataset = data instanceof Dataset ? data : this.#datasetOf(data, labels!);
    const { length, inputs } = dataset;
    const count = this.classes.length;
    const bytes = new Uint8Array(length * inputs);
    for (let i = 0; i < length; i++) bytes.set(dataset.pixels(i), i * inputs);
    const probabilities = new Float32Array(length * count);
    const losses = new Float32Array(length);
    const classes = new Uint8Array(length);
    computeInBlocks(this.network, bytes, this.record.pixelScale, ({ Z, A }, start) => {
      const answers = A.at(-1)!;
      const labelsOfBlock = Array.from({ length: answers.cols }, (_, j) => dataset.label(start + j));
      losses.set(this.network.output.losses(Z.at(-1)!, oneHot(labelsOfBlock, count)), start);
      for (let j = 0; j < answers.cols; j++) {
        classes[start + j] = mostLikely(answers, j);
        probabilities.set(column(answers, j), (start + j) * count);
      }
    });
    requireFiniteAnswers(probabilities, count);
    requireFiniteAnswers(losses, 1);
    return compareAnswers(dataset, { probabilities, losses, classes });
  }

  /**
   * The activations of each hidden layer for one input: `activations(input)[0]` has one number for
   * each unit of the first hidden layer.
   *
   * @throws DataError when the input is none that this model takes
   */
  activations(input: Input): number[][] {
    let hidden: number[][] = [];
    computeInBlocks(this.network, readInput(input, this.record).bytes, this.record.pixelScale, ({ A }) => {
      hidden = A.slice(1, -1).map((layer) => column(layer, 0));
    });
    return hidden;
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

  #predictions(bytes: Uint8Array, unlike: (example: number) => string | undefined): Prediction[] {
    const predictions: Prediction[] = [];
    computeInBlocks(this.network, bytes, this.record.pixelScale, ({ A }, start) => {
      const answers = A.at(-1)!;
      for (let j = 0; j < answers.cols; j++) {
        const probabilities = column(answers, j);
        requireFiniteAnswers(probabilities, probabilities.length);
        predictions.push(predictionOf(probabilities, this.classes, unlike(start + j)));
      }
    });
    return predictions;
  }

  #datasetOf(rows: Rows, given: Labels): Dataset {
    const { width, height, classNames } = this.record;
    const { bytes } = readInputs(rows, this.record);
    const { labels } = readLabels(given, classNames);
    requireOneForEachRow(bytes.length / (width * height), labels.length);
    return new Dataset({ pixels: bytes, labels, width, height, classNames });
  }
}

function column({ rows, cols, data }: Matrix, j: number): number[] {
  return Array.from({ length: rows }, (_, i) => data[i * cols + j]!);
}
