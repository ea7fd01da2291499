import { BLOCK_EXAMPLES, GROUP_BYTES, MAX_INT16, roundUp } from '../layout/plan.js';
import { type AllocatedExamples, BLOCK_HEADER_BYTES, type PackBlocksCommand } from './packed-examples.js';
import { copyPictures, type Packing, SLICE_EXAMPLES } from './packing.js';

/**
 * Packs the pictures into 2 × 2 blocks, and their transposed rows. It yields the commands that all
 * threads carry out together: once to measure each block of examples, once to pack it.
 */
export function* packBlocks2x2(
  packing: Packing,
): Generator<PackBlocksCommand, Pick<AllocatedExamples, 'blocks2x2'>> {
  const { memory, plan, dataset, keep, borrow } = packing;
  const { length } = dataset;
  const inputs = plan.sizes[0]!;
  const stride = roundUp(inputs + 1, 128);
  const pixelPairs = Math.ceil(inputs / 2);
  const blocks = Math.ceil(length / BLOCK_EXAMPLES);
  const pairRows = keep(4 * BLOCK_EXAMPLES * blocks);
  const transposedRows = keep(8 * pixelPairs * blocks);
  const labels = keep(BLOCK_EXAMPLES * blocks);
  const weights = dataset.isWeighted ? keep(4 * BLOCK_EXAMPLES * blocks) : 0;
  const slice = Math.min(SLICE_EXAMPLES, length);
  // Two blank rows: one before the first picture, one after the last of an odd number.
  const pictures = borrow((slice + 2) * stride) + stride;
  const order = borrow(2 * (slice + BLOCK_EXAMPLES));
  const headersBytes = (SLICE_EXAMPLES / BLOCK_EXAMPLES) * BLOCK_HEADER_BYTES;
  const headers = borrow(headersBytes);
  let [maxPixelSum, maxVariation] = [1, 0];
  for (let from = 0; from < length; from += slice) {
    const count = Math.min(slice, length - from);
    copyPictures(packing, { from, count, to: pictures, stride });
    memory.bytes(pictures + count * stride, stride).fill(0);
    memory.bytes(headers, headersBytes).fill(0);
    const command = {
      type: 'packBlocks',
      pictures,
      stride,
      count,
      order,
      headers,
      pairRows: pairRows + 4 * from,
      transposedRows: transposedRows + (8 * pixelPairs * from) / BLOCK_EXAMPLES,
    } as const;
    yield { ...command, packs: false };
    for (let b = 0; b < count / BLOCK_EXAMPLES; b++) {
      const [bytes, , pixelSum, variation] = memory.integers(headers + b * BLOCK_HEADER_BYTES, 4);
      maxPixelSum = Math.max(maxPixelSum, pixelSum!);
      maxVariation = Math.max(maxVariation, variation!);
      // A transposed row wastes at most half a group more than the rows that it comes from.
      const home = keep(2 * bytes! + (GROUP_BYTES / 2) * pixelPairs);
      memory.integers(headers + b * BLOCK_HEADER_BYTES, 2)[1] = home;
    }
    yield { ...command, packs: true };
    const labelBytes = memory.bytes(labels + from, count);
    const weightFloats = weights ? memory.floats(weights + 4 * from, count) : undefined;
    const places = new Uint16Array(memory.wasm.buffer, order, slice + BLOCK_EXAMPLES);
    for (let i = 0; i < count; i++) {
      const first = i - (i % BLOCK_EXAMPLES);
      const example = from + first + places[i + first / BLOCK_EXAMPLES]!;
      labelBytes[i] = dataset.label(example);
      if (weightFloats) weightFloats[i] = dataset.weight(example);
    }
  }
  // Error diffusion can change a weight by half a step (kernels/int16-quantize.ts). So the largest
  // weight is one below the limit of 16 bits, and leaves as much of the 32 bits of a sum.
  const room = 2 ** 31 - 1 - maxVariation / 2;
  const maxWeight = Math.min(MAX_INT16 - 1, Math.floor(room / maxPixelSum));
  return { blocks2x2: { pairRows, transposedRows, labels, weights, maxVariation, maxWeight } };
}
