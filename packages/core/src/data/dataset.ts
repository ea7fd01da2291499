import { DataError, written } from '../errors.js';
import { createRandom, permutation } from '../random.js';
import { classNamesProblem } from './class-names.js';
import type { Feature } from './feature.js';
import type { DataOrigin } from './origin.js';

/** The examples of a dataset. */
export interface DatasetOptions {
  /**
   * One byte per pixel, row by row, example after example: `length × width × height` bytes. Not
   * copied.
   */
  readonly pixels: Uint8Array;
  /** One byte per example: the index of its class. Not copied. */
  readonly labels: Uint8Array;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows of a picture. */
  readonly height: number;
  /** Default: `'0'` … `'9'`, or more if the highest label needs them. */
  readonly classNames?: readonly string[];
  /** For a table: its columns, one for each pixel. */
  readonly features?: readonly Feature[];
  /** How the examples came from a file, where it does not speak for itself. */
  readonly origin?: DataOrigin;
  /**
   * How much each example counts in training: a number from 0, by which its loss and gradient are
   * multiplied. They are used as they are, and are not divided by their mean. By default every
   * example counts 1. Evaluations count every example the same. Not copied.
   */
  readonly weights?: Float32Array;
}

/**
 * Pictures with labels. Pixels and labels stay as they are, as bytes. Selecting, splitting and
 * shuffling return views: only the order is copied.
 */
export class Dataset {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows of a picture. */
  readonly height: number;
  /** The names of the classes, in the order of their numbers. */
  readonly classNames: readonly string[];
  /** For a table: its columns, one for each pixel. Pictures have none. */
  readonly features?: readonly Feature[];
  /** How the examples came from a file, where it does not speak for itself. */
  readonly origin?: DataOrigin;
  readonly #pixels: Uint8Array;
  readonly #labels: Uint8Array;
  /** The weight of each example, in the order of this view. */
  #weights: Float32Array | undefined;
  readonly #order: Uint32Array | undefined;

  /**
   * @throws DataError if the number of bytes or weights does not fit the sizes, a label has no class name,
   *   or a weight is negative or not finite
   */
  constructor(
    { pixels, labels, width, height, classNames, features, origin, weights }: DatasetOptions,
    order?: Uint32Array,
  ) {
    checkBytes('pixels', pixels);
    checkBytes('labels', labels);
    if (pixels.length !== labels.length * width * height) {
      throw new DataError(
        `expected ${labels.length} pictures of ${width} × ${height} (${labels.length * width * height} bytes), found ${pixels.length} bytes`,
      );
    }
    const problem = classNames && !order ? classNamesProblem(classNames) : undefined;
    if (problem) throw new DataError(`classNames: ${problem}`);
    const highest = order ? 0 : labels.reduce((max, label) => Math.max(max, label), 0);
    this.classNames = classNames ?? Array.from({ length: Math.max(10, highest + 1) }, (_, c) => String(c));
    if (highest >= this.classNames.length) {
      const example = labels.findIndex((label) => label >= this.classNames.length);
      throw new DataError(
        `example ${example}: label ${labels[example]} is not one of the ${this.classNames.length} classes`,
      );
    }
    this.width = width;
    this.height = height;
    if (features) this.features = features;
    if (origin) this.origin = origin;
    this.#pixels = pixels;
    this.#labels = labels;
    if (weights) checkWeights(weights, labels.length);
    this.#weights = weights && order ? Float32Array.from(order, (at) => weights[at]!) : weights;
    this.#order = order;
  }

