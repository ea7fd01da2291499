// Full-batch iterations over few and over many examples, the digits repeated as often as it takes.

import { createNetwork } from '@longhand/core';
import { createEngine } from '@longhand/core/engine';
import { mnistTraining } from '@longhand/mnist';
import { serve, timed } from './serve.js';

const ALPHA = 0.1;

let engine;
const loaded = new Map();

await serve({
  async load({ sizes, threads }) {
    const digits = await mnistTraining();
    engine = await createEngine(createNetwork({ layers: [784, 10, 10] }), { threads });
    for (const m of sizes) {
      const repeated = digits.select(Uint32Array.from({ length: m }, (_, i) => i % digits.length));
      loaded.set(m, await engine.load(repeated));
    }
    return {};
  },
  // All in one call, so that the message that asks, 0.1 to 0.2 ms, does not count for the smallest.
  run({ m, iterations }) {
    const batches = new Array(iterations).fill({ from: 0, to: m });
    return timed(() => engine.descend(loaded.get(m), { alpha: ALPHA, batches }));
  },
});
