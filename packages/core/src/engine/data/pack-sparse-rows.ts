import { BLOCK_EXAMPLES, GROUP_BYTES, largestRowBytes, roundUp } from '../layout/plan.js';
import type { AllocatedExamples } from './packed-examples.js';
import { copyPictures, type Packing, SLICE_EXAMPLES } from './packing.js';

/** Packs each picture as a sparse row: the pixels that are not 0. */
export function* packSparseRows(
  packing: Packing,
): Generator<undefined, Pick<AllocatedExamples, 'sparseRows' | 'labels' | 'weights' | 'pictures'>> {
  const { memory, kernels, plan, dataset, keep, borrow } = packing;
  const inputs = plan.sizes[0]!;
  const { length } = dataset;
  const sparseRows = keep(8 * (length + 8));
  const labels = keep(length + 8);
  const weights = dataset.isWeighted ? keep(4 * (length + 8)) : 0;
  // The kernels read up to 15 bytes after the last picture.
  const kept = plan.augments ? keep(inputs * length + 15) : 0;
  const slice = Math.min(SLICE_EXAMPLES, length);
  const row = borrow(roundUp(inputs, 16));
  const groups = borrow(largestRowBytes(inputs + 3) * slice);
  const home = kept ? 0 : borrow(slice * inputs);
  for (let from = 0; from < length; from += slice) {
    const count = Math.min(slice, length - from);
    const pictures = home || kept + from * inputs;
    copyPictures(packing, { from, count, to: pictures, stride: inputs });
    const labelBytes = memory.bytes(labels + from, count);
    for (let i = 0; i < count; i++) labelBytes[i] = dataset.label(from + i);
    if (weights) {
      const floats = memory.floats(weights + 4 * from, count);
      for (let i = 0; i < count; i++) floats[i] = dataset.weight(from + i);
    }
    const rows = sparseRows + 8 * from;
    const end = kernels.packPictures({
      pixels: pictures,
      count,
      inputs,
      scale: plan.pixelStep,
      row,
      group: groups,
      sparseRows: rows,
    });
    const size = end - groups;
    const place = keep(size);
    new Uint8Array(memory.wasm.buffer).copyWithin(place, groups, end);
    const addresses = memory.integers(rows, 2 * count);
    for (let k = 0; k < addresses.length; k++) addresses[k]! += place - groups;
    yield;
  }
  return { sparseRows, labels, weights, pictures: kept };
}

/** Transposes the sparse rows, block by block of examples: one row for each pixel. */
export function* packTransposedRows({
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
    const rows = { sparseRows, count, inputs, scale: plan.pixelStep };
    const group = keep(kernels.countTransposed({ ...rows, counts }) * GROUP_BYTES);
    kernels.transposeRows({
      ...rows,
      rowScale: plan.exampleStep,
      capacity: 0,
      group,
      out: transposedRows + 8 * inputs * b,
      fill: counts,
    });
    if (b % 16 === 15) yield;
  }
  return { transposedRows };
}