  /** How many examples there are. */
  get length(): number {
    return (this.#order ?? this.#labels).length;
  }

  /** Pixels per picture: the size of the network's input. */
  get inputs(): number {
    return this.width * this.height;
  }

  /** The pixels of example i, row by row, 0–255. This is a view: do not change it. */
  pixels(i: number): Uint8Array {
    const at = this.#at(i) * this.inputs;
    return this.#pixels.subarray(at, at + this.inputs);
  }

  /** The class of example i. */
  label(i: number): number {
    return this.#labels[this.#at(i)]!;
  }

  /** Whether examples may count differently in training. */
  get isWeighted(): boolean {
    return this.#weights !== undefined;
  }

  /** How much example i counts in training: 1 in a dataset without weights. */
  weight(i: number): number {
    this.#at(i);
    return this.#weights ? this.#weights[i]! : 1;
  }

  /**
   * The same examples, each with the weight at its index: how much it counts in training.
   *
   * @throws DataError if there is not one weight for each example, or one is negative or not finite
   */
  withWeights(weights: ArrayLike<number>): Dataset {
    checkWeights(weights, this.length);
    return this.#view(this.#order, Float32Array.from(weights));
  }

  /** The same examples, with what is known of the file that they came from. */
  withOrigin(origin: DataOrigin): Dataset {
    const { width, height, classNames, features } = this;
    const own = { pixels: this.#pixels, labels: this.#labels, width, height, classNames, origin };
    const view = new Dataset({ ...own, ...(features && { features }) }, this.#order);
    view.#weights = this.#weights;
    return view;
  }

  /** The examples with these indices, in this order. */
  select(indices: ArrayLike<number>): Dataset {
    return this.#view(
      Uint32Array.from(indices, (i) => this.#at(i)),
      this.#weights && Float32Array.from(indices, (i) => this.#weights![i]!),
    );
  }

  /** The examples from `start` up to, but not including, `end`. */
  slice(start: number, end: number): Dataset {
    const from = Math.min(start, this.length);
    return this.select(
      Uint32Array.from({ length: Math.max(0, Math.min(end, this.length) - from) }, (_, i) => from + i),
    );
  }

  /** The same examples, shuffled. The seed decides the order; default 1. */
  shuffle({ seed = 1 }: { seed?: number } = {}): Dataset {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new DataError(`seed: expected an integer from 0, found ${written(seed)}`);
    }
    return this.select(permutation(this.length, createRandom(seed, 'split')));
  }

  /**
   * Shuffles the examples by the seed and holds out the first `dev` of them. The rest is for
   * training.
   *
   * @param options `dev`: how many examples are held out, or which share of all, less than 1;
   *   `seed`: default 1
   * @throws DataError if nothing would be left to train on
   */
  split({ dev, seed = 1 }: { dev: number; seed?: number }): { training: Dataset; dev: Dataset } {
    const held = heldOut(dev, this.length);
    const shuffled = this.shuffle({ seed });
    return { training: shuffled.slice(held, this.length), dev: shuffled.slice(0, held) };
  }

  #view(order: Uint32Array | undefined, weights: Float32Array | undefined): Dataset {
    const view = new Dataset(
      {
        pixels: this.#pixels,
        labels: this.#labels,
        width: this.width,
        height: this.height,
        classNames: this.classNames,
        ...(this.features && { features: this.features }),
        ...(this.origin && { origin: this.origin }),
      },
      order,
    );
    view.#weights = weights;
    return view;
  }

  #at(i: number): number {
    if (!(Number.isInteger(i) && i >= 0 && i < this.length)) {
      throw new DataError(`example ${i}: expected an index from 0 to ${this.length - 1}`);
    }
    return this.#order ? this.#order[i]! : i;
  }
}

/** @throws DataError if there is not one weight for each example, or one is negative or not finite */
function checkWeights(weights: ArrayLike<number>, examples: number): void {
  if (weights.length !== examples) {
    throw new DataError(`expected ${examples} weights, one for each example, found ${weights.length}`);
  }
  for (let i = 0; i < examples; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && Number.isFinite(Math.fround(weight)))) {
      throw new DataError(`example ${i}: its weight must be a number from 0, found ${weight}`);
    }
  }
}

/**
 * How many of so many examples are held out.
 *
 * @param dev their number, or a share of all, less than 1
 * @throws DataError if it is neither, or nothing would be left to train on
 */
export function heldOut(dev: number, length: number): number {
  const held = dev > 0 && dev < 1 ? Math.round(dev * length) : dev;
  if (!(Number.isInteger(held) && held >= 0)) {
    throw new DataError(
      `dev: expected a number of examples, or a share of them less than 1, found ${dev === undefined ? 'nothing' : written(dev)}`,
    );
  }
  if (held >= length) {
    throw new DataError(
      `cannot hold out ${held} of ${length} examples for dev: none would be left to train on`,
    );
  }
  return held;
}

/** In JavaScript anything can be given. Numbers from 0 to 1 would be zeros as bytes. */
function checkBytes(what: 'pixels' | 'labels', bytes: unknown): void {
  const kind = Object.prototype.toString.call(bytes).slice(8, -1);
  if (kind === 'Uint8Array' || kind === 'Uint8ClampedArray') return;
  const advice =
    what === 'pixels'
      ? ', one byte a pixel, 0–255. To train on other numbers, give them to fit()'
      : ', the index of each example’s class. To train on words or other numbers, give them to fit()';
  throw new DataError(
    `${what}: expected a Uint8Array${advice}: found ${bytes === undefined ? 'nothing' : kind}`,
  );
}
