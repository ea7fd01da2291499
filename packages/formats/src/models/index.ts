// `@longhand/formats/models`: reads other people's models, and writes ours for other programs.
export { holdsParameters } from './arrays/read-npz.js';
export { writeNamedArrays } from './arrays/write-named-arrays.js';
export type {
  ModelReader,
  ModelReadOptions,
  ModelWriter,
  Orientation,
  WriteOptions,
  WrittenFiles,
} from './model-format.js';
export { readModel } from './read-model.js';
export { MODEL_READERS } from './readers.js';
export { quantized } from './text/quantize.js';
export { withColumns } from './with-columns.js';
export { type WriteModelOptions, writeModel, writerFor } from './write-model.js';
export { MODEL_WRITERS } from './writers.js';
