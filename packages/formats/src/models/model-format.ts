import type { ActivationName, ModelFile, OutputName } from '@longhand/core';
import type { FileKind } from '../recognize/kind.js';
import type { InputFile } from '../source/input-file.js';

/** What a model becomes: one file or several, by their names. The first is the main one. */
export type WrittenFiles = ReadonlyMap<string, Uint8Array>;

/** What some formats leave open. */
export interface WriteOptions {
  /** ONNX: the input is bytes, N × height × width, and the scaling is inside. By default it is floats from 0 to 1. */
  readonly uint8?: boolean;
  /** C: weights of 8 bits. By default they are 32-bit floats. */
  readonly int8?: boolean;
  /** A sentence for the head of a text file: how accurate it is. */
  readonly remark?: string;
}

/** A way out: a row of the table of writers. */
export interface ModelWriter {
  /** The name of the format: `onnx`. */
  readonly name: string;
  /** In messages: `an ONNX model`. */
  readonly label: string;
  /** What its main file is called: `.onnx`. */
  readonly fileName: RegExp;
  /** The usual ending of that name. */
  readonly ending: string;
  /** The options that it has. */
  readonly options?: readonly ('uint8' | 'int8')[];
  /** What a person must know to use the file, a sentence. */
  readonly usage: (model: ModelFile) => string;
  /**
   * Writes a model.
   *
   * @param fileName of the main file, without folders: the others are called after it
   */
  readonly write: (model: ModelFile, fileName: string, options: WriteOptions) => WrittenFiles;
}

/** The order of the two dimensions of a weight matrix: PyTorch has outputs × inputs, Keras inputs × outputs. */
export type Orientation = 'out-in' | 'in-out';

/** What a file of another program may leave open. What is not given is assumed, and said. */
export interface ModelReadOptions {
  /** Of all hidden layers, or of each. Default: `relu`. */
  readonly activation?: ActivationName | readonly ActivationName[];
  /** Of the last layer. Default: `softmax`. */
  readonly output?: OutputName;
  /** Default: what the shapes allow. */
  readonly orientation?: Orientation;
  /** Default: `'0'`, `'1'` …, a name for each output. */
  readonly classNames?: readonly string[];
  /** A file beside it, by its name: TensorFlow.js keeps weights in files of their own. */
  readonly beside?: (name: string) => Promise<InputFile | undefined>;
}

/** A way in: a row of the table of readers. */
export interface ModelReader {
  /** The name of the kind of file that it reads (`FILE_KINDS`). */
  readonly kind: FileKind['name'];
  /** @throws ModelError when the file is damaged, or holds no stack of dense layers */
  readonly read: (bytes: Uint8Array, name: string, options: ModelReadOptions) => Promise<ModelFile>;
}
