import { tensorsOf } from '@longhand/core/files';
import type { ModelWriter } from '../model-format.js';
import { shortest } from '../text/shortest.js';
import { kerasInput, kerasWeights, topologyOf } from './layer-configs.js';

/**
 * One JSON file: the configuration of a model as Keras's `model.to_json()` gives it, and in
 * `weights` the lists that `model.set_weights()` takes.
 */
export const kerasJsonWriter: ModelWriter = {
  name: 'keras-json',
  label: 'a JSON file in the manner of Keras',
  fileName: /\.keras\.json$/i,
  ending: '.keras.json',
  usage: (model) => `its "weights" are what set_weights takes; input: ${kerasInput(model)}`,
  write(model, fileName) {
    const topology = topologyOf(model);
    const isSequential = topology.class_name === 'Sequential';
    const head = {
      // Where Keras 3 finds the class.
      module: isSequential ? 'keras' : 'keras.src.models.functional',
      ...topology,
      registered_name: isSequential ? null : 'Functional',
      keras_version: '3.15.1',
      input: kerasInput(model),
      longhand: tensorsOf(model).metadata,
    };
    const weights = kerasWeights(model).map(({ shape, values }) => listOf(shape, values));
    const text = `${JSON.stringify(head, undefined, 1).replace(/\n\}$/, '')},\n "weights": [\n  ${weights.join(',\n  ')}\n ]\n}\n`;
    return new Map([[fileName, new TextEncoder().encode(text)]]);
  },
};

/** Nested lists of numbers, each with as many digits as a 32-bit float needs. */
function listOf([rows, cols]: readonly number[], values: Float32Array): string {
  const texts = Array.from(values, shortest);
  if (cols === undefined) return `[${texts.join(',')}]`;
  const lines = Array.from(
    { length: rows! },
    (_, i) => `[${texts.slice(i * cols, (i + 1) * cols).join(',')}]`,
  );
  return `[${lines.join(',\n   ')}]`;
}
