import { tensorsOf } from '@longhand/core/files';
import { zipSync } from 'fflate';
import { floatBytes, inputInWords, plainLayers } from '../dense-layers.js';
import type { ModelWriter } from '../model-format.js';
import { encodeNpy, encodeNpyText } from './npy.js';

/** Arrays of NumPy, with the names and shapes of the notation: Z = W A + b with examples as columns. */
export const npzWriter: ModelWriter = {
  name: 'npz',
  label: 'NumPy arrays (npz)',
  fileName: /\.npz$/i,
  ending: '.npz',
  usage: (model) =>
    `W1, b1, W2 …: Z1 = W1 @ X + b1, where each column of X is an example: ${inputInWords(model, 'multiplied by pixelScale')}; "record" is a text in JSON`,
  write(model, fileName) {
    const files: Record<string, Uint8Array> = {};
    for (const [l, { W, b, units, inputs }] of plainLayers(model).entries()) {
      files[`W${l + 1}.npy`] = encodeNpy('<f4', [units, inputs], floatBytes(W));
      files[`b${l + 1}.npy`] = encodeNpy('<f4', [units, 1], floatBytes(b));
    }
    files['record.npy'] = encodeNpyText(JSON.stringify(tensorsOf(model).metadata));
    // Not compressed, as of numpy.savez; the same model gives the same bytes.
    return new Map([[fileName, zipSync(files, { level: 0, mtime: '1980-01-01' })]]);
  },
};
