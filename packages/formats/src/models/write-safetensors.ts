import { encodeModel } from '@longhand/core/files';
import type { ModelWriter } from './model-format.js';

/** Our own file, which holds everything; what the optimizer remembers is in it, too. */
export const safetensorsWriter: ModelWriter = {
  name: 'safetensors',
  label: 'a model of Longhand (safetensors)',
  fileName: /\.safetensors$/i,
  ending: '.safetensors',
  usage: () => 'W1, b1, W2 … as outputs × inputs, with the record in the metadata',
  write: (model, fileName) => new Map([[fileName, encodeModel(model)]]),
};
