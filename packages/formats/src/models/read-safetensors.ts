import { ModelError } from '@longhand/core';
import { decodeModel, splitSafetensors } from '@longhand/core/files';
import { FLOAT_BYTES, floatsOf } from './float-types.js';
import type { ModelReader } from './model-format.js';
import { pairTensors } from './pair-tensors.js';
import { modelOfStack } from './stack.js';

/** Types of numbers that no parameter has: counters and masks. */
const OTHER_BYTES = { I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1, U16: 2, U32: 4, U64: 8 };

/** Our own models, and the parameters of a plain stack of layers from PyTorch or Keras. */
export const safetensorsReader: ModelReader = {
  kind: 'safetensors',
  async read(bytes, name, options) {
    const { tensors, metadata } = splitSafetensors(bytes, name, { ...FLOAT_BYTES, ...OTHER_BYTES });
    if (metadata.format?.startsWith('longhand')) return decodeModel(bytes, name);
    const names = [...tensors.keys()];
    // The flipped bit may be in the metadata: what is almost ours is not read as another's.
    if (names.includes('W1') && 'layers' in metadata && 'activations' in metadata)
      return decodeModel(bytes, name);
    const arrays = Array.from(tensors, ([key, { dtype, shape, bytes: raw }]) => {
      const isFloat = dtype in FLOAT_BYTES;
      const isCounter = /num_batches_tracked/.test(key);
      if (!isFloat && !isCounter)
        throw new ModelError(
          `${name}: tensor ${JSON.stringify(key.slice(0, 60))} has the type ${dtype}: quantized models are not read`,
        );
      return { name: key, shape, values: isFloat ? floatsOf(raw, dtype) : [] };
    });
    const { layers, notes } = pairTensors(arrays, name, options);
    return modelOfStack({ layers, notes, format: 'safetensors' }, name, options);
  },
};
