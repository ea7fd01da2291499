import { createRandom, permutation, type Random } from '../random.js';

/** The order in which mini-batches take the examples: shuffled by the seed for each epoch. */
export class EpochOrder {
  readonly #length: number;
  readonly #batchesPerEpoch: number;
  readonly #random: Random;
  #order: Uint32Array | undefined;
  /** How many epochs were shuffled so far. */
  #epochs = 0;

  constructor(length: number, batchesPerEpoch: number, seed: number) {
    this.#length = length;
    this.#batchesPerEpoch = batchesPerEpoch;
    this.#random = createRandom(seed, 'batches');
  }

  /** The order in the epoch of this iteration, never an earlier one than before. Full batches have none. */
  at(iteration: number): Uint32Array | undefined {
    if (this.#batchesPerEpoch === 1) return undefined;
    for (; this.#epochs * this.#batchesPerEpoch <= iteration; this.#epochs++) {
      this.#order = permutation(this.#length, this.#random);
    }
    return this.#order;
  }
}
