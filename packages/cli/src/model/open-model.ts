import type { ModelFile } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';
import { readBytes } from '../data/read-bytes.js';

/**
 * Reads a model file, or standard input if its name is `-`.
 *
 * @throws ModelError if the file is no valid model, DataError if it is missing or cannot be read
 */
export async function openModel(file: string): Promise<ModelFile> {
  const bytes = await readBytes(file, 'a model file, as longhand train saves it');
  return decodeModel(bytes, file);
}
