import { type AugmentationBuffers, allocateAugmentation } from '../passes/augment.js';
import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, LD, type Plan, roundUp } from './plan.js';

/** Groups of four that one pixel's run can take in a block. */
export const ROW_CAPACITY = BLOCK_EXAMPLES / 4;

/** A band of rows of a left-hand matrix, packed: 60 × 256 floats (kernels/multiply.ts). */
export const PACKED_BYTES = 4 * 60 * 256;

/** Where a block's quantities lie, as addresses. Entry l of `A`, `dZ` and `transposed` belongs to layer l + 1. */
export interface Scratch {
  /** Runs (begin, end) and labels of a block's examples, when they are collected. */
  readonly sparseRows: number;
  readonly labels: number;
  /** Most likely class and loss of each example. */
  readonly answers: number;
  readonly losses: number;
  /** The pixels' runs of the block: begin and end, the groups, and how far each is filled. */
  readonly transposedRows: number;
  readonly transposedGroups: number;
  readonly transposedFill: number;
  /** The first layer's sums, and later its dZ, with an example a row; one address a slab. */
  readonly exampleRows: readonly number[];
  /** The first layer in whole numbers, where it works in them: W, dZ, and what their steps are worth. */
  readonly int16: Int16Buffers | undefined;
  /** Activations, a unit a row. */
  readonly A: readonly number[];
  /** dZ, a unit a row; of the last layer in place of its A. */
  readonly dZ: readonly number[];
  /** g′(Z), with 0 for what dropped out, of hidden layers where it is kept; a unit a row. */
  readonly derivatives: readonly number[];
  /** What label smoothing adds to the losses, or 0 where it does not. */
  readonly smoothingLosses: number;
  /** Where batches are made anew, if they are. */
  readonly augmentation: AugmentationBuffers | undefined;
  /** A of the layer below, transposed and packed, for dW of layer l + 1; entry 0 is unused. */
  readonly transposed: readonly number[];
  /** What a product packs: `PACKED_BYTES` of its left-hand matrix, then the right-hand one in panels. */
  readonly panels: number;
}

/** Rows in whole numbers, two by two (kernels/quads.ts), and 12 floats that say what a step of each unit is worth. */
interface Int16Buffers {
  readonly W: number;
  readonly scalesOfW: number;
  readonly dZ: number;
  readonly scalesOfDZ: number;
}

/** Room for one block on its way forward and back, for one thread or for all together. */
export function allocateScratch(memory: Memory, plan: Plan, training: boolean): Scratch {
  const what = 'a block of examples';
  const [inputs, ...units] = plan.sizes as [number, ...number[]];
  const last = units.length - 1;
  const rows = (count: number) => memory.allocate((roundUp(count, 8) + 32) * LD, what);
  const A = units.map(rows);
  return {
    sparseRows: memory.allocate(8 * (BLOCK_EXAMPLES + 8), what),
    labels: memory.allocate(BLOCK_EXAMPLES + 8, what),
    answers: memory.allocate(BLOCK_EXAMPLES + 8, what),
    losses: memory.allocate(4 * (BLOCK_EXAMPLES + 8), what),
    transposedRows: training ? memory.allocate(8 * inputs, what) : 0,
    transposedGroups: training ? memory.allocate(inputs * ROW_CAPACITY * GROUP_BYTES, what) : 0,
    transposedFill: training ? memory.allocate(4 * inputs, what) : 0,
    exampleRows: plan.slabs.map(({ rowBytes }) => memory.allocate(BLOCK_EXAMPLES * rowBytes, what)),
    int16:
      training && plan.quantizes
        ? {
            W: memory.allocate(24 * roundUp(inputs, 2), what),
            scalesOfW: memory.allocate(48, what),
            dZ: memory.allocate(24 * BLOCK_EXAMPLES, what),
            scalesOfDZ: memory.allocate(48, what),
          }
        : undefined,
    A,
    dZ: training ? units.map((count, l) => (l === last ? A[l]! : rows(count))) : [],
    derivatives: training && plan.keepsDerivatives ? units.slice(0, -1).map(rows) : [],
    smoothingLosses:
      training && plan.training.labelSmoothing > 0 ? memory.allocate(4 * (BLOCK_EXAMPLES + 8), what) : 0,
    augmentation: training ? allocateAugmentation(memory, plan) : undefined,
    transposed: training
      ? units.map((_, l) => (l === 0 ? 0 : memory.allocate(roundUp(units[l - 1]!, 8) * LD, what)))
      : [],
    panels: memory.allocate(PACKED_BYTES + Math.max(...units) * BLOCK_EXAMPLES * 4, what),
  };
}
