/** Examples as the kernels read them. All numbers but the first are addresses; 0 stands for none. */
export interface PackedExamples {
  /** How many examples there are. */
  readonly length: number;
  /** The sparse row (begin, end) of each example, then blank ones up to a multiple of 8. */
  readonly sparseRows: number;
  readonly labels: number;
  /** The weight of each example in training (floats), or 0 if they all count the same. */
  readonly weights: number;
  /** The pictures themselves, one after the other, in networks that augment their batches. */
  readonly pictures: number;
  /** For full-batch passes: the transposed rows, one for each pixel, of every block of 256 examples. */
  readonly transposedRows: number;
  /** For full-batch passes in int16. */
  readonly blocks2x2: Blocks2x2 | undefined;
}

/**
 * Examples in 2 × 2 blocks: two neighboring pixels of two examples (kernels/int16-blocks.ts). Within
 * each block of 256 examples, the examples are in another order.
 */
export interface Blocks2x2 {
  /** The row of each pair of examples, 128 for each block of examples. */
  readonly pairRows: number;
  /** The transposed rows, one for each pair of pixels, of every block of examples. */
  readonly transposedRows: number;
  readonly labels: number;
  readonly weights: number;
  /**
   * The largest total variation of an example: the sum of the differences between each pixel and
   * the one before it.
   */
  readonly maxVariation: number;
  /** The largest int16 weight with which no sum exceeds 32 bits. */
  readonly maxWeight: number;
}

/** Packed examples, and every address that was allocated for them. */
export interface AllocatedExamples extends PackedExamples {
  readonly allocated: readonly number[];
}

/**
 * Bytes of the header of a block of examples that is packed into 2 × 2 blocks. It has four 32-bit
 * integers: the bytes of the block's rows, the address where they go (their transposed rows follow
 * them), the largest sum of an example's pixels, and the largest total variation of an example.
 */
export const BLOCK_HEADER_BYTES = 16;

/**
 * The command to pack some blocks of 256 examples into 2 × 2 blocks, which all threads share. It is
 * given twice: the first time measures how many bytes each block needs, the second time packs.
 */
export interface PackBlocksCommand {
  readonly type: 'packBlocks';
  /** The pictures, `stride` bytes apart, and how many. */
  readonly pictures: number;
  readonly stride: number;
  readonly count: number;
  /** Where each block's order of examples goes: 257 integers of 16 bits. */
  readonly order: number;
  /** The header of each block. */
  readonly headers: number;
  /** Where begin and end of the rows go. */
  readonly pairRows: number;
  readonly transposedRows: number;
  /** False the first time, true the second. */
  readonly packs: boolean;
}
