import { augmentationKey } from '../../data/augmentation/affine-map.js';
import type { Augmentation } from '../../data/augmentation/augmentation.js';
import {
  createDisplacementField,
  displacementFieldSize,
} from '../../data/augmentation/displacement-field.js';
import { dropoutThreshold, hashSeed } from '../../random.js';
import type { Kernels } from '../bindings/kernels.js';
import type { WorkerContext } from '../layout/arena.js';
import type { Memory } from '../layout/memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, type Plan } from '../layout/plan.js';
import type { PackedExamples } from '../threads/command.js';
import type { Block } from './block.js';

/** Examples made as one task. */
export const EXAMPLES_PER_TASK = 8;

/** Numbers of an example as it is drawn: which picture, and its warp. */
const SAMPLE_NUMBERS = 9;

/** What the kernels read or write past a picture's end at most. */
const PAST_END = 16;

/** Displacements in memory. */
export interface DisplacementBuffer {
  readonly address: number;
  readonly size: number;
}

/** Where a block's batch is made of its pictures anew. All numbers are addresses. */
export interface AugmentationBuffers {
  /** Runs of the block's examples, each with room for all its pixels. */
  readonly sparseRows: number;
  /** Their labels, until the block before is done with its own. */
  readonly labels: number;
  /** A distorted picture and room for packing it, and what it is distorted in. */
  readonly picture: number;
  readonly frame: number;
  /** Which pictures, and what becomes of them. */
  readonly samples: number;
}

export function allocateAugmentation(memory: Memory, plan: Plan): AugmentationBuffers | undefined {
  if (!plan.augments) return undefined;
  const inputs = plan.sizes[0]!;
  const { width, height } = plan.training.distortion ?? { width: inputs, height: 1 };
  const what = 'a block of examples';
  return {
    sparseRows: memory.allocate(BLOCK_EXAMPLES * rowBytesOf(inputs), what),
    labels: memory.allocate(BLOCK_EXAMPLES + 8, what),
    picture: memory.allocate(4 * (inputs + PAST_END) + 64, what),
    frame: memory.allocate(17 * (width + 4) * (height + 4) + 64, what),
    samples: memory.allocate(4 * SAMPLE_NUMBERS * EXAMPLES_PER_TASK, what),
  };
}

/** Writes the field of displacements, if there is one. */
export function allocateDisplacements(
  memory: Memory,
  { training: { distortion } }: Plan,
): DisplacementBuffer | undefined {
  const field = distortion && createDisplacementField(distortion);
  if (!field) return undefined;
  const { displacements, size } = field;
  const address = memory.allocate(displacements.byteLength + PAST_END, 'the displacement field');
  new Int16Array(memory.wasm.buffer, address, displacements.length).set(displacements);
  return { address, size };
}

/** Makes the runs and labels of some of a block's examples, from place `from`, which one of them has, up to `to`; past the last they are blank. */
export function augmentExamples(
  { arena, kernels, memory, rank }: WorkerContext,
  { examples, order }: { readonly examples: PackedExamples; readonly order: number },
  /** `first` is the block's place in its batch, `start` in the order. */
  { iteration, first, start }: { iteration: number; first: number; start: number },
  { sparseRows, count }: Block,
  from: number,
  to: number,
): void {
  const { plan, displacements } = arena;
  const { distortion, inputDropout, seed } = plan.training;
  const inputs = plan.sizes[0]!;
  const { picture, frame, samples } = arena.scratches[rank]!.augmentation!;
  const { sparseRows: made, labels } = arena.scratches[0]!.augmentation!;
  const integers = new Int32Array(memory.buffer);
  const bytes = rowBytesOf(inputs);
  const end = Math.min(to, count);
  for (let i = from, at = samples / 4; i < end; i++, at += SAMPLE_NUMBERS) {
    integers[at] = order ? integers[order / 4 + start + i]! : start + i;
  }
  if (distortion)
    sampleAffineMaps(kernels, distortion, iteration, first + from, end - from, picture, samples + 4);
  kernels.augmentExamples(
    samples,
    end - from,
    examples.pictures,
    inputs,
    examples.labels,
    distortion?.width ?? 0,
    distortion?.height ?? 0,
    displacements?.address ?? 0,
    displacements?.size ?? 0,
    frame,
    picture,
    hashSeed({ seed, iteration }, 0),
    first + from,
    dropoutThreshold(inputDropout),
    plan.pixelStep,
    picture + inputs + PAST_END,
    made + from * bytes,
    bytes,
    sparseRows + 8 * from,
    labels + from,
  );
  integers.fill(0, sparseRows / 4 + 2 * end, sparseRows / 4 + 2 * to);
  new Uint8Array(memory.buffer).fill(0, labels + end, labels + to);
}

/** Draws the warps of `count` examples from `place` in their batch on, `SAMPLE_NUMBERS` apart; `room` is for ten 64-bit floats. */
export function sampleAffineMaps(
  kernels: Kernels,
  distortion: Augmentation,
  iteration: number,
  place: number,
  count: number,
  room: number,
  out: number,
): void {
  const { shift, rotate, scale, shear, width, height } = distortion;
  kernels.sampleAffineMaps(
    augmentationKey(distortion, iteration),
    place,
    count,
    shift,
    rotate,
    scale,
    shear,
    width,
    height,
    displacementFieldSize(distortion),
    room,
    out,
  );
}

function rowBytesOf(inputs: number): number {
  return Math.ceil(inputs / 4) * GROUP_BYTES;
}
