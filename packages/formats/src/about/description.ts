import type { OrientationFit } from '../data/orientation/orientation.js';

/** The examples of one set. */
export interface PartDescription {
  /** Which set it is. */
  readonly name: 'training' | 'test' | 'unlabeled';
  /** How many examples it has. */
  readonly examples: number;
}

/** An example as a picture, and where it is. */
export interface Specimen {
  /** Its place in its set, counted from 0. */
  readonly index: number;
  /** One byte per pixel, row by row. */
  readonly pixels: Uint8Array;
}

/** A class. */
export interface ClassDescription {
  /** The name of the class. */
  readonly name: string;
  /** Examples in the training set. */
  readonly training: number;
  /** Examples in the test set. */
  readonly test: number;
  /** The mean of its training examples, a byte per pixel. Empty if there is none. */
  readonly mean: Uint8Array;
  /** Some of its training examples, spread over the file. */
  readonly specimens: readonly Specimen[];
}

/** The values of all pixels of all sets, 0–255. */
export interface ValueDescription {
  /** The smallest. */
  readonly min: number;
  /** The largest. */
  readonly max: number;
  /** The mean. */
  readonly mean: number;
  /** How many of the 256 values occur. */
  readonly distinct: number;
  /** The share of values that are 0. */
  readonly zeros: number;
  /** How often each of 32 ranges of 8 values occurs, as a share of all. */
  readonly histogram: readonly number[];
}

/** A column of a table. */
export interface ColumnDescription {
  /** The name of the column. */
  readonly name: string;
  /** The smallest value, in the column's own unit. */
  readonly min: number;
  /** The largest. */
  readonly max: number;
  /** The mean over the training examples. */
  readonly mean: number;
  /** All examples have the same value. */
  readonly isConstant: boolean;
  /** All values are different whole numbers in order: the column numbers the rows. */
  readonly isId: boolean;
  /** The share of training examples in each of 16 even ranges. */
  readonly histogram: readonly number[];
}

/** Examples with exactly the same pixels. */
export interface DuplicateDescription {
  /** Training examples of which an earlier one is a copy. */
  readonly training: number;
  /** Test examples of which an earlier test example is a copy. */
  readonly test: number;
  /** Copies that have another class than the first. */
  readonly contradictions: number;
  /** Test examples that are also in the training set: leakage. */
  readonly leaked: number;
  /** A copy, for each sort: the indices of both. */
  readonly examples: readonly {
    readonly sort: 'training' | 'test' | 'leaked';
    readonly first: number;
    readonly copy: number;
  }[];
}

/** Two classes that look alike. */
export interface ClassPair {
  /** Indices of the classes. */
  readonly classes: readonly [number, number];
  /** How often the nearest neighbor of an example of one is of the other. */
  readonly count: number;
  /** The nearest such pair of examples. */
  readonly examples: readonly [Specimen, Specimen];
}

/** What the nearest neighbors of some examples say. */
export interface NeighborDescription {
  /** How many training examples were compared, each with all others. */
  readonly sample: number;
  /** The share whose nearest neighbor has the same class. */
  readonly accuracy: number;
  /** The most frequent first. */
  readonly pairs: readonly ClassPair[];
}

/** Something that a person should know. */
export interface Finding {
  /** A warning is probably a mistake in the data. */
  readonly level: 'warning' | 'note';
  /** A sentence. */
  readonly text: string;
}

/** What data are. */
export interface DataDescription {
  /** The kind of the files: `csv`, `idx`, `pictures`. */
  readonly kind: string;
  /** Where the labels came from: the name of a column, of an array, or `folders`. */
  readonly label?: string;
  /** The sets that have examples, training first. */
  readonly parts: readonly PartDescription[];
  /** Pixels in a row. */
  readonly width: number;
  /** Rows of a picture. */
  readonly height: number;
  /** Whether an example is a picture, not a row of numbers. */
  readonly isPicture: boolean;
  /** The classes in the order of their numbers; empty without labels. */
  readonly classes: readonly ClassDescription[];
  /** The values of all pixels. */
  readonly values: ValueDescription;
  /** Inputs that have the same value in every example. */
  readonly constantInputs: number;
  /** Of a table. */
  readonly columns?: readonly ColumnDescription[];
  /** Exact copies, and leakage. */
  readonly duplicates: DuplicateDescription;
  /** Of pictures of the ten digits: what fits MNIST best, the best first. */
  readonly orientation?: readonly OrientationFit[];
  /** Of data with two classes or more. */
  readonly neighbors?: NeighborDescription;
  /** Of data without labels: some examples. */
  readonly specimens: readonly Specimen[];
  /** What a person should know, warnings first. */
  readonly findings: readonly Finding[];
}
