import type { ModelFile } from '@longhand/core';
import { tensorsOf } from '@longhand/core/files';
import { floatBytes } from '../dense-layers.js';
import type { ModelWriter, WrittenFiles } from '../model-format.js';
import { kerasInput, kerasWeights, topologyOf } from './layer-configs.js';

/** A layers model of TensorFlow.js, for `tf.loadLayersModel`: the layers in JSON, the weights in a file of their own. */
export const tfjsWriter: ModelWriter = {
  name: 'tfjs',
  label: 'a TensorFlow.js layers model',
  fileName: /\.json$/i,
  ending: '.json',
  usage: (model) => `for tf.loadLayersModel; input: ${kerasInput(model)}`,
  write(model: ModelFile, fileName): WrittenFiles {
    const weights = kerasWeights(model);
    const weightsName = `${fileName.replace(/\.json$/i, '')}.weights.bin`;
    const json = {
      format: 'layers-model',
      generatedBy: 'Longhand',
      convertedBy: null,
      modelTopology: {
        ...topologyOf(model),
        keras_version: 'tfjs-layers 4.22.0',
        backend: 'tensor_flow.js',
      },
      weightsManifest: [
        {
          paths: [weightsName],
          weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
      userDefinedMetadata: { input: kerasInput(model), longhand: tensorsOf(model).metadata },
    };
    const bytes = weights.map(({ values }) => floatBytes(values));
    const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of bytes) {
      all.set(part, at);
      at += part.length;
    }
    return new Map([
      [fileName, new TextEncoder().encode(`${JSON.stringify(json, undefined, 1)}\n`)],
      [weightsName, all],
    ]);
  },
};
