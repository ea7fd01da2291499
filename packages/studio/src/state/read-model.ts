import type { ModelFile } from '@longhand/core';
import { decodeModel } from '@longhand/core/files';

/** A model of the page's own. What reads its file is no part of the first view. */
export function readModel(file: ArrayBuffer, name: string): ModelFile {
  return decodeModel(new Uint8Array(file), name);
}
