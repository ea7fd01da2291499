// Full-batch iterations with one thread and with two, by turns in one process, one call each as
// `longhand train` asks for them.

import { createNetwork } from '@longhand/core';
import { createEngine } from '@longhand/core/engine';
import { mnistTraining } from '@longhand/mnist';
import { serve, timed } from './serve.js';

const engines = new Map();

await serve({
  async load({ layers, examples, alpha, threads }) {
    const digits = (await mnistTraining()).slice(0, examples);
    for (const count of threads) {
      const engine = await createEngine(createNetwork({ layers }), { threads: count });
      const request = { alpha, batches: [{ from: 0, to: examples }] };
      engines.set(count, { engine, loaded: await engine.load(digits), request });
    }
    return {};
  },
  run({ threads, iterations }) {
    const { engine, loaded, request } = engines.get(threads);
    return timed(async () => {
      for (let i = 0; i < iterations; i++) await engine.descend(loaded, request);
    });
  },
});
