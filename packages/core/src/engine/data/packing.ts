import { copyPixels, type ExampleSource } from '../../data/example-source.js';
import type { PackingKernels } from '../bindings/packing-kernels.js';
import type { Memory } from '../layout/memory.js';
import type { Plan } from '../layout/plan.js';
import type { AllocatedExamples } from './packed-examples.js';

/**
 * Examples that are packed at once. It takes the caller's thread a few milliseconds, and 2.4 MB if
 * every pixel is set.
 */
export const SLICE_EXAMPLES = 2048;

/** What the ways to pack a dataset work with. */
export interface Packing {
  readonly memory: Memory;
  readonly kernels: PackingKernels;
  readonly plan: Plan;
  readonly dataset: ExampleSource;
  /** What is packed of it already. */
  readonly packed: AllocatedExamples;
  /** Allocates memory that stays with the examples. */
  keep(bytes: number): number;
  /** Allocates memory that is freed when the packing is done. */
  borrow(bytes: number): number;
}

/** Copies `count` pictures, from example `from` on, to `to`, `stride` bytes apart. */
export function copyPictures(
  { memory, dataset }: Packing,
  { from, count, to, stride }: { from: number; count: number; to: number; stride: number },
): void {
  copyPixels(dataset, memory.bytes(to, count * stride), { from, to: from + count, stride });
}
