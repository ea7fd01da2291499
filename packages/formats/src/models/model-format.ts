import type { ModelFile } from '@longhand/core';

/** What a model becomes: one file or several, by their names. */
export type WrittenFiles = ReadonlyMap<string, Uint8Array>;

/** A way out. */
export interface ModelWriter {
  /** The name of the format: `onnx`. */
  readonly name: string;
  /** In messages: `an ONNX model`. */
  readonly label: string;
  /** What its main file is called: `.onnx`. */
  readonly fileName: RegExp;
  /**
   * Writes a model.
   *
   * @param stem of the file names, without an ending
   */
  readonly write: (model: ModelFile, stem: string) => WrittenFiles;
}
