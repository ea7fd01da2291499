import type { InputFile } from '../source/input-file.js';
import { baseOf } from '../source/input-file.js';
import { headOf } from '../source/read-bytes.js';
import { type FileKind, HEAD_BYTES } from './kind.js';

/**
 * What a file is, by its first bytes. Where several kinds fit, the first whose file name fits too; where
 * none does, the first whose file name fits; else undefined.
 */
export function kindOf(kinds: readonly FileKind[], head: Uint8Array, path: string): FileKind | undefined {
  const name = baseOf(path);
  const alike = kinds.filter(({ hasSignature }) => hasSignature?.(head));
  const fits = ({ fileName }: FileKind): boolean => fileName?.test(name) === true;
  return alike.find(fits) ?? alike[0] ?? kinds.find((kind) => !kind.hasSignature && fits(kind));
}

/** Reads the head of a file, and says what it is. */
export async function recognize(kinds: readonly FileKind[], file: InputFile): Promise<FileKind | undefined> {
  return kindOf(kinds, await headOf(file, HEAD_BYTES), file.path);
}
