import type { Dataset, Matrix, Network } from '@longhand/core';
import { toDesignMatrix } from '@longhand/core/data';
import { backward, type Forward, forward, matrix, meanLoss } from '@longhand/core/maths';
import type { ComputedIteration } from './cycle.js';

/** Examples computed together: as numbers, their pixels take 6 MB. */
const BLOCK = 1000;

/** One block of the examples: what goes in, what is expected, what the network computes. */
export interface Block {
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly computed: Forward;
}

/** Forward propagation of all examples, block by block. */
export function* forwardInBlocks(network: Network, dataset: Dataset, pixelScale: number): Generator<Block> {
  const { length } = dataset;
  for (let from = 0; from < length; from += BLOCK) {
    const indices = Array.from({ length: Math.min(BLOCK, length - from) }, (_, k) => from + k);
    const { X, Y } = toDesignMatrix(dataset, indices, pixelScale);
    yield { X, Y, computed: forward(network, X) };
  }
}

/**
 * Forward, loss and backward over all examples. Z, A and dZ of the blocks stand side by side; dW
 * and db are added up. A⁰ = X is left empty: it would take 370 MB.
 */
export function computeInBlocks(network: Network, dataset: Dataset, pixelScale: number): ComputedIteration {
  const m = dataset.length;
  const wide = (rows: number) => matrix(rows, m);
  const Z = network.layers.map(({ W }) => wide(W.rows));
  const A = [matrix(0, 0), ...network.layers.map(({ W }) => wide(W.rows))];
  const gradients = network.layers.map(({ W }) => ({
    dZ: wide(W.rows),
    dW: matrix(W.rows, W.cols),
    db: matrix(W.rows, 1),
  }));
  let [from, loss] = [0, 0];
  for (const { Y, computed } of forwardInBlocks(network, dataset, pixelScale)) {
    const share = Y.cols / m;
    loss += share * meanLoss(network, computed, Y);
    for (const [l, { dZ, dW, db }] of backward(network, computed, Y).entries()) {
      copyInto(Z[l]!, computed.Z[l]!, from);
      copyInto(A[l + 1]!, computed.A[l + 1]!, from);
      copyInto(gradients[l]!.dZ, dZ, from);
      addTo(gradients[l]!.dW, dW, share);
      addTo(gradients[l]!.db, db, share);
    }
    from += Y.cols;
  }
  return { computed: { Z, A }, gradients, loss };
}

/** Copies a block's columns into those of all examples, from column `from` on. */
function copyInto(all: Matrix, block: Matrix, from: number): void {
  for (let i = 0; i < block.rows; i++)
    all.data.set(block.data.subarray(i * block.cols, (i + 1) * block.cols), i * all.cols + from);
}

function addTo(sum: Matrix, part: Matrix, share: number): void {
  for (let k = 0; k < part.data.length; k++) sum.data[k]! += share * part.data[k]!;
}
