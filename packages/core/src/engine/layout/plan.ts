import type { TrainingConfiguration } from './training-configuration.js';

/** Examples worked on together: forward, loss and backward while they are in cache. Also the most a run's index can count. */
export const BLOCK_EXAMPLES = 256;

/** Bytes between the rows of a block's matrices: an odd number of cache lines, so that rows do not fall on each other. */
export const LD = BLOCK_EXAMPLES * 4 + 64;

/** Bytes of a group of a run (kernels/gather.ts). */
export const GROUP_BYTES = 12;

/** The largest whole number of 16 bits. 256 times it and the largest byte, as a block has them, stay in 32. */
export const MAX_INT16 = 32767;

/** The kernel code of the identity: the sums stay as they are. */
export const NO_ACTIVATION = 0;

/**
 * Some units of the first layer: their weights as rows, one a pixel, of 2, 3 or 8 vectors of four floats, so that a pass
 * over the ink keeps the units' sums in registers.
 */
export interface Slab {
  readonly vectors: 2 | 3 | 8;
  readonly firstUnit: number;
  /** Bytes of a row, here and in the block's sums and dZ: 16 · vectors. */
  readonly rowBytes: number;
  /** Where its weights begin in the parameters; one row a pixel. */
  readonly offset: number;
}

/** A layer after the first: W row by row, rows padded to 8 floats. */
export interface DenseLayer {
  readonly units: number;
  readonly inputs: number;
  /** Where W and b begin in the parameters. */
  readonly W: number;
  readonly b: number;
  /** Bytes between rows of W. */
  readonly ldW: number;
}

/** Rows of parameters of one kind. */
export interface Region {
  readonly offset: number;
  /** Bytes between rows, which fill them. */
  readonly ld: number;
  readonly rows: number;
  /** Floats of a row that are parameters; what is left fills it up. */
  readonly cols: number;
  readonly isBias: boolean;
  /** What dW is multiplied by that X, being the bytes themselves, is not. */
  readonly scale: number;
}

/** Where everything of a network lies. Gradients have the layout of the parameters. Offsets and sizes in bytes. */
export interface Plan {
  readonly sizes: readonly number[];
  /** The kernel code of each layer's activation; the identity for the last, which has none. */
  readonly activationCodes: readonly number[];
  readonly slabs: readonly Slab[];
  readonly firstBias: number;
  readonly dense: readonly DenseLayer[];
  /** All of the parameters, in their order. */
  readonly regions: readonly Region[];
  /** W1 takes the first `firstBytes` of the parameters' `bytes`. */
  readonly firstBytes: number;
  readonly bytes: number;
  /** What an index of an example's run counts: bytes of a row, or rows (1). */
  readonly pixelStep: number;
  /** The same for a pixel's run. */
  readonly exampleStep: number;
  readonly pixelScale: number;
  /** The same in training, where pixels that drop out leave the others larger. */
  readonly trainingScale: number;
  readonly training: TrainingConfiguration;
  /** Whether a batch is made of its pictures anew each time: distorted, or without some pixels. */
  readonly augments: boolean;
  /** Whether the first layer of a pass over all the data works in whole numbers (kernels/quads.ts). */
  readonly quantizes: boolean;
  /** Whether the sign of the first layer's sums decides g′, so that sums near 0 must be exact. */
  readonly firstHasKink: boolean;
  /** Whether g′(Z) of the hidden layers is kept on the way forward (kernels/dropout.ts). */
  readonly keepsDerivatives: boolean;
}

/** Parameters up to which a pass over all the data keeps a gradient for each group: 256 kB times GROUPS. */
export const MAX_GROUPED_BYTES = 262144;

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
