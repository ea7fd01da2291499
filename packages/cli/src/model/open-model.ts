import { readFile } from 'node:fs/promises';
import { ModelError, type ModelFile } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';

/**
 * Reads a model file.
 *
 * @throws ModelError if the file is missing or is no valid model
 */
export async function openModel(file: string): Promise<ModelFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ModelError(`${file}: no such file: longhand train saves a model`);
    if (code === 'EISDIR') throw new ModelError(`${file}: is a folder: expected a model file`);
    throw new ModelError(`${file}: cannot be read: ${message}`);
  }
  return decodeModel(bytes, file);
}
