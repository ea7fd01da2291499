import type { TrainingConfiguration } from './training-configuration.js';

/**
 * Examples that go through the network together: a block. Forward, loss and backward of a block
 * all happen while its numbers are in the cache. Indices of examples within a block have 8 bits.
 */
export const BLOCK_EXAMPLES = 256;

/**
 * Bytes between the rows of a block's matrices (the leading dimension): an odd number of cache
 * lines, so that rows do not compete for the same lines of the cache.
 */
export const LD = BLOCK_EXAMPLES * 4 + 64;

/** Bytes of a group of a sparse row: four values and four indices (kernels/gather.ts). */
export const GROUP_BYTES = 12;

/**
 * The largest value of a quantized number. Its product with the largest byte, summed over the 256
 * examples of a block, stays within 32 bits.
 */
export const MAX_INT16 = 32767;

/** The kernel code of the identity: sums stay as they are. */
export const NO_ACTIVATION = 0;

/** The largest network (bytes of parameters) that keeps a gradient for each group of blocks. */
export const MAX_GROUPED_BYTES = 262144;

/**
 * Some units of the first layer. Their weights are stored as one row for each pixel, of 2, 3 or 8
 * vectors of four floats, so that the sums of all the slab's units stay in registers.
 */
export interface Slab {
  readonly vectors: 2 | 3 | 8;
  readonly firstUnit: number;
  /** Bytes of a row, in the weights and in the block's sums and dZ: 16 · vectors. */
  readonly rowBytes: number;
  /** Where its weights begin in the parameters. */
  readonly offset: number;
}

/** A layer after the first. W is stored row by row; rows are padded to a multiple of 8 floats. */
export interface DenseLayer {
  readonly units: number;
  readonly inputs: number;
  /** Where W and b begin in the parameters. */
  readonly W: number;
  readonly b: number;
  /** Bytes between the rows of W. */
  readonly ldW: number;
}

/** A matrix of parameters: the weights of a slab or a layer, or the biases of a layer. */
export interface Region {
  readonly offset: number;
  /** Bytes of a row, padding included. */
  readonly ld: number;
  readonly rows: number;
  /** Floats of a row that are parameters. The rest is padding. */
  readonly cols: number;
  readonly isBias: boolean;
  /**
   * The factor that the sums of the backward pass lack. For W¹ it is the pixel scale, because X
   * holds bytes; for everything else it is 1.
   */
  readonly scale: number;
}

/** Some rows of a region, which one thread updates as one task: `offset` and `rows` are its own. */
export interface UpdatePart extends Region {
  readonly bytes: number;
}

/**
 * The plan of a network: where each parameter is stored, and how the network is computed. All
 * offsets and sizes are in bytes. Gradients and the optimizer's state have the same layout.
 */
export interface Plan {
  /** Units of each layer, the inputs first. */
  readonly sizes: readonly number[];
  /** The kernel code of each layer's activation; `NO_ACTIVATION` for the output layer. */
  readonly activationCodes: readonly number[];
  readonly slabs: readonly Slab[];
  /** Where b¹ begins. */
  readonly firstBias: number;
  readonly dense: readonly DenseLayer[];
  /** All the parameters, in their order. */
  readonly regions: readonly Region[];
  /** The same, divided into tasks for an update; the same for any number of threads. */
  readonly updateParts: readonly UpdatePart[];
  /** Size of all the parameters. */
  readonly bytes: number;
  /** What an index in an example's sparse row counts: bytes of a row of W¹, or rows (1). */
  readonly pixelStep: number;
  /** The same for a pixel's row, whose indices find rows of dZ¹. */
  readonly exampleStep: number;
  /** The factor that turns a byte into an input. */
  readonly pixelScale: number;
  /** The same in training, where input dropout enlarges the pixels that it keeps. */
  readonly trainingScale: number;
  readonly training: TrainingConfiguration;
  /** Whether each batch is made from its pictures again: augmented, or with input dropout. */
  readonly augments: boolean;
  /** Whether full-batch passes compute the first layer in int16 (kernels/int16-blocks.ts). */
  readonly quantizes: boolean;
  /** Whether g′ of the first layer jumps at 0, so that sums near 0 are recomputed in floats. */
  readonly firstHasKink: boolean;
  /** Whether the forward pass stores g′(Z) of the hidden layers (kernels/dropout.ts). */
  readonly keepsDerivatives: boolean;
}

/** The bytes of the largest sparse row of a picture. */
export function largestRowBytes(inputs: number): number {
  return Math.ceil(inputs / 4) * GROUP_BYTES;
}

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
