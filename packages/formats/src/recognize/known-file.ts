import { gunzipped } from '../source/gunzipped.js';
import { fileOf, type InputFile } from '../source/input-file.js';
import { headOf } from '../source/read-bytes.js';
import { type FileKind, HEAD_BYTES } from './kind.js';
import { FILE_KINDS } from './kinds.js';
import { kindOf } from './recognize.js';

/** A file, and what its bytes say that it is. A gzipped file stands for the file in it. */
export interface KnownFile extends InputFile {
  /** What it is; undefined if that is not known. */
  readonly kind: FileKind | undefined;
}

/** Reads the head of a file, and says what it is. A small file is kept, and not read again. */
export async function recognizeFile(file: InputFile): Promise<KnownFile> {
  const head = await headOf(file, HEAD_BYTES);
  const kind = kindOf(FILE_KINDS, head, file.path);
  const kept = head.length < HEAD_BYTES ? fileOf(file.path, head) : file;
  if (kind?.name !== 'gzip') return { ...kept, kind };
  const inside = gunzipped(kept);
  return { ...inside, kind: kindOf(FILE_KINDS, await headOf(inside, HEAD_BYTES), inside.path) };
}
