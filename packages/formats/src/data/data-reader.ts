import type { KnownFile } from '../recognize/known-file.js';
import type { DataOptions, ReadData } from './read-result.js';

/** A row of the table of readers: what it takes, and how it is read. */
export interface DataReader {
  /** The name of the kind of data: `csv`, `npz`, `pictures`. */
  readonly name: string;
  /** In messages, with an article: `a folder of pictures`. */
  readonly label: string;
  /** Whether these files, all that were given, are data of this kind. The first row that takes them reads them. */
  readonly takes: (files: readonly KnownFile[]) => boolean;
  /** Reads them. */
  readonly read: (files: readonly KnownFile[], options: DataOptions) => Promise<ReadData>;
}
