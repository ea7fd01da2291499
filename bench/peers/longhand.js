// Longhand itself, by its public interface.
import { readFileSync } from 'node:fs';
import { createNetwork, Dataset } from '@longhand/core';
import { createEngine } from '@longhand/core/engine';
import { serve, timed } from './serve.js';
import { readDigits, readOrder, readParameters } from './task.js';

/** Mini-batches asked for at once: what `longhand train` asks for at most. */
const BATCHES_AT_ONCE = 50;

let task;
let engine;
let examples;
let order;
let calls;

await serve({
  async load(given) {
    task = given;
    // With `floats` as its argument, 32-bit floats throughout.
    const training = { quantization: !process.argv.includes('floats') };
    engine = await createEngine(networkOf(task), { threads: task.threads, training });
    examples = await engine.load(new Dataset({ ...readDigits(task), width: 28, height: 28 }));
    order = task.batch ? readOrder(task) : undefined;
    calls = callsOfEpoch(task);
    const { version } = JSON.parse(
      readFileSync(new URL('../../packages/core/package.json', import.meta.url), 'utf8'),
    );
    return { version };
  },
  run: ({ iterations }) =>
    timed(async () => {
      for (let i = 0; i < iterations; i++) {
        for (const batches of calls) {
          await engine.descend(examples, { alpha: task.alpha, batches, ...(order ? { order } : {}) });
        }
      }
    }),
  async loss() {
    // The gradient of the last batch waits to be applied.
    await engine.update(task.alpha);
    return { loss: (await engine.measure(examples)).loss };
  },
});

function networkOf(task) {
  const network = createNetwork({ layers: task.layers });
  for (const [l, { W, b }] of readParameters(task).entries()) {
    network.layers[l].W.data.set(W);
    network.layers[l].b.data.set(b);
  }
  return network;
}

/** The batches of an epoch, in groups of one call each. */
function callsOfEpoch({ examples: m, batch }) {
  const size = batch ?? m;
  const batches = Array.from({ length: Math.ceil(m / size) }, (_, k) => ({
    from: k * size,
    to: Math.min((k + 1) * size, m),
  }));
  return Array.from({ length: Math.ceil(batches.length / BATCHES_AT_ONCE) }, (_, k) =>
    batches.slice(k * BATCHES_AT_ONCE, (k + 1) * BATCHES_AT_ONCE),
  );
}
