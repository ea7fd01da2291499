// A dense layer of 800 → 800 units over 128 examples by the engine's own kernels: forward and both gradients, on one core, packing
// included. Beside it, what 128-bit SIMD can do at all (simd-limit.js).
import { instantiateKernels } from '../../packages/core/dist/engine/bindings/instantiate-kernels.js';
import { kernelCode } from '../../packages/core/dist/engine/bindings/kernel-code.js';
import { kernelsOf } from '../../packages/core/dist/engine/bindings/kernels-of.js';
import { Memory } from '../../packages/core/dist/engine/layout/memory.js';
import { LD } from '../../packages/core/dist/engine/layout/plan.js';
import { serve, timed } from './serve.js';
import { simdLimit } from './simd-limit.js';

const UNITS = 800;
const EXAMPLES = 128;
const W_ROW_BYTES = 4 * UNITS;
/** Chains of multiply-adds that do not wait for each other; how many are best depends on the processor. */
const CHAINS = [8, 10, 12, 16, 24];

let layer;
let limits;

await serve({
  /** Tells how many multiply-adds an iteration of each is. */
  load() {
    layer = layOut();
    layer.iterate();
    check(layer);
    limits = new Map(CHAINS.map((chains) => [chains, simdLimit(chains)]));
    return {
      layer: 3 * UNITS * UNITS * EXAMPLES,
      limits: CHAINS.map((chains) => ({ chains, count: limits.get(chains).multiplyAdds })),
    };
  },
  run: ({ chains, iterations }) =>
    timed(() => {
      for (let i = 0; i < iterations; i++) chains ? limits.get(chains).run() : layer.iterate();
    }),
});

function layOut() {
  const memory = new Memory(false);
  const kernels = kernelsOf(instantiateKernels(memory.wasm, false, kernelCode()));
  const allocate = (bytes) => memory.allocate(bytes, 'the layer');
  const columns = () => allocate(UNITS * LD);
  const [A, Z, dZ, dA] = [columns(), columns(), columns(), columns()];
  const [W, dW] = [allocate(UNITS * W_ROW_BYTES), allocate(UNITS * W_ROW_BYTES)];
  const panels = allocate(4 * UNITS * EXAMPLES);
  const transposed = allocate(4 * UNITS * EXAMPLES);
  // Where `multiply` packs its left-hand matrix: more than it needs.
  const packed = allocate(1 << 20);
  const floats = memory.floats(0, memory.wasm.buffer.byteLength / 4);
  for (const [address, rowBytes, width] of [
    [A, LD, EXAMPLES],
    [dZ, LD, EXAMPLES],
    [W, W_ROW_BYTES, UNITS],
  ]) {
    for (let i = 0; i < UNITS; i++) {
      for (let j = 0; j < width; j++) {
        floats[(address + i * rowBytes) / 4 + j] = ((i * 31 + j * 17) % 64) / 64 - 0.5;
      }
    }
  }
  return { kernels, floats, A, Z, dZ, dA, W, dW, iterate };

  function iterate() {
    kernels.packPanels(A, LD, UNITS, EXAMPLES, panels);
    kernels.multiply({
      A: W,
      aRow: W_ROW_BYTES,
      aCol: 4,
      panels,
      K: UNITS,
      C: Z,
      ldC: LD,
      rows: UNITS,
      cols: EXAMPLES,
      accumulate: false,
      packed,
    });
    kernels.packPanels(dZ, LD, UNITS, EXAMPLES, panels);
    kernels.multiply({
      A: W,
      aRow: 4,
      aCol: W_ROW_BYTES,
      panels,
      K: UNITS,
      C: dA,
      ldC: LD,
      rows: UNITS,
      cols: EXAMPLES,
      accumulate: false,
      packed,
    });
    kernels.packTransposed({
      B: A,
      ld: LD,
      K: EXAMPLES,
      cols: UNITS,
      out: transposed,
      panelStep: 32 * EXAMPLES,
    });
    kernels.multiply({
      A: dZ,
      aRow: LD,
      aCol: 4,
      panels: transposed,
      K: EXAMPLES,
      C: dW,
      ldC: W_ROW_BYTES,
      rows: UNITS,
      cols: UNITS,
      accumulate: false,
      packed,
    });
  }
}

/** Z = WA, dA = WᵀdZ and dW = dZ Aᵀ, at one entry each, so that what is timed is what it says. */
function check({ floats, A, Z, dZ, dA, W, dW }) {
  const at = (address, rowBytes, i, j) => floats[(address + i * rowBytes) / 4 + j];
  const sum = (count, term) => Array.from({ length: count }, (_, k) => term(k)).reduce((a, b) => a + b);
  const [i, j] = [701, 93];
  const pairs = [
    [at(Z, LD, i, j), sum(UNITS, (k) => at(W, W_ROW_BYTES, i, k) * at(A, LD, k, j))],
    [at(dA, LD, i, j), sum(UNITS, (k) => at(W, W_ROW_BYTES, k, i) * at(dZ, LD, k, j))],
    [at(dW, W_ROW_BYTES, i, j), sum(EXAMPLES, (k) => at(dZ, LD, i, k) * at(A, LD, j, k))],
  ];
  for (const [found, expected] of pairs) {
    if (Math.abs(found - expected) > 1e-3) throw new Error(`the kernels give ${found}, not ${expected}`);
  }
}
