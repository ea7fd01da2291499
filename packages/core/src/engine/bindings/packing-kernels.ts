import type { KernelFunctions } from './instantiate-kernels.js';
import type { Kernels } from './kernels.js';

/** The kernels that pack examples. A page whose workers compute calls no others. */
export type PackingKernels = Pick<Kernels, 'packPictures' | 'countTransposed' | 'transposeRows'>;

export function packingKernelsOf(wasm: KernelFunctions): PackingKernels {
  // biome-ignore format: the numbers of each function in their order
  return {
    packPictures: (r) =>
      wasm.packPictures(r.pixels, r.count, r.inputs, r.scale, r.row, r.group, r.sparseRows),
    countTransposed: (r) => wasm.countTransposed(r.sparseRows, r.count, r.inputs, r.scale, r.counts),
    transposeRows: (r) =>
      wasm.transposeRows(r.sparseRows, r.count, r.inputs, r.scale, r.rowScale, r.capacity, r.group, r.out, r.fill),
  };
}
