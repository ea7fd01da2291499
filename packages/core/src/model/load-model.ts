import { decodeModelAsWritten } from '../formats/model.js';
import { Model } from './model.js';
import { type ByteSource, readBytes } from './read-bytes.js';

/**
 * Reads a model file (`.safetensors`), as `model.save()`, the command and the page write it.
 *
 * @param source the file's bytes, an ArrayBuffer of them, or an address: it is fetched, or read if it
 *   begins with `file:`
 * @throws DataError when the bytes cannot be had; ModelError when they are no model of Longhand
 */
export async function loadModel(source: ByteSource): Promise<Model> {
  const { bytes, name } = await readBytes(source);
  return new Model(decodeModelAsWritten(bytes, name));
}
