import type { Dataset } from '../data/dataset.js';
import type { PackedExamples } from './job.js';
import type { Kernels } from './kernels.js';
import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, MOST_WHOLE, type Plan, roundUp } from './plan.js';

/** Examples packed in one go: some milliseconds of the caller's time, and 2.4 MB of the largest possible ink. */
const SLICE_EXAMPLES = 2048;

/** Examples of which nothing is packed yet. */
export function unpacked({ length }: Dataset): Ink {
  return { length, runs: 0, labels: 0, pictures: 0, pixelRuns: 0, quads: undefined, allocated: [] };
}

/** Packed examples, and all that was allocated for them. */
export interface Ink extends PackedExamples {
  readonly allocated: number[];
}

/**
 * Adds the runs of ink of a dataset's pictures. It yields every few milliseconds.
 *
 * @throws EngineError when WebAssembly cannot hold it
 */
export function* packInk(
  memory: Memory,
  kernels: Kernels,
  plan: Plan,
  dataset: Dataset,
  ink = unpacked(dataset),
): Generator<void, Ink> {
  const inputs = plan.sizes[0]!;
  const { length } = dataset;
  const what = `the ink of ${length.toLocaleString('en-US')} examples`;
  const runs = memory.allocate(8 * (length + 8), what);
  const labels = memory.allocate(length + 8, what);
  const kept = plan.remakes ? memory.allocate(inputs * length, what) : 0;
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
  return { ...ink, runs, labels, pictures: kept, allocated: [...ink.allocated, ...allocated] };
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

/**
 * Adds a dataset's quads, block by block, for passes over all the data in whole numbers. It yields every few milliseconds.
 *
 * @throws EngineError when WebAssembly cannot hold them
 */
export function* addQuads(
  memory: Memory,
  kernels: Kernels,
  plan: Plan,
  dataset: Dataset,
  ink: Ink,
): Generator<void, Ink> {
  const { length } = dataset;
  const inputs = plan.sizes[0]!;
  const stride = roundUp(inputs + 1, 128);
  const pixelPairs = Math.ceil(inputs / 2);
  const blocks = Math.ceil(length / BLOCK_EXAMPLES);
  const what = `the ink of ${length.toLocaleString('en-US')} examples`;
  const allocated = [...ink.allocated];
  const temporary: number[] = [];
  const allocate = (bytes: number, list = allocated) => {
    const address = memory.allocate(bytes, what);
    list.push(address);
    return address;
  };
  try {
    const exampleRuns = allocate(4 * BLOCK_EXAMPLES * blocks);
    const pixelRuns = allocate(8 * pixelPairs * blocks);
    const labels = allocate(BLOCK_EXAMPLES * blocks);
    const sums = allocate(64, temporary);
    const rows = BLOCK_EXAMPLES + 1;
    // One row later, so that what lies before the first is 0.
    const pictures = allocate((rows + 1) * stride, temporary) + stride;
    const masks = allocate((rows * stride) / 16, temporary);
    const order = allocate(2 * rows, temporary);
    const counts = allocate(4 * pixelPairs, temporary);
    for (let b = 0; b < blocks; b++) {
      const from = b * BLOCK_EXAMPLES;
      const count = Math.min(BLOCK_EXAMPLES, length - from);
      const bytes = memory.bytes(pictures, rows * stride);
      for (let i = 0; i < count; i++) bytes.set(dataset.pixels(from + i), i * stride);
      bytes.fill(0, count * stride, (count + 1) * stride);
      const home = allocate(kernels.pairExamples(pictures, count, stride, masks, order, sums));
      const [runs, pairs] = [exampleRuns + 4 * from, Math.ceil(count / 2)];
      kernels.packQuads(pictures, order, pairs, stride, home, runs, counts);
      const groups = memory
        .integers(counts, pixelPairs)
        .reduce((sum, quads) => sum + Math.ceil(quads / 2), 0);
      kernels.transposeQuads(
        runs,
        pairs,
        pixelPairs,
        allocate(groups * GROUP_BYTES),
        pixelRuns + 8 * pixelPairs * b,
        counts,
      );
      const labelBytes = memory.bytes(labels + from, count);
      for (const [i, place] of new Uint16Array(memory.wasm.buffer, order, count).entries()) {
        labelBytes[i] = dataset.label(from + place);
      }
      if (b % 8 === 7) yield;
    }
    const [mostInk, mostChange] = [...memory.integers(sums, 2)] as [number, number];
    // Each weight may be off by what rounding left of the last, half a step (kernels/quads.ts): one less stays in 16 bits, and so much in 32.
    const room = 2 ** 31 - 1 - mostChange / 2;
    const mostWeight = Math.min(MOST_WHOLE - 1, Math.floor(room / Math.max(1, mostInk)));
    return { ...ink, quads: { exampleRuns, pixelRuns, labels, mostChange, mostWeight }, allocated };
  } catch (error) {
    for (const address of allocated) if (!ink.allocated.includes(address)) memory.free(address);
    throw error;
  } finally {
    for (const address of temporary) memory.free(address);
  }
}
