/** A place that has the files of a dataset. */
export type Mirror =
  /** A folder on a server: the name of the file follows the address. */
  | { readonly folder: string }
  /** A zip file on a server. Only the parts of it that hold the files are fetched. */
  | { readonly zip: string; readonly inside: string };

/** A file of a dataset, and how it is known to be whole. */
export interface NamedFile {
  /** As the mirrors and the cache call it. */
  readonly name: string;
  /** In bytes, as it is fetched. */
  readonly size?: number;
  /** SHA-256 of the file. Without it, the hash of the first download is kept in the cache. */
  readonly sha256?: string;
  /** SHA-256 of what the gzip file holds: it may be compressed in another way. */
  readonly contents?: string;
  /** MD5 as the publisher gives it, where no SHA-256 is known to us. */
  readonly md5?: string;
}

/** A dataset that is fetched when it is asked for by name. */
export interface NamedData {
  /** As it is typed: `fashion-mnist`. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** Training examples. */
  readonly training: number;
  /** Test examples. */
  readonly test: number;
  /** How many classes it has. */
  readonly classes: number;
  /** Where one reads about it. */
  readonly home: string;
  /** Under which the publisher gives it. */
  readonly license: string;
  /** Training images and labels, test images and labels. */
  readonly files: readonly NamedFile[];
  /** Tried in this order. */
  readonly mirrors: readonly Mirror[];
}

/** Bytes that a dataset takes in the cache, as far as they are known. */
export function sizeOf({ files }: NamedData): number {
  return files.reduce((sum, { size = 0 }) => sum + size, 0);
}
