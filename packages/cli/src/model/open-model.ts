import path from 'node:path';
import type { ModelFile } from '@longhand/core';
import { decodeModel, isModelFile } from '@longhand/core/files';
import type { ModelReadOptions } from '@longhand/formats/models';
import { readBytes } from '../data/read-bytes.js';
import { log } from '../streams.js';

/**
 * Reads a model, or standard input if its name is `-`, and prints what there is to know of how it was
 * read. The readers of other programs' models are loaded only for those.
 *
 * @throws ModelError if the file is no valid model, DataError if it is missing or cannot be read
 */
export async function openModel(
  file: string,
  quiet = false,
  options: Omit<ModelReadOptions, 'beside'> = {},
): Promise<ModelFile> {
  const bytes = await readBytes(file, 'a model file, as longhand train saves it');
  const model = isModelFile(bytes) ? decodeModel(bytes, file) : await readForeign(bytes, file, options);
  if (!quiet) for (const note of model.notes ?? []) log(`${file}: ${note}`);
  return model;
}

async function readForeign(
  bytes: Uint8Array,
  file: string,
  options: Omit<ModelReadOptions, 'beside'>,
): Promise<ModelFile> {
  const [{ readModel }, { fileOf }] = await Promise.all([
    import('@longhand/formats/models'),
    import('@longhand/formats'),
  ]);
  const beside = async (name: string) => {
    const place = path.join(path.dirname(file), name);
    return fileOf(place, await readBytes(place, `the weights of ${file}`));
  };
  return readModel(fileOf(file, bytes), { ...options, beside });
}
