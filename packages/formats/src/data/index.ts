// `@longhand/formats/data`: reads data, whatever file they are in.
export type { KnownFile } from '../recognize/known-file.js';
export { fileOf, type InputFile } from '../source/input-file.js';
export { type NumberArray, readNamedArrays } from './arrays/read-named-arrays.js';
export type { DataReader } from './data-reader.js';
export { readData } from './read-data.js';
export type { DataOptions, ReadData, Unlabeled } from './read-result.js';
export { DATA_READERS } from './readers.js';
