import type { Dataset, Feature } from '@longhand/core';
import type { KnownData } from '@longhand/core/files';
import type { InputFile } from '../source/input-file.js';

/** How data are read. */
export interface DataOptions {
  /** The name of the column of labels, or of the array of labels. */
  readonly label?: string;
  /** Names of columns that are left out. */
  readonly ignore?: readonly string[];
  /** Whether a picture that cannot be read is an error. By default it is counted and left out. */
  readonly strict?: boolean;
  /** Whether data without labels are accepted. */
  readonly unlabeled?: boolean;
  /**
   * Opens a file that a list names, by its path from the list's folder; undefined if there is none. Without
   * it, the files must be among those that are read.
   */
  readonly openListed?: (path: string) => Promise<InputFile | undefined>;
  /**
   * Opens the other files of the folder of a file that was given alone, those whose names are wanted: an IDX file of
   * pictures needs the one of its labels.
   */
  readonly beside?: (isWanted: (name: string) => boolean) => Promise<readonly InputFile[]>;
  /**
   * The record of the model that the data are for: its classes and columns are expected, and the columns
   * that were chosen for its training are chosen again. For a model of another program for a table, the columns have
   * ranges of their own: give them to `withColumns`.
   */
  readonly known?: KnownData;
  /** Called with the share that is read, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/** Examples without labels, in the order of the file. */
export interface Unlabeled {
  /** One byte per pixel, example after example. */
  readonly pixels: Uint8Array;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows of a picture. */
  readonly height: number;
  /** Of a table, its columns, with the ranges by which they became bytes. */
  readonly features?: readonly Feature[];
  /** Of each example, where it was: a path or a row. */
  readonly names?: readonly string[];
}

/** Data as they were read. */
export interface ReadData {
  /** Undefined only where the data have no labels. */
  readonly training?: Dataset;
  /** The test set, where the data have one. */
  readonly test?: Dataset;
  /** The examples of data without labels. */
  readonly unlabeled?: Unlabeled;
  /** The name of the kind: `csv`, `npz`, `pictures`. */
  readonly kind: string;
  /** Where the labels came from, for a person: the name of a column, of an array, or `folders`. */
  readonly label?: string;
  /** The names of the columns that were left out: those asked for, and those of the model's training. */
  readonly ignored?: readonly string[];
  /**
   * What was guessed or changed on the way, a sentence each, for people: which column is the label and why,
   * which range was scaled, how many pictures could not be read.
   */
  readonly notes: readonly string[];
  /** The same for what was guessed and may well be wrong: to be shown prominently. */
  readonly warnings?: readonly string[];
}
