// TensorFlow.js on its WebAssembly backend, with SIMD. On Node it can use only one thread.
import * as tf from '@tensorflow/tfjs';
import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { serve, timed } from './serve.js';
import { readDigits, readParameters, scaled } from './task.js';

let X;
let Y;
let layers;
let optimizer;

await serve({
  async load(task) {
    await tf.setBackend('wasm');
    await tf.ready();
    const { pixels, labels } = readDigits(task);
    X = tf.tensor2d(scaled(pixels), [task.examples, task.layers[0]]);
    Y = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), task.layers.at(-1)).toFloat();
    // Stored as inputs × units, so no iteration has to transpose W.
    layers = readParameters(task).map(({ W, b }, l) => ({
      W: tf.variable(tf.tensor2d(W, [task.layers[l + 1], task.layers[l]]).transpose()),
      b: tf.variable(tf.tensor1d(b)),
    }));
    optimizer = tf.train.sgd(task.alpha);
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return {
      version: tf.version.tfjs,
      note: `${simd ? 'SIMD' : 'no SIMD'}, ${Math.max(1, getThreadsCount())} thread on Node`,
    };
  },
  run: ({ iterations }) =>
    timed(() => {
      for (let i = 0; i < iterations; i++) optimizer.minimize(meanLoss);
    }),
  loss: () => ({ loss: tf.tidy(meanLoss).dataSync()[0] }),
});

function meanLoss() {
  const A1 = X.matMul(layers[0].W).add(layers[0].b).relu();
  return tf.losses.softmaxCrossEntropy(Y, A1.matMul(layers[1].W).add(layers[1].b));
}
