import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, LD, largestRowBytes, type Plan, roundUp } from './plan.js';

/** Groups that the sparse row of one pixel can have in a block of 256 examples. */
export const ROW_CAPACITY = BLOCK_EXAMPLES / 4;

/** Bytes of a band of a left-hand matrix, packed: 60 × 256 floats (kernels/multiply.ts). */
export const PACKED_BYTES = 4 * 60 * 256;

/** Examples that are augmented as one task. */
export const AUGMENTED_PER_TASK = 8;

/** 32-bit integers of a sample: the example's index, then the eight numbers of its affine map. */
export const SAMPLE_NUMBERS = 9;

/** Bytes that the kernels may read or write after the end of a picture. */
export const PAST_END = 16;

/**
 * The working memory of one block on its way forward and back. All numbers are addresses. Entry l
 * of `A`, `dZ` and `transposed` belongs to layer l + 1.
 */
export interface Scratch {
  /**
   * Sparse rows (begin, end), labels and weights of the block's examples, when a mini-batch collects
   * them.
   */
  readonly sparseRows: number;
  readonly labels: number;
  readonly weights: number;
  /** The most likely class of each example, a byte. */
  readonly answers: number;
  /** The loss of each example. */
  readonly losses: number;
  /** What label smoothing adds to the losses, or 0 without label smoothing. */
  readonly smoothingLosses: number;
  /** The block's sparse rows, transposed: one for each pixel. Begin and end of each. */
  readonly transposedRows: number;
  /** Their groups, `ROW_CAPACITY` for each pixel. */
  readonly transposedGroups: number;
  /** How many values each of them has so far. */
  readonly transposedFill: number;
  /** For each slab: its sums, and later its dZ, with an example a row. */
  readonly slabRows: readonly number[];
  /** The quantized first layer, in networks that quantize it. */
  readonly int16: Int16Buffers | undefined;
  /** Activations, a unit a row. */
  readonly A: readonly number[];
  /** dZ, a unit a row. The output layer's takes the place of its A. */
  readonly dZ: readonly number[];
  /** g′(Z) of the hidden layers, 0 for dropped units; a unit a row. Empty unless the plan keeps it. */
  readonly derivatives: readonly number[];
  /** In networks that augment their batches. */
  readonly augmentation: AugmentationBuffers | undefined;
  /** Aᵀ of the layer below, packed into panels, for dW of layer l + 1. Entry 0 is unused. */
  readonly transposed: readonly number[];
  /** What a product packs: `PACKED_BYTES` of its left-hand matrix, then the right-hand one in panels. */
  readonly panels: number;
}

/**
 * Rows of int16 numbers in pairs (kernels/int16-blocks.ts), and 12 scales, one for each unit:
 * number · scale is the float that was quantized.
 */
interface Int16Buffers {
  readonly W: number;
  readonly scalesOfW: number;
  readonly dZ: number;
  readonly scalesOfDZ: number;
}

/** Where the next block's examples are augmented. All numbers are addresses. */
interface AugmentationBuffers {
  /** Groups of the examples' sparse rows; each example has space for all its pixels. */
  readonly groups: number;
  /** Labels of the next block, until the current block no longer needs its own. */
  readonly labels: number;
  /** One augmented picture, and space to pack it. */
  readonly picture: number;
  /** The picture with a border, from which the augmented one is interpolated. */
  readonly frame: number;
  /** `SAMPLE_NUMBERS` for each example of a task. */
  readonly samples: number;
}

/**
 * Allocates the working memory of one block.
 *
 * @param learns whether the block also goes backward
 */
export function allocateScratch(memory: Memory, plan: Plan, learns: boolean): Scratch {
  const [inputs, ...units] = plan.sizes as [number, ...number[]];
  const last = units.length - 1;
  const take = (bytes: number) => memory.allocate(bytes, 'a block of examples');
  const takeIf = (needed: boolean, bytes: number) => (needed ? take(bytes) : 0);
  const rows = (count: number) => take((roundUp(count, 8) + 32) * LD);
  const A = units.map(rows);
  return {
    sparseRows: take(8 * (BLOCK_EXAMPLES + 8)),
    labels: take(BLOCK_EXAMPLES + 8),
    weights: takeIf(learns, 4 * (BLOCK_EXAMPLES + 8)),
    answers: take(BLOCK_EXAMPLES + 8),
    losses: take(4 * (BLOCK_EXAMPLES + 8)),
    smoothingLosses: takeIf(learns && plan.training.labelSmoothing > 0, 4 * (BLOCK_EXAMPLES + 8)),
    transposedRows: takeIf(learns, 8 * inputs),
    transposedGroups: takeIf(learns, inputs * ROW_CAPACITY * GROUP_BYTES),
    transposedFill: takeIf(learns, 4 * inputs),
    slabRows: plan.slabs.map(({ rowBytes }) => take(BLOCK_EXAMPLES * rowBytes)),
    int16: learns && plan.quantizes ? int16Buffers(inputs, take) : undefined,
    A,
    dZ: learns ? units.map((count, l) => (l === last ? A[l]! : rows(count))) : [],
    derivatives: learns && plan.keepsDerivatives ? units.slice(0, -1).map(rows) : [],
    augmentation: learns && plan.augments ? augmentationBuffers(plan, take) : undefined,
    transposed: learns ? units.map((_, l) => takeIf(l > 0, roundUp(units[l - 1] ?? 0, 8) * LD)) : [],
    panels: take(PACKED_BYTES + Math.max(...units) * BLOCK_EXAMPLES * 4),
  };
}

function int16Buffers(inputs: number, take: (bytes: number) => number): Int16Buffers {
  return {
    W: take(24 * roundUp(inputs, 2)),
    scalesOfW: take(48),
    dZ: take(24 * BLOCK_EXAMPLES),
    scalesOfDZ: take(48),
  };
}

function augmentationBuffers(plan: Plan, take: (bytes: number) => number): AugmentationBuffers {
  const inputs = plan.sizes[0]!;
  const { width, height } = plan.training.augmentation ?? { width: inputs, height: 1 };
  return {
    groups: take(BLOCK_EXAMPLES * largestRowBytes(inputs)),
    labels: take(BLOCK_EXAMPLES + 8),
    picture: take(4 * (inputs + PAST_END) + 64),
    frame: take(17 * (width + 4) * (height + 4) + 64),
    samples: take(4 * SAMPLE_NUMBERS * AUGMENTED_PER_TASK),
  };
}
