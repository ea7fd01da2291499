import type { Dataset } from '../data/dataset.js';
import type { PackedExamples } from './job.js';
import type { Kernels } from './kernels.js';
import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, type Plan, roundUp } from './plan.js';

/** Examples packed in one go: some milliseconds of the caller's time, and 2.4 MB of the largest possible ink. */
const SLICE_EXAMPLES = 2048;

/** Packed examples, and all that was allocated for them. */
export interface Ink extends PackedExamples {
  readonly allocated: number[];
}

/**
 * Packs a dataset's pictures as runs of ink. It yields every few milliseconds.
 *
 * @throws EngineError when WebAssembly cannot hold it
 */
export function* packInk(
  memory: Memory,
  kernels: Kernels,
  plan: Plan,
  dataset: Dataset,
): Generator<void, Ink> {
  const inputs = plan.sizes[0]!;
  const { length } = dataset;
  const what = `the ink of ${length.toLocaleString('en-US')} examples`;
  const runs = memory.allocate(8 * (length + 8), what);
  const labels = memory.allocate(length + 8, what);
  const kept = plan.remakes ? memory.allocate(inputs * length + 15, what) : 0;
  const allocated = kept ? [runs, labels, kept] : [runs, labels];
  const slice = Math.min(SLICE_EXAMPLES, length);
  const most = inputs + 3;
  const row = memory.allocate(roundUp(inputs, 16), what);
  const packed = memory.allocate(Math.ceil(most / 4) * GROUP_BYTES * slice, what);
  const home = kept ? 0 : memory.allocate(slice * inputs, what);
  try {
    for (let from = 0; from < length; from += slice) {
      const count = Math.min(slice, length - from);
      const pictures = home || kept + from * inputs;
      const bytes = memory.bytes(pictures, count * inputs);
      for (let i = 0; i < count; i++) bytes.set(dataset.pixels(from + i), i * inputs);
      const labelBytes = memory.bytes(labels + from, count);
      for (let i = 0; i < count; i++) labelBytes[i] = dataset.label(from + i);
      const sliceRuns = runs + 8 * from;
      const size =
        kernels.packPictures(pictures, count, inputs, plan.pixelStep, row, packed, sliceRuns) - packed;
      const group = memory.allocate(size, what);
      allocated.push(group);
      new Uint8Array(memory.wasm.buffer).copyWithin(group, packed, packed + size);
      const addresses = memory.integers(sliceRuns, 2 * count);
      for (let k = 0; k < addresses.length; k++) addresses[k]! += group - packed;
      yield;
    }
  } catch (error) {
    for (const address of allocated) memory.free(address);
    throw error;
  } finally {
    for (const address of home ? [home, row, packed] : [row, packed]) memory.free(address);
  }
  return { length, runs, labels, pictures: kept, pixelRuns: 0, allocated };
}

/** Adds the runs of the pixels, block by block, for passes over all the data. It yields every few milliseconds. */
export function* addPixelRuns(memory: Memory, kernels: Kernels, plan: Plan, ink: Ink): Generator<void, Ink> {
  const inputs = plan.sizes[0]!;
  const blocks = Math.ceil(ink.length / BLOCK_EXAMPLES);
  const what = `the ink of ${ink.length.toLocaleString('en-US')} examples by pixel`;
  const pixelRuns = memory.allocate(8 * inputs * blocks, what);
  const counts = memory.allocate(4 * inputs, what);
  const allocated = [...ink.allocated, pixelRuns];
  for (let b = 0; b < blocks; b++) {
    const from = b * BLOCK_EXAMPLES;
    const count = Math.min(BLOCK_EXAMPLES, ink.length - from);
    const runs = ink.runs + 8 * from;
    const groups = kernels.countTransposed(runs, count, inputs, plan.pixelStep, counts);
    const home = memory.allocate(groups * GROUP_BYTES, what);
    allocated.push(home);
    const table = pixelRuns + 8 * inputs * b;
    kernels.transposeRuns(runs, count, inputs, plan.pixelStep, plan.exampleStep, 0, home, table, counts);
    if (b % 16 === 15) yield;
  }
  memory.free(counts);
  return { ...ink, pixelRuns, allocated };
}
