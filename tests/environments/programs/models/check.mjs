// Runs the models of a folder in onnxruntime-web, in TensorFlow.js and as modules, and prints the largest
// difference of a probability from those expected: of each format and case.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import * as ort from 'onnxruntime-web';

const folder = process.argv[2];
const file = (name) => path.join(folder, name);
const json = (name) => JSON.parse(readFileSync(file(name), 'utf8'));
const floats = (name) => {
  const { buffer } = new Uint8Array(readFileSync(file(name)));
  return new Float32Array(buffer);
};

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
await tf.setBackend('cpu');

const differences = { onnx: {}, 'onnx, uint8': {}, tfjs: {}, 'keras-json': {}, javascript: {} };
const labels = [];

/** The largest difference of two lists. One that is no number counts as infinite. */
function largest(found, expected) {
  if (found.length !== expected.length) return `${found.length} numbers, not ${expected.length}`;
  let most = 0;
  for (let i = 0; i < found.length; i++) most = Math.max(most, Math.abs(found[i] - expected[i]));
  return Number.isNaN(most) ? 'not a number' : most;
}

async function inOnnx(name, input) {
  const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(file(name))));
  const { probabilities, label } = await session.run({ input });
  const answers = { probabilities: probabilities.data, labels: Array.from(label.data, String) };
  await session.release();
  return answers;
}

for (const { name, inputs, classes, shape, classNames, isTable } of json('cases.json')) {
  const expected = floats(`${name}.expected`);
  const count = expected.length / classes;
  // Of pictures, bytes from 0 to 255; of a table, its columns in their own units.
  const raw = floats(`${name}.inputs`);
  const unit = isTable ? raw : raw.map((byte) => byte / 255);
  const scaled = floats(`${name}.scaled`);

  const best = Array.from({ length: count }, (_, i) => {
    const row = expected.subarray(i * classes, (i + 1) * classes);
    return classNames[row.indexOf(Math.max(...row))];
  });
  const onnx = await inOnnx(`${name}.onnx`, new ort.Tensor('float32', unit, [count, inputs]));
  differences.onnx[name] = largest(onnx.probabilities, expected);
  labels.push({ name, wrong: onnx.labels.filter((label, i) => label !== best[i]).length });
  if (!isTable) {
    const bytes = new ort.Tensor('uint8', Uint8Array.from(raw), [count, ...shape]);
    const { probabilities } = await inOnnx(`${name}-bytes.onnx`, bytes);
    differences['onnx, uint8'][name] = largest(probabilities, expected);
  }

  const input = tf.tensor2d(scaled, [count, inputs]);
  const artifacts = json(`${name}.json`);
  const weights = new Uint8Array(readFileSync(file(artifacts.weightsManifest[0].paths[0])));
  const loaded = await layers.loadLayersModel({
    load: async () => ({
      modelTopology: artifacts.modelTopology,
      weightSpecs: artifacts.weightsManifest[0].weights,
      weightData: weights.buffer,
    }),
  });
  differences.tfjs[name] = largest(loaded.predict(input).dataSync(), expected);

  // As in Keras: the model of the configuration, then set_weights.
  const keras = json(`${name}.keras.json`);
  const { class_name, config } = keras;
  const model = await layers.loadLayersModel({
    load: async () => ({ modelTopology: { class_name, config } }),
  });
  model.setWeights(keras.weights.map((weight) => tf.tensor(weight)));
  differences['keras-json'][name] = largest(model.predict(input).dataSync(), expected);

  const { predict } = await import(pathToFileURL(file(`${name}.js`)).href);
  const answers = Array.from({ length: count }, (_, i) =>
    predict(raw.subarray(i * inputs, (i + 1) * inputs)),
  );
  differences.javascript[name] = largest(
    answers.flatMap(({ probabilities }) => probabilities),
    expected,
  );
  labels.push({ name, wrong: answers.filter(({ label }, i) => String(label) !== best[i]).length });
}

process.stdout.write(`\n${JSON.stringify({ differences, labels })}\n`);
