import type { ModelFile } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';
import { readBytes } from '../data/read-bytes.js';
import { log } from '../streams.js';

/**
 * Reads a model file, or standard input if its name is `-`, and prints what there is to know of how it
 * was read.
 *
 * @throws ModelError if the file is no valid model, DataError if it is missing or cannot be read
 */
export async function openModel(file: string, quiet = false): Promise<ModelFile> {
  const bytes = await readBytes(file, 'a model file, as longhand train saves it');
  const model = decodeModel(bytes, file);
  if (!quiet) for (const note of model.notes ?? []) log(`${file}: ${note}`);
  return model;
}
