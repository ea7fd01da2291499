// The board's network as plain loops over Float32Array: a first version, as anyone would write it.
import { serve, timed } from './serve.js';
import { readDigits, readParameters, scaled } from './task.js';

let state;

await serve({
  load(task) {
    const { pixels, labels } = readDigits(task);
    const [first, second] = readParameters(task);
    const [inputs, hidden, outputs] = task.layers;
    state = { task, X: scaled(pixels), labels, first, second, inputs, hidden, outputs };
    return {};
  },
  run: ({ iterations }) =>
    timed(() => {
      for (let i = 0; i < iterations; i++) iterate();
    }),
  loss() {
    const { labels, outputs, hidden } = state;
    const A1 = new Float32Array(hidden);
    const A2 = new Float32Array(outputs);
    let loss = 0;
    for (let e = 0; e < labels.length; e++) {
      forward(e, A1, A2);
      loss -= Math.log(A2[labels[e]]);
    }
    return { loss: loss / labels.length };
  },
});

/** Computes A¹ and A² of example e. */
function forward(e, A1, A2) {
  const { X, first, second, inputs, hidden, outputs } = state;
  for (let i = 0; i < hidden; i++) {
    let z = first.b[i];
    for (let j = 0; j < inputs; j++) z += first.W[i * inputs + j] * X[e * inputs + j];
    A1[i] = Math.max(z, 0);
  }
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < outputs; i++) {
    let z = second.b[i];
    for (let j = 0; j < hidden; j++) z += second.W[i * hidden + j] * A1[j];
    A2[i] = z;
    if (z > most) most = z;
  }
  let sum = 0;
  for (let i = 0; i < outputs; i++) {
    A2[i] = Math.exp(A2[i] - most);
    sum += A2[i];
  }
  for (let i = 0; i < outputs; i++) A2[i] /= sum;
}

/** One iteration over all the examples: forward, backward, update. */
function iterate() {
  const { task, X, labels, first, second, inputs, hidden, outputs } = state;
  const A1 = new Float32Array(hidden);
  const dZ2 = new Float32Array(outputs);
  const dW1 = new Float32Array(first.W.length);
  const db1 = new Float32Array(hidden);
  const dW2 = new Float32Array(second.W.length);
  const db2 = new Float32Array(outputs);
  for (let e = 0; e < labels.length; e++) {
    forward(e, A1, dZ2);
    dZ2[labels[e]] -= 1;
    for (let i = 0; i < outputs; i++) {
      db2[i] += dZ2[i];
      for (let j = 0; j < hidden; j++) dW2[i * hidden + j] += dZ2[i] * A1[j];
    }
    for (let j = 0; j < hidden; j++) {
      if (A1[j] <= 0) continue;
      let dZ1 = 0;
      for (let i = 0; i < outputs; i++) dZ1 += second.W[i * hidden + j] * dZ2[i];
      db1[j] += dZ1;
      for (let k = 0; k < inputs; k++) dW1[j * inputs + k] += dZ1 * X[e * inputs + k];
    }
  }
  const rate = task.alpha / labels.length;
  update(first.W, dW1, rate);
  update(first.b, db1, rate);
  update(second.W, dW2, rate);
  update(second.b, db2, rate);
}

function update(values, gradient, rate) {
  for (let i = 0; i < values.length; i++) values[i] -= rate * gradient[i];
}
