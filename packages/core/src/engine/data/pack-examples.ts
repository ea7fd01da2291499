import type { Dataset } from '../../data/dataset.js';
import { copyPixels } from '../../data/pack-dataset.js';
import type { Kernels } from '../bindings/kernels.js';
import type { Memory } from '../layout/memory.js';
import { BLOCK_EXAMPLES, GROUP_BYTES, MAX_INT16, type Plan, roundUp } from '../layout/plan.js';
import { BLOCK_HEADER_BYTES } from '../passes/pack-blocks.js';
import type { Command, PackedExamples } from '../threads/command.js';

/** Examples packed in one go: some milliseconds of the caller's time, and 2.4 MB of the largest possible ink. */
const SLICE_EXAMPLES = 2048;

/** Packed examples, and all that was allocated for them. */
export interface AllocatedExamples extends PackedExamples {
  readonly allocated: readonly number[];
}

/** Examples of which nothing is packed yet. */
export function noneYet({ length }: Dataset): AllocatedExamples {
  return {
    length,
    sparseRows: 0,
    labels: 0,
    pictures: 0,
    transposedRows: 0,
    blocks2x2: undefined,
    allocated: [],
  };
}

/** What packing works with. */
interface Packing {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly packed: AllocatedExamples;
  /** Room that stays with the examples, and room until all is packed; zeroed. */
  keep(bytes: number): number;
  borrow(bytes: number): number;
}

/** How the examples come to lie in memory: `sparseRows` of ink, for passes over all the data also those of the pixels, or quads. */
const WAYS = { sparseRows: packSparseRows, transposedRows: packTransposedRows, blocks2x2: packBlocks2x2 };

/**
 * Adds one of the ways to lay a dataset out to what there is of it. It yields every few milliseconds, and what all threads are to do.
 *
 * @throws EngineError when WebAssembly cannot hold it
 */
export function* packExamples(
  way: keyof typeof WAYS,
  memory: Memory,
  kernels: Kernels,
  plan: Plan,
  dataset: Dataset,
  packed = noneYet(dataset),
): Generator<Command | undefined, AllocatedExamples> {
  const what = `the packed of ${dataset.length.toLocaleString('en-US')} examples`;
  const [kept, borrowed]: number[][] = [[], []];
  const taking = (list: number[]) => (bytes: number) => {
    const address = memory.allocate(bytes, what);
    list.push(address);
    return address;
  };
  let added: Partial<AllocatedExamples> | undefined;
  try {
    const [keep, borrow] = [taking(kept!), taking(borrowed!)];
    added = yield* WAYS[way]({ memory, kernels, plan, dataset, packed, keep, borrow });
    return { ...packed, ...added, allocated: [...packed.allocated, ...kept!] };
  } finally {
    for (const address of added ? borrowed! : [...borrowed!, ...kept!]) memory.free(address);
  }
}

/** The pictures as runs of ink. */
function* packSparseRows({
  memory,
  kernels,
  plan,
  dataset,
  keep,
  borrow,
}: Packing): Generator<undefined, Pick<AllocatedExamples, 'sparseRows' | 'labels' | 'pictures'>> {
  const inputs = plan.sizes[0]!;
  const { length } = dataset;
  const sparseRows = keep(8 * (length + 8));
  const labels = keep(length + 8);
  // 15 bytes after the last are read.
  const kept = plan.augments ? keep(inputs * length + 15) : 0;
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
    const sliceRuns = sparseRows + 8 * from;
    const size =
      kernels.packPictures(pictures, count, inputs, plan.pixelStep, row, packed, sliceRuns) - packed;
    const group = keep(size);
    new Uint8Array(memory.wasm.buffer).copyWithin(group, packed, packed + size);
    const addresses = memory.integers(sliceRuns, 2 * count);
    for (let k = 0; k < addresses.length; k++) addresses[k]! += group - packed;
    yield;
  }
  return { sparseRows, labels, pictures: kept };
}

