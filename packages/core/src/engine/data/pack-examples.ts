import { packBlocks2x2 } from './pack-blocks-2x2.js';
import { packSparseRows, packTransposedRows } from './pack-sparse-rows.js';
import type { AllocatedExamples, PackBlocksCommand } from './packed-examples.js';
import type { Packing } from './packing.js';

/** The ways to pack a dataset. Each adds what is named to the packed examples. */
const WAYS = { sparseRows: packSparseRows, transposedRows: packTransposedRows, blocks2x2: packBlocks2x2 };

export type PackingWay = keyof typeof WAYS;

/** Examples of which nothing is packed yet. */
export function nothingPacked({ length }: { readonly length: number }): AllocatedExamples {
  return {
    length,
    sparseRows: 0,
    labels: 0,
    weights: 0,
    pictures: 0,
    transposedRows: 0,
    blocks2x2: undefined,
    allocated: [],
  };
}

/**
 * Packs a dataset in one of the ways, and adds it to what is packed already. It yields every few
 * milliseconds, and with each command that all threads are to carry out.
 *
 * @throws EngineError when WebAssembly cannot hold the examples
 */
export function* packExamples(
  way: PackingWay,
  { memory, kernels, plan, dataset }: Pick<Packing, 'memory' | 'kernels' | 'plan' | 'dataset'>,
  packed = nothingPacked(dataset),
): Generator<PackBlocksCommand | undefined, AllocatedExamples> {
  const what = `${dataset.length.toLocaleString('en-US')} examples`;
  const kept: number[] = [];
  const borrowed: number[] = [];
  const allocator = (list: number[]) => (bytes: number) => {
    const address = memory.allocate(bytes, what);
    list.push(address);
    return address;
  };
  const packing = {
    ...{ memory, kernels, plan, dataset, packed },
    keep: allocator(kept),
    borrow: allocator(borrowed),
  };
  let added: Partial<AllocatedExamples> | undefined;
  try {
    added = yield* WAYS[way](packing);
    return { ...packed, ...added, allocated: [...packed.allocated, ...kept] };
  } finally {
    for (const address of added ? borrowed : [...borrowed, ...kept]) memory.free(address);
  }
}
