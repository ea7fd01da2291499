// jax-js on its WebAssembly backend. `jit` compiles the whole iteration.
import { readFileSync } from 'node:fs';
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { serve, timed } from './serve.js';
import { readDigits, readParameters, scaled } from './task.js';

let X;
let Y;
let parameters;
let step;
let loss;

await serve({
  async load(task) {
    const devices = await init('wasm');
    if (!devices.includes('wasm')) throw new Error('jax-js has no WebAssembly backend here');
    defaultDevice('wasm');
    const { pixels, labels } = readDigits(task);
    X = np.array(scaled(pixels)).reshape([task.examples, task.layers[0]]);
    Y = nn.oneHot(np.array(Int32Array.from(labels)), task.layers.at(-1));
    await blockUntilReady([X.ref, Y.ref]);
    parameters = readParameters(task).map(({ W, b }, l) => ({
      W: np.array(Float32Array.from(W)).reshape([task.layers[l + 1], task.layers[l]]),
      b: np.array(Float32Array.from(b)),
    }));
    loss = jit(meanLoss);
    const gradient = valueAndGrad(meanLoss);
    step = jit((now, X, Y) => {
      const [value, slopes] = gradient(refs(now), X, Y);
      const next = now.map(({ W, b }, l) => ({
        W: W.sub(slopes[l].W.mul(task.alpha)),
        b: b.sub(slopes[l].b.mul(task.alpha)),
      }));
      return [value, next];
    });
    const { version } = JSON.parse(
      readFileSync(new URL('../node_modules/@jax-js/jax/package.json', import.meta.url), 'utf8'),
    );
    // It distributes its work to Web Workers, if there are any.
    return { version, note: typeof Worker === 'undefined' ? '1 thread on Node' : 'Web Workers' };
  },
  run: ({ iterations }) =>
    timed(async () => {
      for (let i = 0; i < iterations; i++) {
        const [value, next] = step(parameters, X.ref, Y.ref);
        value.dispose();
        parameters = next;
        await blockUntilReady(refs(parameters));
      }
    }),
  loss: async () => ({ loss: (await loss(refs(parameters), X.ref, Y.ref).data())[0] }),
});

/** In jax-js you count references yourself: take an array as `ref` if you use it again. */
function refs(layers) {
  return layers.map(({ W, b }) => ({ W: W.ref, b: b.ref }));
}

function meanLoss([first, second], X, Y) {
  const A1 = nn.relu(np.dot(X, first.W.transpose()).add(first.b));
  const Z2 = np.dot(A1, second.W.transpose()).add(second.b);
  return nn
    .logSoftmax(Z2)
    .mul(Y)
    .sum()
    .mul(-1 / Y.shape[0]);
}
