import type { DigitsFile } from 'virtual:digits';

/** A file of digits, by the name that errors tell. */
export interface NamedFile extends DigitsFile {
  readonly name: string;
}

export interface ToDigitsWorker {
  readonly files: readonly NamedFile[];
  /** The page's address, from which the paths of the files go out: a worker has another. */
  readonly base: string;
}

export type FromDigitsWorker =
  /** Packed bytes, of all files together. */
  | { readonly type: 'progress'; readonly loaded: number }
  /** The files in their order, unpacked: shared where the page may, transferred where not. */
  | { readonly type: 'loaded'; readonly files: readonly Uint8Array[] }
  | { readonly type: 'failed'; readonly message: string };
