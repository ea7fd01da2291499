import { augmentationKey } from '../../data/augmentation/affine-map.js';
import type { Augmentation } from '../../data/augmentation/augmentation.js';
import { displacementFieldSize } from '../../data/augmentation/displacement-field.js';
import { dropoutThreshold, hashSeed } from '../../random.js';
import type { Kernels } from '../bindings/kernels.js';
import { largestRowBytes } from '../layout/plan.js';
import { PAST_END, SAMPLE_NUMBERS } from '../layout/scratch.js';
import type { WorkerContext } from '../layout/worker-context.js';
import type { Block, TrainingStep } from './block.js';
import type { DescendCommand } from './command.js';

/** Where a block begins: in its batch (`first`) and in the order of the examples (`start`). */
export interface BlockPlace extends TrainingStep {
  readonly start: number;
}

/**
 * Augments the examples of a block from `from` up to `to`, and packs them as sparse rows with their
 * labels. Places after the last example become blank pictures.
 */
export function augmentExamples(
  { arena, kernels, memory, rank }: WorkerContext,
  { examples, order }: DescendCommand,
  { iteration, first, start }: BlockPlace,
  { rows, count }: Block,
  from: number,
  to: number,
): void {
  const { plan, displacements } = arena;
  const { augmentation, inputDropout, seed } = plan.training;
  const inputs = plan.sizes[0]!;
  const { picture, frame, samples } = arena.scratches[rank]!.augmentation!;
  const { groups, labels } = arena.scratches[0]!.augmentation!;
  const integers = new Int32Array(memory.buffer);
  const bytes = largestRowBytes(inputs);
  const end = Math.min(to, count);
  for (let i = from, at = samples / 4; i < end; i++, at += SAMPLE_NUMBERS) {
    integers[at] = order ? integers[order / 4 + start + i]! : start + i;
  }
  const place = first + from;
  if (augmentation) {
    const maps = { iteration, place, count: end - from, room: picture, out: samples + 4 };
    sampleAffineMaps(kernels, augmentation, maps);
  }
  kernels.augmentExamples({
    samples,
    count: end - from,
    pictures: examples.pictures,
    inputs,
    labels: examples.labels,
    width: augmentation?.width ?? 0,
    height: augmentation?.height ?? 0,
    field: displacements?.address ?? 0,
    size: displacements?.size ?? 0,
    framed: frame,
    picture,
    key: hashSeed({ seed, iteration }, 0),
    place,
    threshold: dropoutThreshold(inputDropout),
    scale: plan.pixelStep,
    room: picture + inputs + PAST_END,
    groups: groups + from * bytes,
    bytes,
    sparseRows: rows + 8 * from,
    outLabels: labels + from,
  });
  integers.fill(0, rows / 4 + 2 * end, rows / 4 + 2 * to);
  new Uint8Array(memory.buffer).fill(0, labels + end, labels + to);
}

/**
 * Draws the affine maps of `count` examples, from place `place` of their batch on.
 *
 * @param maps `room`: space for ten 64-bit floats; `out`: where the maps go, `SAMPLE_NUMBERS`
 *   integers apart
 */
export function sampleAffineMaps(
  kernels: Kernels,
  augmentation: Augmentation,
  {
    iteration,
    place,
    count,
    room,
    out,
  }: { iteration: number; place: number; count: number; room: number; out: number },
): void {
  const { shift, rotate, scale, shear, width, height } = augmentation;
  const key = augmentationKey(augmentation, iteration);
  const size = displacementFieldSize(augmentation);
  kernels.sampleAffineMaps({
    key,
    place,
    count,
    shift,
    rotate,
    scale,
    shear,
    width,
    height,
    size,
    room,
    out,
  });
}
