import { decodeModel } from '@longhand/core/files';
import type { NamedModel } from './models.js';
import { nameModel } from './models.js';

/** A model of the page's own, as its file has it. */
export function readModel(file: ArrayBuffer, name: string): Promise<NamedModel> {
  return nameModel(decodeModel(new Uint8Array(file), name), name);
}
