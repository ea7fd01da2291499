import { ModelError } from '@longhand/core';
import { modelOf } from '@longhand/core/files';
import { unzipSync } from 'fflate';
import type { ModelReader } from '../model-format.js';
import { ownTensor } from '../own-tensor.js';
import { type NamedArray, pairTensors } from '../pair-tensors.js';
import { recordTexts } from '../record-texts.js';
import { modelOfStack } from '../stack.js';
import { decodeNpy } from './npy.js';

/** Parameters hardly shrink: what claims to be more than this times the file is no model. */
const MOST_EXPANSION = 8;
const SMALL_BYTES = 1e6;

/** Our own arrays with their record, and pairs of arrays of other programs: W1, b1, W2 … */
export const npzReader: ModelReader = {
  kind: 'npz',
  async read(bytes, name, options) {
    const arrays: NamedArray[] = [];
    let record: Record<string, string> | undefined;
    for (const [entry, content] of Object.entries(unzipped(bytes, name))) {
      const key = entry.replace(/\.npy$/, '');
      const array = decodeNpy(content, `${name}: array ${JSON.stringify(key.slice(0, 60))}`);
      if (typeof array === 'string') record = recordTexts(array);
      else if (array) arrays.push({ name: key, ...array });
      else
        throw new ModelError(
          `${name}: array ${JSON.stringify(key.slice(0, 60))} holds no floats: is this data, not a model?`,
        );
    }
    if (record) {
      const tensors = new Map(
        arrays.map(({ name: key, shape, values }) => [
          key,
          // Biases are columns: n × 1.
          ownTensor(key, key.startsWith('b') ? shape.slice(0, 1) : shape, values, name),
        ]),
      );
      return modelOf({ tensors, metadata: record }, name);
    }
    const { layers, notes } = pairTensors(arrays, name, options);
    return modelOfStack({ layers, notes, format: 'npz' }, name, options);
  },
};

function unzipped(bytes: Uint8Array, name: string): Record<string, Uint8Array> {
  const most = Math.max(SMALL_BYTES, MOST_EXPANSION * bytes.length);
  let all = 0;
  try {
    return unzipSync(bytes, {
      filter({ name: entry, originalSize }) {
        all += originalSize;
        if (all > most)
          throw new ModelError(
            `${name}: unpacks to more than ${MOST_EXPANSION} times its size: this is no model`,
          );
        return entry.endsWith('.npy');
      },
    });
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(
      `${name}: is damaged, it cannot be unpacked (${error instanceof Error ? error.message : error})`,
    );
  }
}

/** Arrays that only a model has. */
const PARAMETERS = /(^|[._/])(W1|weights?|kernel|coefs_0|record)\.npy$/i;

/** Whether an npz file holds the parameters of a model, by the names of its arrays. It may be data instead. */
export function holdsParameters(bytes: Uint8Array): boolean {
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter({ name }) {
        names.push(name);
        return false;
      },
    });
  } catch {
    return false;
  }
  return names.some((name) => PARAMETERS.test(name));
}
