import { DataError } from '../errors.js';
import { createRandom, permutation } from '../random.js';
import type { Feature } from './feature.js';

export interface DatasetOptions {
  /**
   * One byte per pixel, row by row, example after example: `length × width × height` bytes. Not
   * copied.
   */
  readonly pixels: Uint8Array;
  /** One byte per example: the index of its class. Not copied. */
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Default: `'0'` … `'9'`, or more if the highest label needs them. */
  readonly classNames?: readonly string[];
  /** For a table: its columns, one for each pixel. */
  readonly features?: readonly Feature[];
}

/**
 * Pictures with labels. Pixels and labels stay as they are, as bytes. Selecting, splitting and
 * shuffling return views: only the order is copied.
 */
export class Dataset {
  readonly width: number;
  readonly height: number;
  readonly classNames: readonly string[];
  /** For a table: its columns, one for each pixel. Pictures have none. */
  readonly features?: readonly Feature[];
  readonly #pixels: Uint8Array;
  readonly #labels: Uint8Array;
  readonly #order: Uint32Array | undefined;

  /** @throws DataError if the number of bytes does not fit the sizes, or a label has no class name */
  constructor({ pixels, labels, width, height, classNames, features }: DatasetOptions, order?: Uint32Array) {
    if (pixels.length !== labels.length * width * height) {
      throw new DataError(
        `expected ${labels.length} pictures of ${width} × ${height} (${labels.length * width * height} bytes), found ${pixels.length} bytes`,
      );
    }
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
    this.#pixels = pixels;
    this.#labels = labels;
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

  /** The examples with these indices, in this order. */
  select(indices: ArrayLike<number>): Dataset {
    return new Dataset(
      {
        pixels: this.#pixels,
        labels: this.#labels,
        width: this.width,
        height: this.height,
        classNames: this.classNames,
        ...(this.features ? { features: this.features } : {}),
      },
      Uint32Array.from(indices, (i) => this.#at(i)),
    );
  }

  /** The examples from `start` up to, but not including, `end`. */
  slice(start: number, end: number): Dataset {
    const from = Math.min(start, this.length);
    return this.select(
      Uint32Array.from({ length: Math.max(0, Math.min(end, this.length) - from) }, (_, i) => from + i),
    );
  }

  /** The same examples, shuffled. The seed decides the order. */
  shuffle({ seed }: { seed: number }): Dataset {
    return this.select(permutation(this.length, createRandom(seed, 'split')));
  }

  /**
   * Shuffles the examples by the seed and holds out the first `dev` of them. The rest is for
   * training.
   *
   * @throws DataError if nothing would be left to train on
   */
  split({ dev, seed }: { dev: number; seed: number }): { training: Dataset; dev: Dataset } {
    if (dev >= this.length) {
      throw new DataError(
        `cannot hold out ${dev} of ${this.length} examples for dev: none would be left to train on`,
      );
    }
    const shuffled = this.shuffle({ seed });
    return { training: shuffled.slice(dev, this.length), dev: shuffled.slice(0, dev) };
  }

  #at(i: number): number {
    if (!(Number.isInteger(i) && i >= 0 && i < this.length)) {
      throw new DataError(`example ${i}: expected an index from 0 to ${this.length - 1}`);
    }
    return this.#order ? this.#order[i]! : i;
  }
}
