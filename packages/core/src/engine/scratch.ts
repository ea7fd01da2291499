import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, LD, type Plan, roundUp } from './plan.js';
import { allocateMaking, type Making } from './remake.js';

/** Groups of four that one pixel's run can take in a block. */
export const RUN_CAPACITY = BLOCK_EXAMPLES / 4;

/** A band of rows of a left-hand matrix, packed: 60 × 256 floats (kernels/multiply.ts). */
export const PACKED_BYTES = 4 * 60 * 256;

/** Where a block's quantities lie, as addresses. Entry l of `A`, `dZ` and `transposed` belongs to layer l + 1. */
export interface Scratch {
  /** Runs (begin, end) and labels of a block's examples, when they are collected. */
  readonly runs: number;
  readonly labels: number;
  /** Most likely class and loss of each example. */
  readonly answers: number;
  readonly losses: number;
  /** The pixels' runs of the block: begin and end, the groups, and how far each is filled. */
  readonly pixelRuns: number;
  readonly pixelGroups: number;
  readonly pixelFill: number;
  /** The first layer's sums, and later its dZ, with an example a row; one address a slab. */
  readonly exampleRows: readonly number[];
  /** The first layer in whole numbers, where it works in them: W, dZ, and what their steps are worth. */
  readonly whole: Whole | undefined;
  /** Activations, a unit a row. */
  readonly A: readonly number[];
  /** dZ, a unit a row; of the last layer in place of its A. */
  readonly dZ: readonly number[];
  /** g′(Z), with 0 for what dropped out, of hidden layers where it is kept; a unit a row. */
  readonly slopes: readonly number[];
  /** What label smoothing adds to the losses, or 0 where it does not. */
  readonly moreLosses: number;
  /** Where batches are made anew, if they are. */
  readonly making: Making | undefined;
  /** A of the layer below, transposed and packed, for dW of layer l + 1; entry 0 is unused. */
  readonly transposed: readonly number[];
  /** What a product packs: `PACKED_BYTES` of its left-hand matrix, then the right-hand one in panels. */
  readonly panels: number;
}

/** Rows in whole numbers, two by two (kernels/quads.ts), and 12 floats that say what a step of each unit is worth. */
interface Whole {
  readonly W: number;
  readonly stepsOfW: number;
  readonly dZ: number;
  readonly stepsOfDZ: number;
}

/** Room for one block on its way forward and back, for one thread or for all together. */
export function allocateScratch(memory: Memory, plan: Plan, training: boolean): Scratch {
  const what = 'a block of examples';
  const [inputs, ...units] = plan.sizes as [number, ...number[]];
  const last = units.length - 1;
  const rows = (count: number) => memory.allocate((roundUp(count, 8) + 32) * LD, what);
  const A = units.map(rows);
  return {
    runs: memory.allocate(8 * (BLOCK_EXAMPLES + 8), what),
    labels: memory.allocate(BLOCK_EXAMPLES + 8, what),
    answers: memory.allocate(BLOCK_EXAMPLES + 8, what),
    losses: memory.allocate(4 * (BLOCK_EXAMPLES + 8), what),
    pixelRuns: training ? memory.allocate(8 * inputs, what) : 0,
    pixelGroups: training ? memory.allocate(inputs * RUN_CAPACITY * GROUP_BYTES, what) : 0,
    pixelFill: training ? memory.allocate(4 * inputs, what) : 0,
    exampleRows: plan.slabs.map(({ rowBytes }) => memory.allocate(BLOCK_EXAMPLES * rowBytes, what)),
    whole:
      training && plan.quantizes
        ? {
            W: memory.allocate(24 * roundUp(inputs, 2), what),
            stepsOfW: memory.allocate(48, what),
            dZ: memory.allocate(24 * BLOCK_EXAMPLES, what),
            stepsOfDZ: memory.allocate(48, what),
          }
        : undefined,
    A,
    dZ: training ? units.map((count, l) => (l === last ? A[l]! : rows(count))) : [],
    slopes: training && plan.keepsSlopes ? units.slice(0, -1).map(rows) : [],
    moreLosses: training && plan.rules.smoothing > 0 ? memory.allocate(4 * (BLOCK_EXAMPLES + 8), what) : 0,
    making: training ? allocateMaking(memory, plan) : undefined,
    transposed: training
      ? units.map((_, l) => (l === 0 ? 0 : memory.allocate(roundUp(units[l - 1]!, 8) * LD, what)))
      : [],
    panels: memory.allocate(PACKED_BYTES + Math.max(...units) * BLOCK_EXAMPLES * 4, what),
  };
}
