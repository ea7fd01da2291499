import type { KernelFunctions } from './instantiate-kernels.js';
import type { Kernels } from './kernels.js';
import { packingKernelsOf } from './packing-kernels.js';

/**
 * The kernels as the passes call them: adds the functions that take a record. V8 inlines them and allocates no record, provided that the
 * caller writes each one out: a record with a spread is slow (docs/engine-log.md).
 */
export function kernelsOf(wasm: KernelFunctions): Kernels {
  // biome-ignore format: a function a line, in the order of its numbers
  const records = {
    ...packingKernelsOf(wasm),
    collectBatch: (r) =>
      wasm.collectBatch(r.order, r.start, r.count, r.cols, r.sparseRows, r.labels, r.outRows, r.outLabels),
    collectWeights: (r) => wasm.collectWeights(r.order, r.start, r.count, r.cols, r.weights, r.out),
    gatherBlocks2x2: (r) => wasm.gatherBlocks2x2(r.rows, r.count, r.M, r.scales, r.out, r.accumulate),
    quantizeColumns: (r) => wasm.quantizeColumns(r.dZ, r.ld, r.cols, r.max, r.out, r.scales),
    recomputeNearThreshold: (r) =>
      wasm.recomputeNearThreshold(r.sums, r.count, r.rows, r.W, r.scales, r.factor, r.reach, r.b),
    pairExamples: (r) => wasm.pairExamples(r.pictures, r.count, r.stride, r.masks, r.order, r.maxima),
    packBlocks2x2: (r) =>
      wasm.packBlocks2x2(r.pictures, r.order, r.pairs, r.stride, r.group, r.rows, r.counts),
    transposeBlocks2x2: (r) =>
      wasm.transposeBlocks2x2(r.rows, r.pairs, r.pixelPairs, r.group, r.out, r.counts),
    sampleAffineMaps: (r) =>
      wasm.sampleAffineMaps(r.key, r.place, r.count, r.shift, r.rotate, r.scale, r.shear, r.width, r.height, r.size, r.room, r.out),
    augmentExamples: (r) =>
      wasm.augmentExamples(
        r.samples, r.count, r.pictures, r.inputs, r.labels, r.width, r.height, r.field, r.size, r.framed,
        r.picture, r.key, r.place, r.threshold, r.scale, r.room, r.groups, r.bytes, r.sparseRows, r.outLabels,
      ),
    activate: (r) => wasm.activate(r.kind, r.Z, r.ld, r.b, r.rows, r.cols),
    activateFirst: (r) =>
      wasm.activateFirst(r.kind, r.sums, r.rowBytes, r.scale, r.b, r.A, r.ld, r.units, r.cols),
    activateWithDropout: (r) =>
      wasm.activateWithDropout(r.kind, r.A, r.derivatives, r.ld, r.firstRow, r.rows, r.cols, r.key, r.first, r.threshold, r.keep),
    activationBackward: (r) => wasm.activationBackward(r.kind, r.A, r.dA, r.ld, r.rows, r.cols),
    activationBackwardWithDropout: (r) =>
      wasm.activationBackwardWithDropout(r.kind, r.A, r.derivatives, r.dA, r.ld, r.rows, r.cols, r.keep),
    toExampleRows: (r) => wasm.toExampleRows(r.dZ, r.ld, r.units, r.cols, r.out, r.rowBytes),
    multiply: (r) =>
      wasm.multiply(r.A, r.aRow, r.aCol, r.panels, r.K, r.C, r.ldC, r.rows, r.cols, r.accumulate, r.packed),
    packTransposed: (r) => wasm.packTransposed(r.B, r.ld, r.K, r.cols, r.out, r.panelStep),
    softmax: (r) => wasm.softmax(r.Z, r.ld, r.classes, r.cols, r.labels, r.answers, r.losses, r.room),
    subtractLabels: (r) => wasm.subtractLabels(r.A, r.ld, r.classes, r.count, r.cols, r.labels),
    smoothedLosses: (r) => wasm.smoothedLosses(r.Z, r.ld, r.classes, r.cols, r.labels, r.epsilon, r.out),
    smoothLabels: (r) => wasm.smoothLabels(r.dZ, r.ld, r.classes, r.count, r.labels, r.epsilon),
    scaleColumns: (r) => wasm.scaleColumns(r.M, r.ld, r.rows, r.cols, r.weights),
    sumRows: (r) => wasm.sumRows(r.M, r.ld, r.rows, r.cols, r.out, r.accumulate),
    combine: (r) => wasm.combine(r.out, r.s, r.A, r.t, r.B, r.bytes),
    step: (r) =>
      wasm.step(r.code, r.W, r.dW, r.first, r.second, r.factor, r.weightDecay, r.shrink, r.c0, r.c1, r.c2, r.c3, r.bytes),
  } satisfies Partial<Kernels>;
  return { ...(wasm as unknown as Kernels), ...records };
}