/** The runs of the pixels, block by block, of the examples' runs. */
function* packTransposedRows({
  kernels,
  plan,
  packed,
  keep,
  borrow,
}: Packing): Generator<undefined, Pick<AllocatedExamples, 'transposedRows'>> {
  const inputs = plan.sizes[0]!;
  const blocks = Math.ceil(packed.length / BLOCK_EXAMPLES);
  const transposedRows = keep(8 * inputs * blocks);
  const counts = borrow(4 * inputs);
  for (let b = 0; b < blocks; b++) {
    const from = b * BLOCK_EXAMPLES;
    const count = Math.min(BLOCK_EXAMPLES, packed.length - from);
    const sparseRows = packed.sparseRows + 8 * from;
    const home = keep(
      kernels.countTransposed(sparseRows, count, inputs, plan.pixelStep, counts) * GROUP_BYTES,
    );
    const table = transposedRows + 8 * inputs * b;
    kernels.transposeRows(
      sparseRows,
      count,
      inputs,
      plan.pixelStep,
      plan.exampleStep,
      0,
      home,
      table,
      counts,
    );
    if (b % 16 === 15) yield;
  }
  return { transposedRows };
}

/** The pictures in quads, in both directions. Blocks are laid out by all threads, once it is known how much each takes. */
function* packBlocks2x2({
  memory,
  plan,
  dataset,
  keep,
  borrow,
}: Packing): Generator<Command | undefined, Pick<AllocatedExamples, 'blocks2x2'>> {
  const { length } = dataset;
  const inputs = plan.sizes[0]!;
  const stride = roundUp(inputs + 1, 128);
  const pixelPairs = Math.ceil(inputs / 2);
  const blocks = Math.ceil(length / BLOCK_EXAMPLES);
  const pairRows = keep(4 * BLOCK_EXAMPLES * blocks);
  const transposedRows = keep(8 * pixelPairs * blocks);
  const labels = keep(BLOCK_EXAMPLES * blocks);
  const slice = Math.min(SLICE_EXAMPLES, length);
  // Two rows more: 0 comes before the first picture, and after an odd last one.
  const pictures = borrow((slice + 2) * stride) + stride;
  const order = borrow(2 * (slice + BLOCK_EXAMPLES));
  const table = borrow((SLICE_EXAMPLES / BLOCK_EXAMPLES) * BLOCK_HEADER_BYTES);
  let [maxPixelSum, maxVariation] = [1, 0];
  for (let from = 0; from < length; from += slice) {
    const count = Math.min(slice, length - from);
    copyExamples(memory, dataset, from, count, pictures, stride);
    memory.bytes(pictures + count * stride, stride).fill(0);
    memory.bytes(table, (SLICE_EXAMPLES / BLOCK_EXAMPLES) * BLOCK_HEADER_BYTES).fill(0);
    const command = {
      type: 'packBlocks',
      pictures,
      stride,
      count,
      order,
      table,
      pairRows: pairRows + 4 * from,
      transposedRows: transposedRows + (8 * pixelPairs * from) / BLOCK_EXAMPLES,
    } as const;
    yield { ...command, packs: false };
    for (let b = 0; b < count / BLOCK_EXAMPLES; b++) {
      const block = memory.integers(table + b * BLOCK_HEADER_BYTES, 4);
      maxPixelSum = Math.max(maxPixelSum, block[2]!);
      maxVariation = Math.max(maxVariation, block[3]!);
      // By pixels no run takes more than half a group that it does not by examples.
      const home = keep(2 * block[0]! + (GROUP_BYTES / 2) * pixelPairs);
      memory.integers(table + b * BLOCK_HEADER_BYTES, 2)[1] = home;
    }
    yield { ...command, packs: true };
    const labelBytes = memory.bytes(labels + from, count);
    const places = new Uint16Array(memory.wasm.buffer, order, slice + BLOCK_EXAMPLES);
    for (let i = 0; i < count; i++) {
      const first = i - (i % BLOCK_EXAMPLES);
      labelBytes[i] = dataset.label(from + first + places[i + first / BLOCK_EXAMPLES]!);
    }
  }
  // Each weight may be off by what rounding left of the last, half a step (kernels/quads.ts): one less stays in 16 bits, and so much in 32.
  const room = 2 ** 31 - 1 - maxVariation / 2;
  const maxWeight = Math.min(MAX_INT16 - 1, Math.floor(room / maxPixelSum));
  return { blocks2x2: { pairRows, transposedRows, labels, maxVariation, maxWeight } };
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
  copyPixels(dataset, memory.bytes(to, count * stride), { from, to: from + count, stride });
}
