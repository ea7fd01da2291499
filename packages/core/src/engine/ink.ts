import type { Dataset } from '../data/dataset.js';
import type { Job, PackedExamples } from './job.js';
import type { Kernels } from './kernels.js';
import { LAID_BYTES } from './lay.js';
import type { Memory } from './memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, MOST_WHOLE, type Plan, roundUp } from './plan.js';

/** Examples packed in one go: some milliseconds of the caller's time, and 2.4 MB of the largest possible ink. */
const SLICE_EXAMPLES = 2048;

/** Packed examples, and all that was allocated for them. */
export interface Ink extends PackedExamples {
  readonly allocated: readonly number[];
}

/** Examples of which nothing is packed yet. */
export function unpacked({ length }: Dataset): Ink {
  return { length, runs: 0, labels: 0, pictures: 0, pixelRuns: 0, quads: undefined, allocated: [] };
}

/** What packing works with. */
interface Packing {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly ink: Ink;
  /** Room that stays with the examples, and room until all is packed; zeroed. */
  keep(bytes: number): number;
  borrow(bytes: number): number;
}

/** How the examples come to lie in memory: `runs` of ink, for passes over all the data also those of the pixels, or quads. */
const WAYS = { runs: packRuns, pixelRuns: packPixelRuns, quads: packQuads };

/**
 * Adds one of the ways to lay a dataset out to what there is of it. It yields every few milliseconds, and what all threads are to do.
 *
 * @throws EngineError when WebAssembly cannot hold it
 */
export function* packInk(
  way: keyof typeof WAYS,
  memory: Memory,
  kernels: Kernels,
  plan: Plan,
  dataset: Dataset,
  ink = unpacked(dataset),
): Generator<Job | undefined, Ink> {
  const what = `the ink of ${dataset.length.toLocaleString('en-US')} examples`;
  const [kept, borrowed]: number[][] = [[], []];
  const taking = (list: number[]) => (bytes: number) => {
    const address = memory.allocate(bytes, what);
    list.push(address);
    return address;
  };
  let added: Partial<Ink> | undefined;
  try {
    const [keep, borrow] = [taking(kept!), taking(borrowed!)];
    added = yield* WAYS[way]({ memory, kernels, plan, dataset, ink, keep, borrow });
    return { ...ink, ...added, allocated: [...ink.allocated, ...kept!] };
  } finally {
    for (const address of added ? borrowed! : [...borrowed!, ...kept!]) memory.free(address);
  }
}

/** The pictures as runs of ink. */
function* packRuns({
  memory,
  kernels,
  plan,
  dataset,
  keep,
  borrow,
}: Packing): Generator<undefined, Pick<Ink, 'runs' | 'labels' | 'pictures'>> {
  const inputs = plan.sizes[0]!;
  const { length } = dataset;
  const runs = keep(8 * (length + 8));
  const labels = keep(length + 8);
  // 15 bytes after the last are read.
  const kept = plan.remakes ? keep(inputs * length + 15) : 0;
  const slice = Math.min(SLICE_EXAMPLES, length);
  const row = borrow(roundUp(inputs, 16));
  const packed = borrow(Math.ceil((inputs + 3) / 4) * GROUP_BYTES * slice);
  const home = kept ? 0 : borrow(slice * inputs);
  for (let from = 0; from < length; from += slice) {
    const count = Math.min(slice, length - from);
    const pictures = home || kept + from * inputs;
    copyExamples(memory, dataset, from, count, pictures, inputs);
    const labelBytes = memory.bytes(labels + from, count);
    for (let i = 0; i < count; i++) labelBytes[i] = dataset.label(from + i);
    const sliceRuns = runs + 8 * from;
    const size =
      kernels.packPictures(pictures, count, inputs, plan.pixelStep, row, packed, sliceRuns) - packed;
    const group = keep(size);
    new Uint8Array(memory.wasm.buffer).copyWithin(group, packed, packed + size);
    const addresses = memory.integers(sliceRuns, 2 * count);
    for (let k = 0; k < addresses.length; k++) addresses[k]! += group - packed;
    yield;
  }
  return { runs, labels, pictures: kept };
}

