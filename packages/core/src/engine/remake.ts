import { augmentationKey } from '../data/augmentation/affine-map.js';
import type { Augmentation } from '../data/augmentation/augmentation.js';
import { createDisplacementField, displacementFieldSize } from '../data/augmentation/displacement-field.js';
import { keyOf, thresholdOf } from '../random.js';
import type { Block } from './block.js';
import type { PackedExamples } from './job.js';
import type { Kernels } from './kernels.js';
import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, type Plan } from './plan.js';
import type { Thread } from './site.js';

/** Examples made as one task. */
export const EXAMPLES_PER_TASK = 8;

/** Numbers of an example as it is drawn: which picture, and its warp. */
const DRAWN_NUMBERS = 9;

/** What the kernels read or write past a picture's end at most. */
const PAST_END = 16;

/** Displacements in memory. */
export interface FieldInMemory {
  readonly address: number;
  readonly size: number;
}

/** Where a block's batch is made of its pictures anew. All numbers are addresses. */
export interface Making {
  /** Runs of the block's examples, each with room for all its pixels. */
  readonly runs: number;
  /** Their labels, until the block before is done with its own. */
  readonly labels: number;
  /** A distorted picture and room for packing it, and what it is distorted in. */
  readonly picture: number;
  readonly frame: number;
  /** Which pictures, and what becomes of them. */
  readonly drawn: number;
}

export function allocateMaking(memory: Memory, plan: Plan): Making | undefined {
  if (!plan.remakes) return undefined;
  const inputs = plan.sizes[0]!;
  const { width, height } = plan.rules.distortion ?? { width: inputs, height: 1 };
  const what = 'a block of examples';
  return {
    runs: memory.allocate(BLOCK_EXAMPLES * runBytes(inputs), what),
    labels: memory.allocate(BLOCK_EXAMPLES + 8, what),
    picture: memory.allocate(4 * (inputs + PAST_END) + 64, what),
    frame: memory.allocate(17 * (width + 4) * (height + 4) + 64, what),
    drawn: memory.allocate(4 * DRAWN_NUMBERS * EXAMPLES_PER_TASK, what),
  };
}

/** Writes the field of displacements, if there is one. */
export function placeField(memory: Memory, { rules: { distortion } }: Plan): FieldInMemory | undefined {
  const field = distortion && createDisplacementField(distortion);
  if (!field) return undefined;
  const { displacements, size } = field;
  const address = memory.allocate(displacements.byteLength + PAST_END, 'the field of displacements');
  new Int16Array(memory.wasm.buffer, address, displacements.length).set(displacements);
  return { address, size };
}

/** Makes the runs and labels of some of a block's examples, from place `from`, which one of them has, up to `to`; past the last they are blank. */
export function remake(
  { site, kernels, memory, rank }: Thread,
  { examples, order }: { readonly examples: PackedExamples; readonly order: number },
  /** `first` is the block's place in its batch, `start` in the order. */
  { iteration, first, start }: { iteration: number; first: number; start: number },
  { runs, count }: Block,
  from: number,
  to: number,
): void {
  const { plan, field } = site;
  const { distortion, inputDropout, seed } = plan.rules;
  const inputs = plan.sizes[0]!;
  const { picture, frame, drawn } = site.scratches[rank]!.making!;
  const { runs: made, labels } = site.scratches[0]!.making!;
  const integers = new Int32Array(memory.buffer);
  const bytes = runBytes(inputs);
  const end = Math.min(to, count);
  for (let i = from, at = drawn / 4; i < end; i++, at += DRAWN_NUMBERS) {
    integers[at] = order ? integers[order / 4 + start + i]! : start + i;
  }
  if (distortion) drawWarps(kernels, distortion, iteration, first + from, end - from, picture, drawn + 4);
  kernels.makeExamples(
    drawn,
    end - from,
    examples.pictures,
    inputs,
    examples.labels,
    distortion?.width ?? 0,
    distortion?.height ?? 0,
    field?.address ?? 0,
    field?.size ?? 0,
    frame,
    picture,
    keyOf({ seed, iteration }, 0),
    first + from,
    thresholdOf(inputDropout),
    plan.pixelStep,
    picture + inputs + PAST_END,
    made + from * bytes,
    bytes,
    runs + 8 * from,
    labels + from,
  );
  integers.fill(0, runs / 4 + 2 * end, runs / 4 + 2 * to);
  new Uint8Array(memory.buffer).fill(0, labels + end, labels + to);
}

/** Draws the warps of `count` examples from `place` in their batch on, `DRAWN_NUMBERS` apart; `room` is for ten 64-bit floats. */
export function drawWarps(
  kernels: Kernels,
  distortion: Augmentation,
  iteration: number,
  place: number,
  count: number,
  room: number,
  out: number,
): void {
  const { shift, rotate, scale, shear, width, height } = distortion;
  kernels.drawWarps(
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

function runBytes(inputs: number): number {
  return Math.ceil(inputs / 4) * GROUP_BYTES;
}
