/** Packed examples, as addresses. */
export interface PackedExamples {
  readonly length: number;
  /** Begin and end of each example's run, and blank ones up to a multiple of 8; 0 while there are none, as are the labels. */
  readonly sparseRows: number;
  readonly labels: number;
  /** The pictures themselves, one after the other, where batches are made anew of them; else 0. */
  readonly pictures: number;
  /** The pixels' runs of every block of 256 examples, one table after the other; 0 while there are none. */
  readonly transposedRows: number;
  /** The same in quads, for passes in whole numbers; none while there are none. */
  readonly blocks2x2: Blocks2x2 | undefined;
}

/** Examples in quads (kernels/quads.ts): in every block of 256 they are in another order. */
export interface Blocks2x2 {
  /** The runs of the pairs of examples, 128 a block. */
  readonly pairRows: number;
  /** The runs of the pairs of pixels of every block, one table after the other. */
  readonly transposedRows: number;
  readonly labels: number;
  /** The most that the bytes of an example rise and fall from each pixel to the next, in all. */
  readonly maxVariation: number;
  /** The largest whole number of a weight with which no sum leaves 32 bits. */
  readonly maxWeight: number;
}

export interface Batch {
  readonly from: number;
  readonly to: number;
  /** The learning rate of the update before it. */
  readonly alpha: number;
}

/** What all threads of a team do together. Everything in it is a number, so that it can be sent. */
export type Command =
  | {
      readonly type: 'descend';
      readonly examples: PackedExamples;
      readonly batches: readonly Batch[];
      /** Updates before the first batch, the one that waits not counted. */
      readonly updates: number;
      /** The update from which on the mean of the parameters is kept, counted from 0. */
      readonly averageFrom: number;
      /** Where the order lies in which `batches` counts, as 32-bit integers, or 0 for as they were loaded. */
      readonly order: number;
      /** Examples of the batch whose gradient waits to be applied, or 0; and its loss. */
      readonly pendingExamples: number;
      readonly loss: number;
    }
  | {
      readonly type: 'measure';
      readonly examples: PackedExamples;
      /** Where each example's class (a byte), loss and probabilities (floats) go, or 0 when they are not wanted. */
      readonly classes: number;
      readonly losses: number;
      readonly probabilities: number;
      /** Whether the mean of the parameters is to answer. */
      readonly averaged: boolean;
    }
  | {
      readonly type: 'packBlocks';
      /** The pictures of some whole blocks, `stride` bytes apart, and how many. */
      readonly pictures: number;
      readonly stride: number;
      readonly count: number;
      /** Where each block's order goes, 257 integers of 16 bits, and what is told of it (lay.ts). */
      readonly order: number;
      readonly table: number;
      /** Where the tables of the blocks' runs go. */
      readonly pairRows: number;
      readonly transposedRows: number;
      /** Whether it is known how much each block takes. */
      readonly packs: boolean;
    }
  | {
      readonly type: 'update';
      readonly alpha: number;
      readonly updates: number;
      readonly averageFrom: number;
      readonly pendingExamples: number;
      readonly loss: number;
    };