/** The runs of the pixels, block by block, of the examples' runs. */
function* packPixelRuns({
  kernels,
  plan,
  ink,
  keep,
  borrow,
}: Packing): Generator<undefined, Pick<Ink, 'pixelRuns'>> {
  const inputs = plan.sizes[0]!;
  const blocks = Math.ceil(ink.length / BLOCK_EXAMPLES);
  const pixelRuns = keep(8 * inputs * blocks);
  const counts = borrow(4 * inputs);
  for (let b = 0; b < blocks; b++) {
    const from = b * BLOCK_EXAMPLES;
    const count = Math.min(BLOCK_EXAMPLES, ink.length - from);
    const runs = ink.runs + 8 * from;
    const home = keep(kernels.countTransposed(runs, count, inputs, plan.pixelStep, counts) * GROUP_BYTES);
    const table = pixelRuns + 8 * inputs * b;
    kernels.transposeRuns(runs, count, inputs, plan.pixelStep, plan.exampleStep, 0, home, table, counts);
    if (b % 16 === 15) yield;
  }
  return { pixelRuns };
}

/** The pictures in quads, in both directions. Blocks are laid out by all threads, once it is known how much each takes. */
function* packQuads({
  memory,
  plan,
  dataset,
  keep,
  borrow,
}: Packing): Generator<Job | undefined, Pick<Ink, 'quads'>> {
  const { length } = dataset;
  const inputs = plan.sizes[0]!;
  const stride = roundUp(inputs + 1, 128);
  const pixelPairs = Math.ceil(inputs / 2);
  const blocks = Math.ceil(length / BLOCK_EXAMPLES);
  const exampleRuns = keep(4 * BLOCK_EXAMPLES * blocks);
  const pixelRuns = keep(8 * pixelPairs * blocks);
  const labels = keep(BLOCK_EXAMPLES * blocks);
  const slice = Math.min(SLICE_EXAMPLES, length);
  // Two rows more: 0 comes before the first picture, and after an odd last one.
  const pictures = borrow((slice + 2) * stride) + stride;
  const order = borrow(2 * (slice + BLOCK_EXAMPLES));
  const table = borrow((SLICE_EXAMPLES / BLOCK_EXAMPLES) * LAID_BYTES);
  let [mostInk, mostChange] = [1, 0];
  for (let from = 0; from < length; from += slice) {
    const count = Math.min(slice, length - from);
    copyExamples(memory, dataset, from, count, pictures, stride);
    memory.bytes(pictures + count * stride, stride).fill(0);
    memory.bytes(table, (SLICE_EXAMPLES / BLOCK_EXAMPLES) * LAID_BYTES).fill(0);
    const job = {
      type: 'lay',
      pictures,
      stride,
      count,
      order,
      table,
      exampleRuns: exampleRuns + 4 * from,
      pixelRuns: pixelRuns + (8 * pixelPairs * from) / BLOCK_EXAMPLES,
    } as const;
    yield { ...job, packs: false };
    for (let b = 0; b < count / BLOCK_EXAMPLES; b++) {
      const block = memory.integers(table + b * LAID_BYTES, 4);
      mostInk = Math.max(mostInk, block[2]!);
      mostChange = Math.max(mostChange, block[3]!);
      // By pixels no run takes more than half a group that it does not by examples.
      const home = keep(2 * block[0]! + (GROUP_BYTES / 2) * pixelPairs);
      memory.integers(table + b * LAID_BYTES, 2)[1] = home;
    }
    yield { ...job, packs: true };
    const labelBytes = memory.bytes(labels + from, count);
    const places = new Uint16Array(memory.wasm.buffer, order, slice + BLOCK_EXAMPLES);
    for (let i = 0; i < count; i++) {
      const first = i - (i % BLOCK_EXAMPLES);
      labelBytes[i] = dataset.label(from + first + places[i + first / BLOCK_EXAMPLES]!);
    }
  }
  // Each weight may be off by what rounding left of the last, half a step (kernels/quads.ts): one less stays in 16 bits, and so much in 32.
  const room = 2 ** 31 - 1 - mostChange / 2;
  const mostWeight = Math.min(MOST_WHOLE - 1, Math.floor(room / mostInk));
  return { quads: { exampleRuns, pixelRuns, labels, mostChange, mostWeight } };
}

/** Copies the pictures of some examples, `stride` bytes apart. */
function copyExamples(
  memory: Memory,
  dataset: Dataset,
  from: number,
  count: number,
  to: number,
  stride: number,
): void {
  const bytes = memory.bytes(to, count * stride);
  for (let i = 0; i < count; i++) bytes.set(dataset.pixels(from + i), i * stride);
}
